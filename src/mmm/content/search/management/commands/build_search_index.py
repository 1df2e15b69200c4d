from typing import Any

from django.core.management.base import BaseCommand

from mmm.content.search import services


class Command(BaseCommand):
    help = "Build the search index anew from everything that is public now. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say how many pages of each kind can be found."""
        for kind, count in services.rebuild().items():
            self.stdout.write(f"{count:5} search: {kind}")
