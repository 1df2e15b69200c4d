"""Is this code right? The limits, then the app, then the paper."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from mmm.accounts.codes import Place, digits
from mmm.accounts.factors import keys, paper, totp, tries
from mmm.accounts.factors.step import How
from mmm.accounts.models import User

APP_DIGITS = 6
KIND = "step"


@dataclass(frozen=True, slots=True)
class Tried:
    """How it was right; None when it was not. `retry_at` is set after too many tries from this place."""

    how: How | None = None
    retry_at: dt.datetime | None = None


def posted(user: User, data: Mapping[str, str], *, place: Place) -> Tried:
    """Check what was posted by the page of the second step: a passkey's answer, or a code."""
    if answer := data.get("answer", ""):
        return Tried(how="key" if keys.check(user=user, state=data.get("state", ""), answer=answer) else None)
    return code(user, data.get("code", ""), place=place)


def code(user: User, typed: str, *, place: Place) -> Tried:
    """Check what somebody typed: six digits are the app's, more are from paper.

    At most five tries in five minutes for this person from this place; tries elsewhere do not count here.
    During an attack from elsewhere the app's short codes count on known browsers only; during one from known
    browsers on none of those. Paper counts always.
    """
    who = user.id.hex
    verdict = tries.hit(KIND, who, place)
    if not verdict.allowed:
        return Tried(retry_at=verdict.retry_at)
    how: How | None = None
    if len(digits(typed)) > APP_DIGITS:
        how = "paper" if paper.check(user, typed) else None
    elif tries.counts_here(KIND, who, place) and totp.check(user, typed):
        how = "app"
    if how is None:
        tries.was_wrong(KIND, who, place)
    else:
        tries.was_right(KIND, who, place)
    return Tried(how=how)
