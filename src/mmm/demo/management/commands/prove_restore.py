"""`./mmm prove restore`: an older backup brings nobody back, and no way in that was removed."""

import datetime as dt
import json
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.accounts import farewells, paper_codes
from mmm.accounts import selectors as accounts
from mmm.accounts import services as erasing
from mmm.accounts.actors import Actor
from mmm.foundation import audit, backup, clock, crypto, ids, running
from mmm.foundation.tasks import worker
from mmm.stories import selectors as stories
from mmm.stories import services as writing

DAY, CODES = dt.timedelta(days=1), "with other codes"


class Command(BaseCommand):
    help = "Makes people, a backup, erases them in every way, restores, and counts whose words can be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=25, help="of each kind")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["people"]
        kinds = (
            "erased at once",
            "erased after 14 days",
            "erased after a death",
            "waiting",
            "staying",
            "with other codes",
        )
        people = {kind: [_person(kind) for _ in range(number)] for kind in kinds}
        figures: dict[str, int] = {
            f"{kind}: readable before": _readable(each) for kind, each in people.items()
        }
        with tempfile.TemporaryDirectory() as folder, running.nobody_else():
            # A copy that somebody kept longer than the week in which workers leave keys backups alone.
            old = [code for actor in people[CODES] for code in paper_codes.make(actor)]
            backup.make(Path(folder) / "made")
            shutil.copytree(Path(folder) / "made", Path(folder) / "kept")
            for actor in people["erased at once"]:
                erasing.erase(actor)
            for actor in people["erased after 14 days"]:
                farewells.erase_later(actor)
            for actor in people["erased after a death"]:
                farewells.still(actor.id, report=_report())
            for actor in people[CODES]:
                paper_codes.make(actor)
            with clock.moved(200 * DAY):
                farewells.erase_due()
                worker.run_due()
            for actor in people["waiting"]:
                farewells.erase_later(actor)
            backup.restore(Path(folder) / "kept")
        for kind, each in people.items():
            figures[f"{kind}: readable after the restore"] = _readable(each)
            figures[f"{kind}: accounts that are open"] = _open(each)
        came_back = [code for code in old if paper_codes.use(code, network=uuid.uuid4().hex).user]
        figures["with other codes: old codes that let in again"] = len(came_back)
        for name, value in figures.items():
            line = json.dumps({"name": f"restore: {name}", "value": value, "unit": "people"})
            self.stdout.write(line if options["json"] else f"{name:52}{value:6} of {number}")
        gone = [name for name in figures if name.startswith("erased") and "before" not in name]
        hidden = figures["waiting: accounts that are open"]
        kept = figures["staying: readable after the restore"]
        if any(figures[name] for name in gone) or hidden or came_back or kept != number:
            raise CommandError("Somebody or something came back, or somebody who stayed was lost.")
        for each in people.values():
            for actor in each:
                erasing.erase_now(actor.id, actor.vault_id)


def _person(kind: str) -> Actor:
    address = f"{uuid.uuid4().hex}@proef.example"
    actor = Actor(erasing.sign_up(address=address, name=kind, language="nl"))
    writing.save_answer(
        actor, kind="story", question="path", content={"text": f"Dit is van mij. {kind}"}, version=0
    )
    return actor


def _report() -> farewells.Report:
    return farewells.Report(clock.now(), ids.new(), "Proef, coördinator", ids.new(), "Proef, plaatsvervanger")


def _readable(people: list[Actor]) -> int:
    """Of how many the story opens with the person's own key."""
    count = 0
    for actor in people:
        try:
            parts = stories.opened(
                [part.id for part in stories.parts_with_text(actor.id)], audit.own(actor.vault_id)
            )
            count += any(answer.text for part in parts for answer in part.answers)
        except crypto.Unreadable:
            continue
    return count


def _open(people: list[Actor]) -> int:
    """Of how many the account is open to others."""
    return sum(bool(accounts.display_name(actor.id)) for actor in people)
