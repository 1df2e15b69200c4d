"""A report of death: one coordinator reports, another fills in the same address, then the account rests.

It counts in a region that the person has something to do with; in any, when there is none. At the first
report the person hears of it in every mailbox; who is here since then is alive, and the second does nothing.

Nobody searches and nothing is listed: who reports knows the exact address. The answer is the same whether
somebody has it or not, also in the list of reports that wait for the second one.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mmm.accounts import farewells, notices
from mmm.accounts import selectors as accounts
from mmm.accounts.actors import Actor
from mmm.foundation import clock, crypto, doors, limits, retention
from mmm.foundation.policy import Denied, NotAllowed, require
from mmm.region import policy
from mmm.region.models import DeathReport, Membership, Region, StaffRole

A_DAY, WINDOW = 5, dt.timedelta(days=1)
ASKED = "region.still_here"


def report(actor: Actor, *, address: str) -> None:
    """Report the death of who has this (normalised) address, or check what another coordinator reported.

    Raises:
        NotAllowed: not a coordinator or deputy, or more reports in a day than anybody has reason for.
    """
    region_id = _region_of(actor)
    if not limits.hit("death-report", actor.id.hex, limit=A_DAY, window=WINDOW).allowed:
        raise NotAllowed(_("You reported five people today. Call us if there are more."))
    subject = crypto.fingerprint("death report", address)
    with transaction.atomic():
        region = Region.objects.select_for_update().get(id=region_id)  # two reports go one after the other
        found = _open(region_id).filter(subject=subject).first()
        if found is None or found.reported_by is None:
            # Nothing that still stands: it ran out, or who reported it is not here any more.
            DeathReport.objects.filter(region=region, subject=subject, checked_at=None).delete()
            made = DeathReport.objects.create(
                region=region,
                subject=subject,
                reported_by=actor.id,
                reporter=_line(actor),
                reported_at=clock.now(),
            )
            user = accounts.by_address(address)
            if user is not None and _concerns(user.id, region_id):
                notices.send(user.id, kind=ASKED, view="accounts:mine", key=made.id.hex)
        elif found.reported_by != actor.id:
            _check(actor, found, address)


def _check(actor: Actor, found: DeathReport, address: str) -> None:
    found.checked_by, found.checked_at = actor.id, clock.now()
    found.save(update_fields=["checked_by", "checked_at"])
    user = accounts.by_address(address)
    if user is None or found.reported_by is None or not _concerns(user.id, found.region_id):
        return
    if farewells.was_here_since(user, found.reported_at) or notices.was_seen(
        user.id, kind=ASKED, key=found.id.hex
    ):
        return
    told = farewells.Report(
        at=found.reported_at,
        reported_by=found.reported_by,
        reporter=found.reporter,
        checked_by=actor.id,
        checker=_line(actor),
    )
    farewells.still(user.id, report=told)


def reports_for(actor: Actor) -> list[DeathReport]:
    """What waits for a second coordinator in the actor's region, newest first. Raises `NotAllowed`."""
    return list(_open(_region_of(actor)).order_by("-reported_at"))


def forget() -> None:
    """Remove reports that nobody checked in time, and those that were checked long ago."""
    now = clock.now()
    DeathReport.objects.filter(
        checked_at=None, reported_at__lt=now - retention.period("unchecked death reports")
    ).delete()
    DeathReport.objects.filter(checked_at__lt=now - retention.period("checked death reports")).delete()


def erase(user_id: uuid.UUID) -> None:
    """The name of who reported goes with them; the report stays. May be repeated."""
    DeathReport.objects.filter(reported_by=user_id).update(reported_by=None, reporter="")
    DeathReport.objects.filter(checked_by=user_id).update(checked_by=None)


def _concerns(user_id: uuid.UUID, region_id: uuid.UUID) -> bool:
    """Whether this region is one of the person's; every region is, of who has none."""
    ties = set().union(*(door.regions_of(user_id) for door in doors.region_ties))
    return not ties or region_id in ties


def ties_of(user_id: uuid.UUID) -> set[uuid.UUID]:
    """Regions in which somebody works, worked, or has a task."""
    work = Membership.objects.filter(user_id=user_id).values_list("organisation__region_id", flat=True)
    return {*work, *StaffRole.objects.filter(user_id=user_id).values_list("region_id", flat=True)}


def _open(region_id: uuid.UUID) -> QuerySet[DeathReport]:
    since = clock.now() - retention.period("unchecked death reports")
    return DeathReport.objects.filter(region_id=region_id, checked_at=None, reported_at__gte=since)


def _region_of(actor: Actor) -> uuid.UUID:
    region_id = actor.role.region_id
    if region_id is None:
        require(Denied(_("Only the coordinator of this region can do this.")))
    assert region_id is not None  # noqa: S101 - for the type checker
    require(policy.may_coordinate(actor, region_id))
    return region_id


def _line(actor: Actor) -> str:
    return f"{actor.user.name}, {actor.role.label}"
