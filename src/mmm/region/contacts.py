"""What people do with the numbers, addresses and hours of a region."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.public import raise_edition
from mmm.region import checklist, policy
from mmm.region.models import ContactPoint, Organisation

KINDS = dict(ContactPoint.Kind.choices)
# So long before a year is over the first page says that somebody has to look again.
WARNED = dt.timedelta(days=30)
Hours = Mapping[int, tuple[dt.time, dt.time]]


def by_kind(actor: Actor) -> list[tuple[str, Promise | str, list[ContactPoint]]]:
    """Kind, its name, and what the coordinator's region has of it, old ones included. Raises `NotAllowed`."""
    rows = list(_here(actor).select_related("organisation"))
    return [(kind, title, [row for row in rows if row.kind == kind]) for kind, title in KINDS.items()]


def nearly_old(actor: Actor) -> list[ContactPoint]:
    """What somebody has to look at again: within a month it is shown no more, or already."""
    return list(_here(actor).filter(checked_on__lt=clock.today() - checklist.FRESH + WARNED))


def find(actor: Actor, point_id: uuid.UUID) -> ContactPoint | None:
    """One of the coordinator's region; None elsewhere, as if it were not there."""
    return _here(actor).filter(id=point_id).first()


def phone_of(actor: Actor) -> ContactPoint | None:
    """The phone of the coordinator's region. Raises `NotAllowed`."""
    return _here(actor).filter(kind=ContactPoint.Kind.PHONE).first()


def _here(actor: Actor) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(region_id=policy.region_of(actor))


@transaction.atomic
def put(
    actor: Actor,
    *,
    point: ContactPoint | None = None,
    kind: str,
    name: str,
    source: str,
    phone: str = "",
    web: str = "",
    words: str = "",
    organisation: Organisation | None = None,
) -> ContactPoint:
    """Add a contact point to the own region, or write an earlier one anew: looked up today, by this person.

    Raises:
        NotAllowed: no coordinator or deputy.
    """
    region_id = policy.region_of(actor)
    point = point or ContactPoint(region_id=region_id, kind=kind)
    point.name, point.source, point.phone, point.web, point.words = name, source, phone, web, words
    point.organisation = organisation
    point.checked_on, point.checked_by = clock.today(), actor.id
    point.save()
    raise_edition()
    return point


@transaction.atomic
def remove(actor: Actor, *, point_id: uuid.UUID) -> None:
    """Take a contact point of the own region off the list. Repeatable. Raises `NotAllowed`."""
    ContactPoint.objects.filter(id=point_id, region_id=policy.region_of(actor)).delete()
    raise_edition()


@transaction.atomic
def set_hours(actor: Actor, *, hours: Hours) -> None:
    """When somebody answers the phone: by weekday (0 = Monday), local times. Days left out: nobody answers.

    Raises:
        NotAllowed: no coordinator or deputy.
    """
    told = {str(day): [f"{opens:%H:%M}", f"{closes:%H:%M}"] for day, (opens, closes) in sorted(hours.items())}
    phones = ContactPoint.objects.filter(region_id=policy.region_of(actor), kind=ContactPoint.Kind.PHONE)
    phones.update(hours=told)
    raise_edition()
