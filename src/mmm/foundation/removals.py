"""`removals.log` in the data folder: what was taken away and must stay away, also after a restore.

Like the ledger of erasures it is never in a backup and never overwritten by a restore. A line holds a keyed
fingerprint and a moment, nothing else; the last one about a fingerprint counts:

    gone <fingerprint> <at>     taken away
    back <fingerprint> <at>     given again

Rooms say what they took away (`note`), and look for it among what a restore put back (`read`).
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from mmm.foundation import clock, crypto, lines

FILE = "removals.log"


def mark(kind: str, *parts: object) -> str:
    """What stands for one thing that can be taken away: the same each time, and nobody reads it back."""
    return crypto.fingerprint("removal", " ".join([kind, *map(str, parts)]))


def note(*, gone: Collection[str] = (), back: Collection[str] = ()) -> None:
    """Write these marks down as soon as the present transaction is committed."""
    if gone or back:
        at = clock.now().isoformat()
        written = [f"gone {each} {at}" for each in gone] + [f"back {each} {at}" for each in back]
        transaction.on_commit(lambda: lines.append(FILE, *written))


def read() -> frozenset[str]:
    """The marks of what is gone; half a line (the machine stopped while writing) counts for nothing."""
    last: dict[str, str] = {}
    for words in lines.read(FILE):
        try:
            word, marked, at = words
            dt.datetime.fromisoformat(at)
        except ValueError:
            continue
        last[marked] = word
    return frozenset(marked for marked, word in last.items() if word == "gone")
