"""Writing down that something is new, and the one mail there is about it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mmm.accounts import selectors
from mmm.accounts.models import Notice, NoticeChoice, User
from mmm.accounts.notices.choosing import Hours, hours_of, way_of, ways_of
from mmm.foundation import clock, doors, tasks

TASK = "accounts.notices.mail"


def send(user_id: UUID, *, kind: str, view: str, args: Sequence[Any] = (), key: str) -> None:
    """Something of this kind is new for somebody; it stands at the address of `view` with `args`.

    Belongs in the transaction of what happened. The same `kind` and `key` again does nothing. Somebody who is
    gone, or who turned this kind off, gets nothing. Raises KeyError for a kind that no room registered.
    """
    door = doors.notice_kinds[kind]
    user = User.objects.filter(id=user_id, is_active=True).select_related("notice_hours").first()
    if user is None:
        return
    chosen = NoticeChoice.objects.filter(user=user, kind=kind).values_list("way", flat=True).first()
    hours = hours_of(user)
    way = way_of(door, chosen, hours)
    if way == "off":
        return
    now = clock.now()
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            user=user,
            kind=kind,
            key=key,
            defaults={
                "view": view,
                "args": [each.hex if isinstance(each, UUID) else each for each in args],
                "made_at": now,
                "mail_at": _when(user, door, way, hours, now),
            },
        )
        if made and notice.mail_at:
            _wake(user_id, notice.mail_at)


@tasks.task(TASK)
def mail_due(payload: dict[str, str]) -> None:
    """One mail about all that is due for somebody, as they want it now; nothing when they saw it meanwhile.

    Mail and mark are written in one transaction: a worker killed in between leaves both to the next one.
    """
    user_id, now = UUID(hex=payload["user"]), clock.now()
    with transaction.atomic():
        due = list(
            Notice.objects.select_for_update()
            .filter(user_id=user_id, mailed_at=None, mail_at__lte=now)
            .order_by("made_at", "id")
        )
        user = User.objects.filter(id=user_id, is_active=True).select_related("notice_hours").first()
        if user is None or not due:
            return
        hours = hours_of(user)
        ways = ways_of(user, hours)
        going = []
        for notice in due:
            door = doors.notice_kinds.get(notice.kind)
            if door is None or (notice.seen_at and not door.always):
                at = None  # who opened it needs no mail; a safety notice may have been opened by a stranger
            else:
                at = _when(user, door, ways[notice.kind], hours, now, daily_now=True)
            if at is not None and at <= now:
                going.append(notice)
                continue
            notice.mail_at = at
            notice.save(update_fields=["mail_at"])
            if at is not None:
                _wake(user_id, at)
        if going:
            # What is about the safety of the account goes to every mailbox that lets them in.
            safety = any(doors.notice_kinds[notice.kind].always for notice in going)
            for n, found in enumerate(selectors.mails_of(user_id)[: None if safety else 1]):
                _post(*found, key=f"{going[-1].id.hex}{n or ''}")
        Notice.objects.filter(id__in=[notice.id for notice in going]).update(mailed_at=now)


def forget_old(before: dt.datetime) -> int:
    """Remove notices from before that moment; returns how many rows went."""
    return Notice.objects.filter(made_at__lt=before).delete()[0]


def _when(
    user: User, door: doors.NoticeKind, way: str, hours: Hours, now: dt.datetime, *, daily_now: bool = False
) -> dt.datetime | None:
    """When to mail about a notice of this kind; None for not at all.

    `daily_now`: the day's mail is due, only the quiet hours may still hold it up.
    """
    if door.always:
        return now
    if hours.paused or user.paused_at is not None or way in {"page", "off"}:
        return None
    if way == "daily" and not daily_now:
        return hours.once_a_day(now)
    return hours.after_quiet(now)


def _wake(user_id: UUID, at: dt.datetime) -> None:
    # A key of its own for each moment: what waits for the morning does not hold up what is due now.
    key = f"{user_id.hex}:{int(at.timestamp())}"
    tasks.enqueue(TASK, key=key, payload={"user": user_id.hex}, run_after=at)


def _post(address: str, language: str, *, key: str) -> None:
    with translation.override(language):
        link = f"{settings.BASE_URL}{reverse('accounts:notices')}"
        tasks.outbox.post(
            to=address,
            subject=_("Something new for you"),
            body=render_to_string("accounts/mail/notice.txt", {"link": link}),
            kind="notice",
            key=key,
        )
