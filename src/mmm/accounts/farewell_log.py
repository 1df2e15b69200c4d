"""`farewells.log` in the data folder: who went and who came back, so that restores do not forget.

Like the ledger of erasures it is never in a backup and never overwritten by a restore. A line holds ids and
moments, nothing else:

    <user> went own|death <due>     invisible; to be erased at <due>
    <user> back <at>                came back
"""

import datetime as dt
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Line:
    """The last that was written about a person; `due` is None for who came back."""

    cause: str = ""
    due: dt.datetime | None = None


def went(user_id: uuid.UUID, cause: str, due: dt.datetime) -> None:
    """Write down that this person went."""
    _append(f"{user_id.hex} went {cause} {due.isoformat()}")


def came_back(user_id: uuid.UUID, at: dt.datetime) -> None:
    """Write down that this person came back."""
    _append(f"{user_id.hex} back {at.isoformat()}")


def read() -> dict[uuid.UUID, Line]:
    """The last line about each person; half a line (the machine stopped while writing) counts for nothing."""
    try:
        lines = _file().read_text().splitlines()
    except FileNotFoundError:
        return {}
    found: dict[uuid.UUID, Line] = {}
    for line in lines:
        try:
            raw, word, *rest = line.split()
            user_id = uuid.UUID(hex=raw)
            if word == "went":
                found[user_id] = Line(rest[0], dt.datetime.fromisoformat(rest[1]))
            elif word == "back":
                dt.datetime.fromisoformat(rest[0])
                found[user_id] = Line()
        except (ValueError, IndexError):
            continue
    return found


def _file() -> Path:
    return Path(settings.DATA) / "farewells.log"


def _append(line: str) -> None:
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
