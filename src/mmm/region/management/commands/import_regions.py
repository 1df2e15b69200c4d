from typing import Any

from mmm.region import importing
from mmm.region.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Put municipalities in regions from a CSV file with the columns regio and gemeente. Dry run first."

    def plan(self, text: str, options: dict[str, Any]) -> importing.Plan:
        """Municipalities in regions."""
        return importing.plan_regions(text)
