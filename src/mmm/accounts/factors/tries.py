"""How often somebody may guess: as with codes by mail, per person and place, in the database `cache`.

The numbers and why they are enough: README.md of this room, "The arithmetic of codes".
"""

import datetime as dt

from mmm.accounts.codes import GUESS_WINDOW, GUESSES, Place
from mmm.foundation import limits

# So many wrong ones from anywhere and neither a password nor an app's code counts from unknown browsers.
WRONG, WRONG_WINDOW = 20, dt.timedelta(hours=24)


def hit(kind: str, who: str, place: Place) -> limits.Verdict:
    """Count one try of `kind` ("step", "password", ...) for this person or address, from this place."""
    return limits.hit(kind, _subject(who, place), limit=GUESSES, window=GUESS_WINDOW)


def was_right(kind: str, who: str, place: Place) -> None:
    """The next tries from this place begin at none again."""
    limits.clear(kind, _subject(who, place))


def was_wrong(kind: str, who: str, place: Place) -> None:
    """Count a wrong one from an unknown browser."""
    if place.device is None:
        limits.hit(f"{kind}-wrong", who, limit=WRONG, window=WRONG_WINDOW)


def counts_here(kind: str, who: str, place: Place) -> bool:
    """Whether short secrets count from this place: always from the own device, elsewhere not in an attack."""
    if place.device is not None:
        return True
    return limits.peek(f"{kind}-wrong", who, limit=WRONG, window=WRONG_WINDOW).allowed


def _subject(who: str, place: Place) -> str:
    return f"{who} {place.device or place.network}"
