"""`./mmm bench takeaway`: what taking everything along costs for somebody who has very much."""

import io
import json
import resource
import time
import uuid
import zipfile
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.takeaway import package
from mmm.foundation import audit, clock, crypto, ids
from mmm.stories import questions
from mmm.stories.models import Answer, Earlier, Part

WORDS = "Ik wil graag werken waar het rustig is, met planten en met mensen die niet veel praten. "


class Command(BaseCommand):
    help = "Makes somebody with seven parts, many earlier texts and looks; measures seconds and memory."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--versions", type=int, default=50)
        parser.add_argument("--characters", type=int, default=30_000)
        parser.add_argument("--looks", type=int, default=2_000)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = accounts.sign_up(address=f"{uuid.uuid4().hex}@proef.example", name="Veel", language="nl")
        actor = Actor(user)
        text = (WORDS * (options["characters"] // len(WORDS) + 1))[: options["characters"]]
        with transaction.atomic():
            _write(actor, text, options["versions"])
            for number in range(options["looks"]):
                audit.look(
                    vault_id=actor.vault_id,
                    reader_id=ids.new(),
                    reader_line=f"Lezer {number}, jobcoach, Werkpunt",
                    membership_id=None,
                    items=[audit.Item("stories.dreams", ids.new(), "Mijn dromen")],
                )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        content = package.build(user)
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        file = zipfile.ZipFile(io.BytesIO(content))
        figures: list[tuple[str, float, str]] = [
            ("seconds", round(seconds, 2), "s"),
            ("memory above what the process had", round((after - before) / 1024, 1), "MB"),
            ("the file", round(len(content) / 1e6, 2), "MB"),
            *(
                (f"{each.filename}, unpacked", round(each.file_size / 1e6, 2), "MB")
                for each in file.infolist()
            ),
        ]
        for name, value, unit in figures:
            line = json.dumps({"name": f"takeaway: {name}", "value": value, "unit": unit})
            self.stdout.write(line if options["json"] else f"{name:44}{value:10} {unit}")
        accounts.erase_now(user.id, user.vault_id)


def _write(actor: Actor, text: str, versions: int) -> None:
    """One answer in each part with its history, without the rule that keeps the newest thirty."""
    now, receipt = clock.now(), audit.own(actor.vault_id)
    for part in questions.parts():
        asked = next(each for each in part.questions if each.kind == "text")
        row = Part.objects.create(owner=actor.user, vault_id=actor.vault_id, kind=part.kind, updated_at=now)
        answer = Answer(part=row, vault_id=actor.vault_id, question=asked.key, saved_at=now)
        crypto.seal_json(answer, "content", {"text": text}, receipt)
        answer.save()
        for _ in range(versions - 1):
            earlier = Earlier(answer=answer, vault_id=actor.vault_id, saved_at=now)
            crypto.seal_json(earlier, "content", {"text": text}, receipt)
            earlier.save()
