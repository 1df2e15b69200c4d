"""The answer to "may this actor do this?".

A room's `policy.py` holds plain functions that return a `Decision`; services and selectors ask them first.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No, with a reason in plain language that a page may show."""

    reason: str | Promise

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied
ALLOWED = Allowed()


class NotAllowed(Exception):
    """A service was asked for something policy denies. `reason` can be shown to the actor."""

    def __init__(self, reason: str | Promise):
        super().__init__("not allowed")
        self.reason = reason


def require(decision: Decision) -> None:
    """Raise `NotAllowed` with the reason when the decision is a `Denied`."""
    if isinstance(decision, Denied):
        raise NotAllowed(decision.reason)
