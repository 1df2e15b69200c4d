"""Codes on paper, printed by the person: each lets them in once.

The numbers below and why they are enough: README.md, "The arithmetic of codes".
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from mmm.accounts import numbers, selectors, ways_log
from mmm.accounts.actors import Actor
from mmm.accounts.codes import GUESS_WINDOW, GUESSES
from mmm.accounts.models import PaperCode, User
from mmm.foundation import clock, crypto, limits

HOW_MANY, DIGITS = 8, 20
# From one network, whatever the codes: visitors of a shelter share one, and there are 10^18 codes.
NETWORK_GUESSES = 30


@dataclass(frozen=True, slots=True)
class Guess:
    """The answer to a typed code. `retry_at` is set when there were too many guesses from this place."""

    user: User | None
    retry_at: dt.datetime | None = None


def make(actor: Actor) -> list[str]:
    """Eight new codes, for one print; the ones there were end."""
    codes = [numbers.new(DIGITS) for _ in range(HOW_MANY)]
    with ways_log.changing(actor.id):
        PaperCode.objects.filter(user_id=actor.id).delete()
        rows = [PaperCode(user_id=actor.id, code=_mark(code), made_at=clock.now()) for code in codes]
        PaperCode.objects.bulk_create(rows)
    return codes


def left(user_id: uuid.UUID) -> int:
    """How many codes of this person still let them in."""
    return PaperCode.objects.filter(user_id=user_id, used_at=None).count()


def use(typed: str, *, network: str, only_of: uuid.UUID | None = None) -> Guess:
    """Whose code is this? It is used up. Two uses at the same moment: one gets in.

    `only_of`: nobody else's code counts, nor is used up. What happens is the same for a code that is
    nobody's, or was used before.
    """
    code = numbers.read(typed, DIGITS) or ""
    marked = _mark(code)
    for name, subject, limit in (
        ("paper-guess", f"{marked} {network}", GUESSES),
        ("paper-network", network, NETWORK_GUESSES),
    ):
        verdict = limits.hit(name, subject, limit=limit, window=GUESS_WINDOW)
        if not verdict.allowed:
            return Guess(None, retry_at=verdict.retry_at)
    rows = PaperCode.objects.filter(selectors.may_enter_q("user__"), code=marked, used_at=None)
    row = (rows.filter(user_id=only_of) if only_of else rows).select_related("user").first()
    taken = PaperCode.objects.filter(id=row.id if row else 0, used_at=None).update(used_at=clock.now())
    if row is None or not taken:
        return Guess(None)
    ways_log.paper_used(marked)
    return Guess(row.user)


def _mark(code: str) -> str:
    return crypto.fingerprint("paper-code", code)
