"""The ZIP: `data.json` for machines, `lees-mij.html` and `lees-mij.pdf` for the person. In memory only."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from mmm.accounts.models import User
from mmm.accounts.takeaway import readable
from mmm.foundation import audit, clock, doors, pdf

FORMAT: Final = "mensen-met-mogelijkheden/mijn-gegevens"
VERSION: Final = 1  # raised when a key changes its meaning or goes; docs/export.md
SCHEMA: Final = Path(__file__).parent / "schema.json"
# About fifty pages: the typesetter takes a second for six of them.
LONGEST_PDF: Final = 200_000


def build(user: User) -> bytes:
    """Everything every room holds about this person, in the person's language. Counted as a machine's look.

    Nothing is written to disk. Memory: about five times the person's text.
    """
    audit.machine(user.vault_id, "accounts.takeaway")
    with translation.override(user.language):
        data = gathered(user)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            coder = json.JSONEncoder(ensure_ascii=False, indent=1)
            _put(file, "data.json", coder.iterencode(data))
            _put(file, "schema.json", [SCHEMA.read_text(encoding="utf-8")])
            _put(file, "lees-mij.html", readable.page(user.name, data["rooms"]))
            _put_pdf(file, user.name, data["rooms"])
    return made.getvalue()


def gathered(user: User) -> dict[str, Any]:
    """What `data.json` holds; `schema.json` describes it. In the active language."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": clock.now().isoformat(),
        "language": translation.get_language(),
        "rooms": {room.room: room.export(user.id, user.vault_id) for room in doors.personal_data},
    }


def filename() -> str:
    """What the file is called: a day, nobody's name."""
    return f"mijn-gegevens-{clock.today().isoformat()}.zip"


def _put(file: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    """Write a file piece by piece, so that no second whole copy lies in memory."""
    with file.open(_entry(name), "w") as entry:
        waiting: list[str] = []
        size = 0
        for piece in pieces:
            waiting.append(piece)
            size += len(piece)
            if size > 64_000:
                entry.write("".join(waiting).encode())
                waiting, size = [], 0
        entry.write("".join(waiting).encode())


def _entry(name: str) -> zipfile.ZipInfo:
    now = clock.now().astimezone()
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _put_pdf(file: zipfile.ZipFile, name: str, rooms: Mapping[str, Any]) -> None:
    """The PDF, or a plain sentence about why there is none: that never costs the person the rest."""
    pages = "".join(readable.on_paper(name, rooms))
    why = _("You have so much that it does not fit in one PDF.")
    if len(pages) <= LONGEST_PDF:
        try:
            file.writestr(_entry("lees-mij.pdf"), pdf.render(pages))
            return
        except pdf.NotInstalled:
            why = _("This computer cannot make a PDF at the moment.")
        except pdf.Failed:
            why = _("Making the PDF did not work.")
    rest = _("Everything is in lees-mij.html. Open that file. You can print it from there.")
    file.writestr(_entry("lees-mij-pdf.txt"), f"{why}\n{rest}\n")
