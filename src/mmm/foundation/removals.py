"""`removals.log` in the data folder: what was taken away and must stay away, also after a restore.

Like the ledger of erasures it is never in a backup and never overwritten by a restore. A line holds a keyed
fingerprint and a moment, nothing else; the last one about a fingerprint counts:

    gone <fingerprint> <at>     taken away
    back <fingerprint> <at>     given again

Rooms say what they took away (`note`), and look for it among what a restore put back (`read`).
"""

import datetime as dt
import os
from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mmm.foundation import clock, crypto


def mark(kind: str, *parts: object) -> str:
    """What stands for one thing that can be taken away: the same each time, and nobody reads it back."""
    return crypto.fingerprint("removal", " ".join([kind, *map(str, parts)]))


def note(*, gone: Collection[str] = (), back: Collection[str] = ()) -> None:
    """Write these marks down as soon as the present transaction is committed."""
    if gone or back:
        at = clock.now().isoformat()
        lines = [f"gone {each} {at}" for each in gone] + [f"back {each} {at}" for each in back]
        transaction.on_commit(lambda: _append(lines))


def read() -> frozenset[str]:
    """The marks of what is gone; half a line (the machine stopped while writing) counts for nothing."""
    try:
        lines = _file().read_text().splitlines()
    except FileNotFoundError:
        return frozenset()
    last: dict[str, str] = {}
    for line in lines:
        try:
            word, marked, at = line.split()
            dt.datetime.fromisoformat(at)
        except ValueError:
            continue
        last[marked] = word
    return frozenset(marked for marked, word in last.items() if word == "gone")


def _file() -> Path:
    return Path(settings.DATA) / "removals.log"


def _append(lines: list[str]) -> None:
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, "".join(f"{line}\n" for line in lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
