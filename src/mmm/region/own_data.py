"""What this room holds about a person: for handing over, for erasing, and its place on the page "my data"."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mmm.foundation import doors, retention
from mmm.region import deaths, invitations, services
from mmm.region.models import DeathReport, Membership, OrganisationBlock, StaffRole


def export(user_id: uuid.UUID, vault_id: uuid.UUID) -> dict[str, Any]:
    """Memberships and tasks of a person, readable for the person."""
    memberships = Membership.objects.filter(user_id=user_id).select_related("organisation", "profession")
    staff = StaffRole.objects.filter(user_id=user_id).select_related("region")
    blocked = OrganisationBlock.objects.filter(owner_id=user_id).order_by("created_at", "id")
    reported = DeathReport.objects.filter(reported_by=user_id).order_by("reported_at")
    return {
        "deaths_reported": [
            {
                "on": row.reported_at.isoformat(),
                "checked": row.checked_at.isoformat() if row.checked_at else None,
            }
            for row in reported
        ],
        "work": [
            {
                "organisation": row.organisation.name,
                "profession": row.profession.name if row.profession else None,
                "name": row.name,
                "from": row.requested_at.isoformat(),
                "until": row.ended_at.isoformat() if row.ended_at else None,
                "confirmed": row.confirmed_at.isoformat() if row.confirmed_at else None,
                "secrecy": row.secrecy_at.isoformat() if row.secrecy_at else None,
                "listed": row.listed,
                "listed_as_peer": row.listed_as_peer,
                "declined": row.declined_at.isoformat() if row.declined_at else None,
                "declined_why": row.get_declined_why_display() if row.declined_at else None,
            }
            for row in memberships
        ],
        "tasks": [
            {
                "region": row.region.name,
                "role": row.get_role_display(),
                "from": row.started_at.isoformat(),
                "until": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in staff
        ],
        "blocked_organisations": list(blocked.values_list("organisation__name", flat=True)),
    }


def erase(user_id: uuid.UUID, vault_id: uuid.UUID) -> None:
    """Remove memberships and tasks. Repeatable."""
    services.erase(user_id)
    invitations.erase(user_id)
    deaths.erase(user_id)


def work_section(request: HttpRequest) -> SafeString:
    """The part about work on the page "my data"."""
    return render_to_string("region/work_section.html", {}, request)


PERSONAL_DATA = doors.PersonalData(
    room="region",
    owner_models=[
        "region.Membership",
        "region.StaffRole",
        "region.DeathReport",
        "region.OrganisationBlock",
        "region.Invitation",
    ],
    export=export,
    erase=erase,
    retention=[
        retention.rule("ended work"),
        retention.rule("checked death reports"),
        retention.rule("invitations"),
    ],
    title=_("Your work"),
    corrections=[(_("Change where I work"), "region:mine")],
    words={
        "work": _("Where you work"),
        "organisation": _("Organisation"),
        "profession": _("Profession"),
        "name": _("Your name at work"),
        "from": _("From"),
        "until": _("Until"),
        "confirmed": _("Confirmed on"),
        "secrecy": _("Promise of secrecy on"),
        "listed": _("People can find you"),
        "listed_as_peer": _("Colleagues find you as a peer expert"),
        "declined": _("Declined on"),
        "declined_why": _("Why it was declined"),
        "deaths_reported": _("Deaths you reported"),
        "on": _("On"),
        "checked": _("Checked by another on"),
        "tasks": _("Your tasks for a region"),
        "region": _("Region"),
        "role": _("Task"),
        "blocked_organisations": _("Organisations you blocked"),
    },
)
