"""Accounts that nobody uses: told after 12 months, twice more, and erased after 24.

When somebody was last here is a day, `User.last_seen_on`. A GET may not write it (house rule), so signing in
writes it, and a worker brings it up to date every hour from the sessions that slide (`note_seen`), before
those that are over are removed. Who has a break (`User.paused_at`) does not grow idle: ending it takes being
here.
"""

import datetime as dt
import logging
import uuid

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mmm.accounts import notices, policy, services
from mmm.accounts.actors import Actor
from mmm.accounts.models import IdleWarning, Session, User
from mmm.foundation import clock, retention

logger = logging.getLogger(__name__)

KIND = "accounts.idle"
LAST = 3
# How long before the end the second and the third message go out, and how long the last one stands at least.
MONTH, WEEK = dt.timedelta(days=30), dt.timedelta(days=7)


def note_seen() -> int:
    """Write down on which day everybody who has a session was last here; returns for how many that is new.

    A session says when it ends: the longest rest after the last time here. What rests shorter (at work, on a
    shared device) may count as the day before; signing in writes its own day.
    """
    now, count, rest = clock.now(), 0, services.IDLE["self"]
    latest = Session.objects.exclude(user_id=None).values("user_id").annotate(latest=Max("expire_date"))
    for user_id, until in latest.values_list("user_id", "latest"):
        if user_id is None:
            continue
        day = timezone.localtime(min(until - rest, now)).date()
        count += User.objects.filter(id=user_id, last_seen_on__lt=day).update(last_seen_on=day)
    return count


def tend() -> None:
    """Tell whoever is due to be told, and erase whose time is over and who was told. May be repeated."""
    today = clock.today()
    IdleWarning.objects.filter(sent_on__lt=today - retention.period("idle accounts")).delete()
    first = today - retention.period("idle message")
    found = User.objects.filter(is_active=True, paused_at=None, last_seen_on__lte=first)
    for user_id in list(found.values_list("id", flat=True)):
        _tend(user_id, today)


@transaction.atomic
def _tend(user_id: uuid.UUID, today: dt.date) -> None:
    user = User.objects.select_for_update().filter(id=user_id, is_active=True, paused_at=None).first()
    if user is None:
        return
    idle = today - user.last_seen_on
    step = _step(idle)
    if step == 0:
        return  # here again a moment ago
    told = dict(
        IdleWarning.objects.filter(user=user, seen_on=user.last_seen_on).values_list("step", "sent_on")
    )
    if step not in told:
        IdleWarning.objects.create(user=user, seen_on=user.last_seen_on, step=step, sent_on=today)
        key = f"{user.last_seen_on}:{step}"
        notices.send(user.id, kind=KIND, view="accounts:mine", key=key)
        return
    if idle < retention.period("idle accounts") or today - told[step] < WEEK:
        return
    if policy.may_erase(Actor(user)):
        services.begin_erasing(user)
    else:
        logger.warning("an idle account has something to hand on first: %s", user.id.hex)


def _step(idle: dt.timedelta) -> int:
    """Which message fits somebody who was away so long: 0 (none), 1, 2 or 3."""
    end = retention.period("idle accounts")
    marks = (retention.period("idle message"), end - MONTH, end - WEEK)
    return sum(idle >= mark for mark in marks)
