from typing import Any

from django.core.management.base import CommandError, CommandParser

from mmm.region import importing, selectors
from mmm.region.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Put organisations on a region's list from a CSV file: naam, soort, schakel, kvk. Dry run first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Also: which region."""
        super().add_arguments(parser)
        parser.add_argument("--region", required=True, help="the name in its address, e.g. holland-rijnland")

    def plan(self, text: str, options: dict[str, Any]) -> importing.Plan:
        """Organisations of this region."""
        region = selectors.region(options["region"])
        if region is None:
            raise CommandError("There is no such region. See /regios/ for the names.")
        return importing.plan_organisations(None, text, region=region)
