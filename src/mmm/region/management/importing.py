"""What the two commands share: read a file, tell the plan, carry it out when asked."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.region.importing import Plan, decoded


class ImportCommand(BaseCommand):
    """Reads a CSV file; shows what would change, and does it with --yes."""

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether to do it."""
        parser.add_argument(
            "file", type=Path, help="a CSV file, with ; or , and in UTF-8 or as Excel writes it"
        )
        parser.add_argument("--yes", action="store_true", help="carry it out; without it nothing changes")

    def plan(self, text: str, options: dict[str, Any]) -> Plan:
        """What this file would do."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing. Raises CommandError with every line that is wrong."""
        try:
            text = decoded(options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        plan = self.plan(text, options)
        if plan.problems:
            lines = "\n".join(f"line {each.line}: {each.text}" for each in plan.problems)
            raise CommandError(f"Nothing was changed.\n{lines}")
        for word, names in (("new", plan.new), ("changed", plan.changed)):
            for name in names:
                self.stdout.write(f"{word}: {name}")
        self.stdout.write(f"{len(plan.new)} new, {len(plan.changed)} changed, {plan.same} the same.")
        if options["yes"]:
            plan.carry_out()
            self.stdout.write("Done.")
        else:
            self.stdout.write("Nothing was changed. With --yes it is carried out.")
