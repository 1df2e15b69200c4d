"""`manage prepare`: an installation ready for use, in one process."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from mmm.foundation import routers


class Command(BaseCommand):
    help = (
        "Migrates the three databases and loads the shipped content, builds the search index; safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo-world", action="store_true", help="also make the people of the demo")

    def handle(self, *args: Any, **options: Any) -> None:
        known = get_commands()
        steps = ["load_content"] if "load_content" in known else []
        if options["demo_world"]:
            if "demo_world" not in known:
                raise CommandError("The demo world belongs to mode demo alone.")
            steps.append("demo_world")
        if "build_search_index" in known:
            steps.append("build_search_index")
        for alias in connections:
            # Only the rooms that live there: walking through the steps of all others, to do nothing, took
            # two thirds of the time.
            for rooms in [[room] for room, home in routers.HOMES.items() if home == alias] or [[]]:
                call_command(
                    "migrate", *rooms, database=alias, interactive=False, verbosity=0, skip_checks=True
                )
        for step in steps:
            call_command(step, stdout=self.stdout)
