"""Waiting to be erased: 14 days after one's own choice, 6 months after a report of death that was checked.

    active --erase_later--> erasing --+--come_back--> active
    active --still--------> stilled --+--due--------> erased

While it waits `User.is_active` is false: nobody reads, no mail goes out, the person is in no list, and
signing in leads to one page (`adapter`, `views.farewell`). Each step is one transaction on the person's
locked row. A line in `farewells.log` follows, so that a restored backup does not forget who went
(`farewell_log`).
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Literal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from mmm.accounts import farewell_log, policy, presence, services
from mmm.accounts.actors import Actor
from mmm.accounts.models import Farewell, Session, User
from mmm.foundation import clock, retention, tasks
from mmm.foundation.policy import require
from mmm.foundation.public import raise_edition

SESSION_PROVED, PROVED_SECONDS = "proved", 30 * 60
State = Literal["active", "erasing", "stilled", "erased"]


@dataclass(frozen=True, slots=True)
class Report:
    """Who reported a death and who checked it: ids, names as they are now, and when it was reported."""

    at: dt.datetime
    reported_by: uuid.UUID
    reporter: str
    checked_by: uuid.UUID
    checker: str


def state_of(user_id: uuid.UUID) -> State:
    """In which state an account is now. Past its day it is erased, whether a worker was there or not."""
    user = User.objects.filter(id=user_id).first()
    if user is None:
        return "erased"
    if user.is_active:
        return "active"
    waiting = open_farewell(user_id)
    if waiting is None:
        return "erased"
    return "erasing" if waiting.cause == Farewell.Cause.OWN else "stilled"


def open_farewell(user_id: uuid.UUID) -> Farewell | None:
    """The farewell from which this person can still come back; None without one, or past its day."""
    return (
        Farewell.objects.filter(user_id=user_id, ended_at=None, due_at__gt=clock.now())
        .select_related("user")
        .first()
    )


@transaction.atomic
def erase_later(actor: Actor) -> Farewell:
    """Invisible at once, erased after the days of the retention table. Twice is once.

    Raises:
        NotAllowed: not acting for oneself, or a room has a veto (with its reason).
    """
    require(policy.may_erase(actor))
    return _go(actor.id, Farewell.Cause.OWN, retention.period("chosen erasure"))


@transaction.atomic
def still(user_id: uuid.UUID, *, report: Report) -> Farewell | None:
    """Let an account rest after a report of death that somebody else checked; None when it rests already.

    For rooms above, which have asked policy who may report.
    """
    if not User.objects.filter(id=user_id, is_active=True).exists():
        return None
    return _go(user_id, Farewell.Cause.DEATH, retention.period("stilled accounts"), report)


@transaction.atomic
def come_back(user_id: uuid.UUID) -> bool:
    """The person is there: the account is as it was. False when there is nothing to come back from."""
    User.objects.select_for_update().filter(id=user_id).first()
    waiting = open_farewell(user_id)
    if waiting is None:
        return False
    waiting.ended_at = clock.now()
    waiting.save(update_fields=["ended_at"])
    User.objects.filter(id=user_id).update(is_active=True)
    presence.changed(user_id)
    raise_edition()
    transaction.on_commit(lambda: farewell_log.came_back(user_id, waiting.ended_at or clock.now()))
    return True


@transaction.atomic
def erase_at_once(user_id: uuid.UUID) -> bool:
    """Who chose to be erased later does not want to wait. False when that is not what waits."""
    waiting = open_farewell(user_id)
    if waiting is None or waiting.cause != Farewell.Cause.OWN:
        return False
    services.begin_erasing(User.objects.get(id=user_id))
    return True


def erase_due() -> int:
    """Write a task for every farewell whose day has come; returns how many. May be repeated."""
    due = Farewell.objects.filter(ended_at=None, due_at__lte=clock.now())
    waiting = list(due.values_list("user_id", "user__vault_id"))
    for user_id, vault_id in waiting:
        payload = {"user": user_id.hex, "vault": vault_id.hex}
        tasks.enqueue("accounts.erase", key=user_id.hex, payload=payload)
    return len(waiting)


def _go(
    user_id: uuid.UUID, cause: Farewell.Cause, period: dt.timedelta, report: Report | None = None
) -> Farewell:
    User.objects.select_for_update().get(id=user_id)
    waiting = open_farewell(user_id)
    if waiting is not None:
        return waiting
    now = clock.now()
    told = (
        {
            "reported_at": report.at,
            "reported_by": report.reported_by,
            "reporter": report.reporter,
            "checked_by": report.checked_by,
            "checker": report.checker,
        }
        if report
        else {}
    )
    row = Farewell.objects.create(user_id=user_id, cause=cause, started_at=now, due_at=now + period, **told)
    services.tell_work_ends(row.user)
    User.objects.filter(id=user_id).update(is_active=False)
    presence.changed(user_id)
    Session.objects.filter(user_id=user_id).delete()
    for address in EmailAddress.objects.filter(user_id=user_id).values_list("email", flat=True):
        tasks.outbox.forget(address)  # what was written and has not left yet
    raise_edition()
    transaction.on_commit(lambda: farewell_log.went(user_id, cause, row.due_at))
    return row


def was_here_since(user: User, at: dt.datetime) -> bool:
    """Whether this person signed in after that moment, or was here on a later day."""
    day = timezone.localtime(at).date()
    return user.last_seen_on > day or (user.last_login is not None and user.last_login > at)


def past_reports(actor: Actor) -> list[Farewell]:
    """Reports of death about the actor that turned out wrong, newest first: the person may know who."""
    found = Farewell.objects.filter(user=actor.user, cause=Farewell.Cause.DEATH, ended_at__isnull=False)
    return list(found.order_by("-started_at"))


# -- the one page of who waits: in the session of a browser in which nobody is signed in --


def prove(request: HttpRequest, user_id: uuid.UUID) -> None:
    """Write down that this browser proved to be that person's, for half an hour."""
    request.session.cycle_key()  # as signing in does: a session that somebody put here stays theirs
    request.session[SESSION_PROVED] = user_id.hex
    request.session.set_expiry(PROVED_SECONDS)


def proved(request: HttpRequest) -> tuple[User, Farewell] | None:
    """Who waits and proved to be there in this browser; None for everybody else."""
    raw = request.session.get(SESSION_PROVED) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if raw is None:
        return None
    waiting = open_farewell(uuid.UUID(hex=raw))
    return (waiting.user, waiting) if waiting else None
