"""How often somebody may guess: as with codes by mail, per person and place, in the database `cache`.

The numbers and why they are enough: README.md of this room, "The arithmetic of codes".
"""

import datetime as dt

from mmm.accounts.codes import GUESS_WINDOW, GUESSES, Place
from mmm.foundation import limits

# So many wrong ones from anywhere and neither a password nor an app's code counts from unknown browsers.
WRONG, WRONG_WINDOW = 20, dt.timedelta(hours=24)
# The same for known browsers, all together: whoever has the mailbox can make as many of those as they like,
# each with a budget of its own.
WRONG_KNOWN = 60


def hit(kind: str, who: str, place: Place) -> limits.Verdict:
    """Count one try of `kind` ("step", "password", ...) for this person or address, from this place."""
    return limits.hit(kind, _subject(who, place), limit=GUESSES, window=GUESS_WINDOW)


def was_right(kind: str, who: str, place: Place) -> None:
    """The next tries from this place begin at none again."""
    limits.clear(kind, _subject(who, place))


def was_wrong(kind: str, who: str, place: Place) -> None:
    """Count a wrong one, apart for known and unknown browsers."""
    name, limit = _wrong(kind, place)
    limits.hit(name, who, limit=limit, window=WRONG_WINDOW)


def counts_here(kind: str, who: str, place: Place) -> bool:
    """Whether short secrets count from this place: not during an attack from places of its sort."""
    name, limit = _wrong(kind, place)
    return limits.peek(name, who, limit=limit, window=WRONG_WINDOW).allowed


def _wrong(kind: str, place: Place) -> tuple[str, int]:
    return (f"{kind}-wrong", WRONG) if place.device is None else (f"{kind}-wrong-known", WRONG_KNOWN)


def _subject(who: str, place: Place) -> str:
    return f"{who} {place.device or place.network}"
