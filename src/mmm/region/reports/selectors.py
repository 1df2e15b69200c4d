"""Guarded reads of reports: one's own, and those that wait for one. `handlers` says whom each waits for."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from mmm.accounts import blocks
from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, crypto, doors
from mmm.foundation.policy import require
from mmm.region import hours, policy
from mmm.region.models import Report, StaffRole, StaffRoleName


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
    """A report with its text, for who handles it or for who made it.

    `with_whom`: names of who has it now, when it waits; `outside`: they are not of the region, where nobody
    may handle it. `place` is the name of the region in the address of its page.
    """

    id: UUID
    title: str | Promise
    can_hide: bool
    due_on: dt.date
    lines: Sequence[str]
    words: str
    outcome: str | Promise
    answer: str
    with_whom: Sequence[str] = ()
    outside: bool = False
    place: str = ""


def tasks_for(actor: Actor) -> list[Task]:
    """Open reports that wait for the actor, the oldest deadline first; late is late for the deputy, too.

    And those they made themselves, which somebody else answers. Not those that only others may handle: that
    somebody blocked the actor stays silent. Raises `NotAllowed`.
    """
    region_id = actor.role.region_id or UUID(int=0)
    require(policy.may_handle_reports(actor, region_id))
    rows = list(_open().filter(region_id=region_id).order_by("due_on", "reported_at"))
    handled = handlers(rows)
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
        if row.reporter_id == actor.id or _has(actor, handled[row.id])
    ]


def reports_of(actor: Actor) -> list[Opened]:
    """What the actor reported, newest first, with the answers, or who has it now."""
    receipt = audit.own(actor.vault_id)
    rows = list(
        Report.objects.filter(reporter=actor.user).select_related("region").order_by("-reported_at", "id")
    )
    handled = handlers([row for row in rows if row.answered_at is None])
    return [_with_handlers(opened(row, receipt), row, handled.get(row.id, ())) for row in rows]


def _with_handlers(found: Opened, row: Report, tasks: Sequence[StaffRole]) -> Opened:
    return replace(
        found,
        with_whom=list(dict.fromkeys(f"{task.user.name}, {task.get_role_display()}" for task in tasks)),
        outside=any(task.role == StaffRoleName.OUTSIDE for task in tasks),
        place=row.region.slug,
    )


def to_handle(actor: Actor, report_id: UUID) -> Report:
    """An open report that the actor may answer, in the role they are here with. Raises `NotThere`.

    Somebody else made it, about somebody else, and did not block the actor; see `handlers`.
    """
    row = _open().filter(id=report_id).first()
    if row is None or not policy.may_handle_reports(actor, row.region_id):
        raise NotThere
    if not _has(actor, handlers([row])[row.id]):
        raise NotThere
    return row


def may_hide(actor: Actor, report_id: UUID) -> bool:
    """Whether what this open report is about can be hidden. Opens no text. Raises `NotThere`."""
    door = doors.reportable.get(to_handle(actor, report_id).kind)
    return bool(door and door.hide)


def handlers(rows: Collection[Report]) -> dict[UUID, list[StaffRole]]:
    """Who may handle each of these open reports now: the one source of that, worked out at every read.

    Coordinator and deputy of the region; where none of them may, its contacts outside. Never who made the
    report, whom it is about, or whom its maker blocked: then the list is empty rather than that.
    At most two queries, whatever the number.
    """
    regions = {row.region_id for row in rows}
    if not regions:
        return {}
    tasks = StaffRole.objects.filter(region_id__in=regions, role__in=policy.HANDLERS, ended_at=None)
    staff = list(tasks.filter(user__is_active=True).select_related("user").order_by("started_at", "id"))
    blocked = blocks.pairs({row.reporter_id for row in rows}, {task.user_id for task in staff})
    return {row.id: _handlers(row, staff, blocked) for row in rows}


def _handlers(
    row: Report, staff: Sequence[StaffRole], blocked: Collection[tuple[UUID, UUID]]
) -> list[StaffRole]:
    free = [
        task
        for task in staff
        if task.region_id == row.region_id
        and task.user_id not in {row.about, row.reporter_id}
        and (row.reporter_id, task.user_id) not in blocked
    ]
    inside = [task for task in free if task.role in policy.COORDINATORS]
    return inside or free


def _has(actor: Actor, tasks: Sequence[StaffRole]) -> bool:
    """Whether one of these tasks is the one the actor is here with."""
    return any((task.user_id, task.role) == (actor.id, actor.role.staff_role) for task in tasks)


def waiting() -> list[Report]:
    """Everybody's open reports; for what comes round by itself."""
    return list(_open())


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


def _title(kind: str) -> str | Promise:
    door = doors.reportable.get(kind)
    return door.title if door else ""
