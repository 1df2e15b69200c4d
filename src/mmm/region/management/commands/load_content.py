from typing import Any

from django.core.management.base import BaseCommand

from mmm.region import content_loader


class Command(BaseCommand):
    help = "Load the shipped content. Repeatable; never changes what a region decided itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much there is."""
        for name, count in content_loader.load().items():
            self.stdout.write(f"{count:5} {name}")
