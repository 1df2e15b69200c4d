"""The code on the paper, and how often somebody may try one.

Sixteen digits, made from the letter's id with a key of the server: it is stored nowhere, and the person can
print the page again. With a hundred thousand letters waiting, one try hits with a chance of 1 in 10^11.
"""

import datetime as dt
from uuid import UUID

from mmm.accounts.codes import digits
from mmm.foundation import crypto, limits

DIGITS = 16
TRIES, WINDOW = 5, dt.timedelta(minutes=5)
# So many wrong codes from everywhere within an hour, and each place gets one try in five minutes: guessing in
# a crowd stops, and who holds a right code still gets in.
WRONG_EVERYWHERE, CROWD_WINDOW = 500, dt.timedelta(hours=1)


def code_of(letter_id: UUID) -> str:
    """The code of a letter as it stands on paper: "1234 5678 9012 3456"."""
    number = int(crypto.fingerprint("letter-code", letter_id.hex), 16) % 10**DIGITS
    plain = f"{number:0{DIGITS}d}"
    return " ".join(plain[start : start + 4] for start in range(0, DIGITS, 4))


def fingerprint(typed: str) -> str:
    """What is kept of a code, however it was typed: "1234-5678..." is the same."""
    return crypto.fingerprint("letter", digits(typed))


def view_of(mark: str) -> str:
    """What is kept of the browser in which a letter was opened."""
    return crypto.fingerprint("letter-view", mark)


def may_try(network: str) -> limits.Verdict:
    """Counts a try of this network: five in five minutes, one when people guess everywhere."""
    calm = limits.peek("letter-wrong", "everywhere", limit=WRONG_EVERYWHERE, window=CROWD_WINDOW).allowed
    return limits.hit("letter-try", network, limit=TRIES if calm else 1, window=WINDOW)


def was_right(network: str) -> None:
    """A right code frees the place at once."""
    limits.clear("letter-try", network)


def was_wrong() -> None:
    """A wrong code counts for everywhere."""
    limits.hit("letter-wrong", "everywhere", limit=WRONG_EVERYWHERE, window=CROWD_WINDOW)
