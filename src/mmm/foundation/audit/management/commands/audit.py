"""`audit verify`, `audit prune`, `audit heads`: the look log for the person who runs the server."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mmm.foundation.audit import pruning, verifying


class Command(BaseCommand):
    help = "Verify the look log, prune it, or print its signed heads to store elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="check every chain; exit code 1 when one does not hold")
        verify.add_argument("--heads", type=Path, help="a list that `audit heads` printed earlier")
        prune = actions.add_parser("prune", help="remove looks before a day")
        prune.add_argument("--before", type=dt.date.fromisoformat, required=True, metavar="DATE")
        actions.add_parser("heads", help="print where each chain ends, signed")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "verify":
            self._verify(options["heads"])
        elif action == "prune":
            midnight = timezone.make_aware(dt.datetime.combine(options["before"], dt.time()))
            self.stdout.write(f"{pruning.prune(midnight)} looks removed.")
        else:
            self.stdout.write(verifying.heads(), ending="")

    def _verify(self, stored: Path | None) -> None:
        problems = list(verifying.verify())
        if stored is not None:
            try:
                problems += verifying.verify_against(stored.read_text())
            except (OSError, ValueError) as error:
                raise CommandError(f"{stored}: {error}") from error
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"The look log does not hold: {len(problems)} problems.")
        self.stdout.write("The look log holds.")
