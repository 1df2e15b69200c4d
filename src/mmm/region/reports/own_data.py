"""What reports hold about a person: what they reported, the answers, and why a name is hidden."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mmm.foundation import audit, crypto, doors, retention
from mmm.region.models import HiddenName, Report
from mmm.region.reports import selectors, services


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Reports with their answers, and reasons for hiding; for the person only."""
    receipt = audit.machine(vault_id, "reports.export")
    rows = Report.objects.filter(reporter_id=user_id).order_by("reported_at", "id")
    hidden = HiddenName.objects.filter(vault_id=vault_id)
    return {
        "reports": [_report(row, receipt) for row in rows],
        "hidden": [crypto.unseal(row.reason, receipt) for row in hidden if row.reason],
    }


def _report(row: Report, receipt: crypto.Receipt) -> dict[str, Any]:
    opened = selectors.opened(row, receipt)
    return {
        "title": str(opened.title),
        "lines": list(opened.lines),
        "words": opened.words,
        "outcome": str(opened.outcome),
        "answer": opened.answer,
    }


PERSONAL_DATA = doors.PersonalData(
    room="reports",
    owner_models=["region.Report", "region.HiddenName"],
    export=export,
    erase=lambda user_id, vault_id: services.erase(user_id),
    retention=[retention.rule("answered reports")],
    title=_("What you reported"),
    words={
        "reports": _("Reports"),
        "title": _("About"),
        "lines": _("What the coordinator saw"),
        "words": _("Your words with it"),
        "outcome": _("What came of it"),
        "answer": _("The reason"),
        "hidden": _("Why your name is not in the list"),
    },
)
