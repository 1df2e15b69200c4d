"""Verbs of reports: report, read, answer."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from mmm.accounts import notices
from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, crypto, doors, ids
from mmm.foundation.doors import ReportedThing
from mmm.region.models import HiddenName, Report
from mmm.region.reports import selectors
from mmm.region.reports.selectors import NotThere, Opened


def find(actor: Actor, *, kind: str, thing_id: UUID) -> ReportedThing:
    """What the actor is about to report. Raises `NotThere`."""
    door = doors.reportable.get(kind)
    thing = door.find(actor, thing_id) if door else None
    if thing is None:
        raise NotThere
    return thing


def report(actor: Actor, *, kind: str, thing_id: UUID, shown: Collection[str], words: str) -> Report:
    """Tell who may handle it; only the lines in `shown` go along. Twice gives the one that is open.

    Raises `NotThere`.
    """
    thing = find(actor, kind=kind, thing_id=thing_id)
    now = clock.now()
    made = Report(
        id=ids.new(),
        region_id=thing.region_id,
        kind=kind,
        thing_id=thing_id,
        reporter=actor.user,
        about=thing.about,
        vault_id=actor.vault_id,
        reported_at=now,
        due_on=selectors.next_working_day(clock.today()),
    )
    lines = [line for key, line in thing.lines.items() if key in shown]
    crypto.seal_json(made, "content", {"lines": lines, "words": words}, audit.own(actor.vault_id))
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            _tell([made])
            return made
    except IntegrityError:
        return Report.objects.get(reporter=actor.user, kind=kind, thing_id=thing_id, answered_at=None)


@transaction.atomic
def tell_handlers() -> None:
    """Tell whoever has an open report now, once each: somebody may have left, or was appointed, since."""
    _tell(selectors.waiting())


def _tell(rows: Sequence[Report]) -> None:
    for report_id, tasks in selectors.handlers(rows).items():
        for user_id in {task.user_id for task in tasks}:
            notices.send(user_id, kind="region.reported", view="region:reports", key=report_id.hex)


@transaction.atomic
def read(actor: Actor, *, report_id: UUID) -> Opened:
    """The report's text for who handles it; the reporter sees that in the look log. Raises `NotThere`."""
    row = selectors.to_handle(actor, report_id)
    with translation.override(row.reporter.language):
        label, line = _("My report"), f"{actor.user.name}, {actor.role.label}"
    receipt = audit.look(
        vault_id=row.vault_id,
        reader_id=actor.id,
        reader_line=line,
        membership_id=None,
        items=[audit.Item(kind="region.report", id=row.id, label=label)],
    )
    return selectors.opened(row, receipt)


@transaction.atomic
def answer(actor: Actor, *, report_id: UUID, outcome: str, reason: str) -> Report:
    """Close the report with a reason that the reporter reads; "hidden" hides the thing at once.

    Raises `NotThere` when it was answered meanwhile or is not the actor's to handle.
    """
    Report.objects.select_for_update().filter(id=report_id).first()
    row = selectors.to_handle(actor, report_id)
    door = doors.reportable[row.kind]
    if outcome == "hidden":
        if door.hide is None:
            raise NotThere
        door.hide(actor, row.thing_id, reason)
    crypto.seal(row, "answer", reason, audit.machine(row.vault_id, "region.reply", item=row.id))
    row.outcome, row.answered_at, row.handled_by = outcome, clock.now(), actor.id
    row.save()
    notices.send(row.reporter_id, kind="region.answered", view="region:my_reports", key=row.id.hex)
    return row


def erase(user_id: UUID) -> None:
    """Remove what this person reported; their own hidden names go with their memberships. Repeatable."""
    Report.objects.filter(reporter_id=user_id).delete()
    Report.objects.filter(handled_by=user_id).update(handled_by=None)
    Report.objects.filter(about=user_id).update(about=None)
    HiddenName.objects.filter(membership__user_id=user_id).delete()
    HiddenName.objects.filter(hidden_by=user_id).update(hidden_by=None)


def forget_answered(before: dt.datetime) -> int:
    """Remove reports that were answered before that moment; returns how many."""
    return Report.objects.filter(answered_at__lt=before).delete()[0]
