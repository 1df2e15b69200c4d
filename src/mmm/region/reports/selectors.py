"""Guarded reads of reports: one's own, and those of the region one looks after."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField, Value
from django.utils.functional import Promise

from mmm.accounts import blocks
from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, crypto, doors
from mmm.foundation.policy import require
from mmm.region import hours, policy
from mmm.region.models import Report, StaffRole


class NotThere(Exception):
    """There is no such thing to report, or no such report, for this person."""


def next_working_day(day: dt.date) -> dt.date:
    """The first day after `day` that is no weekend and no day of `hours.holidays`."""
    while True:
        day += dt.timedelta(days=1)
        if day.isoweekday() < 6 and day not in hours.holidays(day.year):
            return day


@dataclass(frozen=True, slots=True)
class Task:
    """A report as a line in the coordinator's list: no text of anybody in it."""

    id: UUID
    title: str | Promise
    reported_at: dt.datetime
    due_on: dt.date
    late: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A report with its text, for who handles it or for who made it."""

    id: UUID
    title: str | Promise
    can_hide: bool
    due_on: dt.date
    lines: Sequence[str]
    words: str
    outcome: str | Promise
    answer: str


def tasks_for(actor: Actor) -> list[Task]:
    """Open reports of the actor's region, the oldest deadline first; late ones are late for the deputy, too.

    Not those that only the other of the two may handle: that somebody blocked the actor stays silent.
    Raises `NotAllowed`.
    """
    region_id = actor.role.region_id or UUID(int=0)
    require(policy.may_coordinate(actor, region_id))
    rows = _for(actor.id).filter(region_id=region_id).order_by("due_on", "reported_at")
    return [
        Task(
            id=row.id,
            title=_title(row.kind),
            reported_at=row.reported_at,
            due_on=row.due_on,
            late=row.due_on < clock.today(),
            own=row.reporter_id == actor.id,
        )
        for row in rows
    ]


def reports_of(actor: Actor) -> list[Opened]:
    """What the actor reported, newest first, with the answers."""
    receipt = audit.own(actor.vault_id)
    rows = Report.objects.filter(reporter=actor.user).order_by("-reported_at", "id")
    return [opened(row, receipt) for row in rows]


def to_handle(actor: Actor, report_id: UUID) -> Report:
    """An open report of the actor's region that somebody else made, about somebody else. Raises `NotThere`.

    Nor one of somebody who blocked the actor: then the deputy, or the coordinator, handles it.
    """
    row = _for(actor.id).filter(id=report_id).first()
    if row is None or row.reporter_id == actor.id or not policy.may_coordinate(actor, row.region_id):
        raise NotThere
    return row


def may_hide(actor: Actor, report_id: UUID) -> bool:
    """Whether what this open report is about can be hidden. Opens no text. Raises `NotThere`."""
    door = doors.reportable.get(to_handle(actor, report_id).kind)
    return bool(door and door.hide)


def coordinators(region_id: UUID) -> list[UUID]:
    """Who looks after this region now: coordinator and deputy."""
    rows = StaffRole.objects.filter(region_id=region_id, role__in=policy.COORDINATORS, ended_at=None)
    return list(rows.values_list("user_id", flat=True).distinct())


def opened(row: Report, receipt: crypto.Receipt) -> Opened:
    """The text of a report. The receipt is the guard."""
    content: dict[str, Any] = crypto.unseal_json(row.content, receipt) if row.content else {}
    door = doors.reportable.get(row.kind)
    return Opened(
        id=row.id,
        title=_title(row.kind),
        can_hide=bool(door and door.hide),
        due_on=row.due_on,
        lines=content.get("lines", ()),
        words=content.get("words", ""),
        outcome=row.get_outcome_display(),
        answer=crypto.unseal(row.answer, receipt) if row.answer else "",
    )


def _open() -> QuerySet[Report]:
    """Reports that wait for an answer, of people who are here: who went is invisible at once."""
    return Report.objects.filter(answered_at=None, reporter__is_active=True)


def may_handle(user_id: UUID, row: Report) -> bool:
    """Whether this coordinator may handle it: who it is about may not, nor whom the reporter blocked."""
    return _for(user_id).filter(id=row.id).exists()


def _for(user_id: UUID) -> QuerySet[Report]:
    rows = _open().annotate(coordinator=Value(user_id, output_field=UUIDField()))
    blocked = Q(blocks.person_blocked("reporter_id", "coordinator"))
    return rows.exclude(about=user_id).exclude(blocked)


def _title(kind: str) -> str | Promise:
    door = doors.reportable.get(kind)
    return door.title if door else ""
