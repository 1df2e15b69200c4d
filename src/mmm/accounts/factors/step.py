"""The mark of a second step in the session: nobody acts for work without it. Costs no query."""

from typing import Final, Literal

from django.http import HttpRequest

from mmm.accounts.actors import Role

How = Literal["app", "paper", "key", "demo"]
SESSION_STEP: Final = "second_step"
# Everybody but who is here as themselves: professionals, employers and people with a task for a region.
NEED_IT: Final = frozenset({"member", "staff"})


def mark(request: HttpRequest, how: How) -> None:
    """Write in the session that a second step was done just now. The mark ends with the session."""
    request.session[SESSION_STEP] = how


def is_done(request: HttpRequest) -> bool:
    """Whether a second step was done in this session."""
    return SESSION_STEP in request.session


def is_missing(request: HttpRequest, role: Role) -> bool:
    """Whether this role waits for a second step."""
    return role.kind in NEED_IT and not is_done(request)
