"""What people do with the numbers, addresses and hours of a region."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.public import raise_edition
from mmm.region import policy
from mmm.region.models import ContactPoint, Organisation

Hours = Mapping[int, tuple[dt.time, dt.time]]


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
