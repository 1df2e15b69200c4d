from typing import Any

from django.core.management.base import BaseCommand

from mmm.foundation import doors


class Command(BaseCommand):
    help = (
        "Load the shipped content of every room. Repeatable; never changes what people here decided or wrote."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much there is."""
        for room in doors.shipped:
            for name, count in room.load().items():
                self.stdout.write(f"{count:5} {name}")
