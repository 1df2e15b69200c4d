from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.foundation import backup


class Command(BaseCommand):
    help = "Makes a backup in a folder while everything runs; keys apart, and never older than seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            moment = backup.make(options["folder"].resolve())
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Backup of {moment} made. Keep its two folders, data and keys, in different places."
        )
