from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.foundation import backup, running


class Command(BaseCommand):
    help = "Puts a backup back and erases again who was erased since. Stop web processes and workers first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--moment", default="", help="which backup; the newest when left out")
        parser.add_argument("--force", action="store_true", help="also while something seems to run")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with nullcontext() if options["force"] else running.nobody_else():
                done = backup.restore(options["folder"].resolve(), options["moment"])
        except running.StillRunning:
            raise CommandError(
                "A web process or worker of this installation runs; stop it first, or use --force."
            ) from None
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backup of {done.moment} restored. The ledger names {done.in_ledger} erasures.")
        for name, count in done.counts.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write("Now look at memberships and staff roles that ended since: they are open again.")
