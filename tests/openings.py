"""A region whose checklist is green, written straight into the tables: for tests that are about other things.

That people really get there, by the pages, is shown in tests/region/test_opening.py and tests/journeys.
"""

import datetime as dt

from django.utils import timezone

from mmm.accounts.models import User
from mmm.foundation import crypto
from mmm.region.models import (
    ContactPoint,
    Membership,
    Opening,
    Organisation,
    Profession,
    Promise,
    Region,
    StaffRole,
)

SINCE = dt.timedelta(days=200)
# Tests move the clock, and nobody in them looks a number up again after a year.
LOOKED_UP = dt.timedelta(days=3000)


def opened(region: Region) -> Region:
    """The same region, open: with two who run it, two listeners at two organisations, numbers and hours."""
    if Region.objects.filter(id=region.id, is_open=True).exists():
        return region
    now = timezone.now() - SINCE  # before anything that the test makes
    lead, second = _person("Greta"), _person("Bram")
    for who, role in ((lead, "coordinator"), (second, "deputy")):
        StaffRole.objects.create(user=who, region=region, role=role, started_at=now)
    for name, place in (("Lotte", "Luisterhuis"), ("Joris", "Buurthuis")):
        who = _person(name)
        StaffRole.objects.create(user=who, region=region, role="listener", started_at=now)
        Membership.objects.create(
            user=who,
            organisation=Organisation.objects.get_or_create(
                region=region, name=place, defaults={"chain_link": "care", "checked_at": now}
            )[0],
            profession=Profession.objects.get(nr=9),
            name=name,
            requested_at=now,
            confirmed_at=now,
            secrecy_at=now,
            secrecy_version=1,
        )
    for kind in ContactPoint.Kind.values:
        ContactPoint.objects.create(
            region=region,
            kind=kind,
            name=f"{ContactPoint.Kind(kind).label} {region.name}",
            phone="071 000 00 00",
            source="website",
            hours={str(day): ["09:00", "17:00"] for day in range(5)} if kind == "phone" else {},
            checked_on=timezone.localdate() + LOOKED_UP,
        )
    for item in Promise.Item.values:
        Promise.objects.create(region=region, item=item, at=timezone.now() + LOOKED_UP)
    Opening.objects.create(
        region=region, asked_by=lead.id, confirmed_at=now, confirmed_by=second.id, asked_at=now
    )
    Region.objects.filter(id=region.id).update(is_open=True)
    region.is_open = True
    return region


def _person(name: str) -> User:
    return User.objects.create_user(name=name, vault_id=crypto.create_vault("user"))
