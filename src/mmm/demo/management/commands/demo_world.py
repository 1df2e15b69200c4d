"""`./mmm manage demo_world`: make the demo world once; does nothing when anybody is there already."""

from typing import Any

from django.core.management.base import BaseCommand

from mmm.demo import world


class Command(BaseCommand):
    help = "Make the people, stories and looks of the demo world."

    def handle(self, *args: Any, **options: Any) -> None:
        made = world.build()
        self.stdout.write("The demo world is made." if made else "The demo world is there already.")
