"""`farewells.log` in the data folder: who went and who came back, so that restores do not forget.

Like the ledger of erasures it is never in a backup and never overwritten by a restore. A line holds ids and
moments, nothing else:

    <user> went own|death <due>     invisible; to be erased at <due>
    <user> back <at>                came back
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from mmm.foundation import lines

FILE = "farewells.log"


@dataclass(frozen=True, slots=True)
class Line:
    """The last that was written about a person; `due` is None for who came back."""

    cause: str = ""
    due: dt.datetime | None = None


def went(user_id: uuid.UUID, cause: str, due: dt.datetime) -> None:
    """Write down that this person went."""
    lines.append(FILE, f"{user_id.hex} went {cause} {due.isoformat()}")


def came_back(user_id: uuid.UUID, at: dt.datetime) -> None:
    """Write down that this person came back."""
    lines.append(FILE, f"{user_id.hex} back {at.isoformat()}")


def read() -> dict[uuid.UUID, Line]:
    """The last line about each person; half a line (the machine stopped while writing) counts for nothing."""
    found: dict[uuid.UUID, Line] = {}
    for words in lines.read(FILE):
        try:
            raw, word, *rest = words
            user_id = uuid.UUID(hex=raw)
            if word == "went":
                found[user_id] = Line(rest[0], dt.datetime.fromisoformat(rest[1]))
            elif word == "back":
                dt.datetime.fromisoformat(rest[0])
                found[user_id] = Line()
        except (ValueError, IndexError):
            continue
    return found
