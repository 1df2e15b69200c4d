from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.region import gate
from mmm.region.models import GateRecord


class Command(BaseCommand):
    help = (
        "Put on record what production needs before it opens: record_gate ITEM WORDS. Alone: what is there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What, and in which words: organisations, functions and documents, not private persons."""
        parser.add_argument("item", nargs="?", choices=GateRecord.Item.values)
        parser.add_argument("words", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record, and say what is there and what is missing."""
        if options["item"]:
            try:
                gate.record(options["item"], options["words"])
            except ValueError as error:
                raise CommandError(str(error)) from None
        there = gate.on_record()
        for item in GateRecord.Item.values:
            row = there.get(item)
            self.stdout.write(
                f"{item}: {row.words} ({row.recorded_at:%Y-%m-%d})" if row else f"{item}: missing"
            )
