"""What must be there before a region opens (mission: "a room opens in a region when its checklist is green").

Each item is one condition on `Region`, asked in SQL. The page that shows the list, the directory and every
new share ask the same conditions at each read: there is no copy that could lag behind, and no task that must
run. Data answers what data can tell; only three items are somebody's word (`models.Promise`).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import DateField, DateTimeField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from mmm.foundation import clock
from mmm.foundation.whether import Whether
from mmm.region.models import (
    ContactPoint,
    Membership,
    Organisation,
    Promise,
    Region,
    StaffRole,
    StaffRoleName,
)

# House rule 11: what third parties say is dated. A project choice: numbers and promises hold for a year.
FRESH: Final = dt.timedelta(days=366)

# What makes a membership active, beside a person who is there.
ACTIVE: Final = {"confirmed_at__isnull": False, "secrecy_at__isnull": False, "ended_at__isnull": True}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: its name, what it says, what to do about it, and the page where that is done."""

    key: str
    title: Words | str
    advice: Words | str
    view: str
    spoken: bool = False  # somebody's word, not data


ITEMS: Final = (
    Item(
        "coordinator",
        _("There is a coordinator"),
        _("Appoint a coordinator."),
        "region:staff",
    ),
    Item(
        "deputy",
        _("There is a deputy, somebody else than the coordinator"),
        _("Appoint a deputy. Then a region never hangs on one person."),
        "region:staff",
    ),
    Item(
        "listeners",
        _("There are two listeners, from different organisations"),
        _("Appoint two listeners. Each is confirmed at an organisation, not the same one."),
        "region:staff",
    ),
    Item(
        "reader",
        _("There is somebody to share with, at an organisation that you checked"),
        _("Check an organisation and confirm somebody who works there."),
        "region:memberships",
    ),
    Item("phone", _("The region has a phone number"), _("Fill in the number."), "region:contacts"),
    Item(
        "hours",
        _("It says when somebody answers the phone"),
        _("Fill in the days and hours."),
        "region:hours",
    ),
    Item(
        "crisis",
        _("The crisis line of the region is there"),
        _("Fill in the crisis line of the mental health service."),
        "region:contacts",
    ),
    Item(
        "complaint",
        _("A formal complaint route is there"),
        _("Fill in where somebody can complain."),
        "region:contacts",
    ),
    Item(
        "fallback",
        _("Help outside the region is there"),
        _("Fill in who helps when nobody in the region can."),
        "region:contacts",
    ),
    *(
        Item(value, label, _("Say so when it is done."), "region:opening", spoken=True)
        for value, label in Promise.Item.choices
    ),
)


def conditions(since: Any = None, moment: Any = None) -> dict[str, Exists]:
    """By item: the condition on `Region`. What is older than `since` (day) or `moment` does not count."""
    since = clock.today() - FRESH if since is None else since
    moment = clock.now() - FRESH if moment is None else moment
    found = {
        "coordinator": Exists(_staff(StaffRoleName.COORDINATOR)),
        "deputy": Exists(
            _staff(StaffRoleName.DEPUTY).filter(
                ~Exists(
                    StaffRole.objects.filter(
                        user_id=OuterRef("user_id"),
                        region_id=OuterRef("region_id"),
                        role=StaffRoleName.COORDINATOR,
                        ended_at__isnull=True,
                    )
                )
            )
        ),
        "listeners": Exists(_two_listeners()),
        "reader": Exists(
            Membership.objects.filter(
                user__is_active=True,
                organisation__region_id=OuterRef("pk"),
                organisation__kind=Organisation.Kind.SERVICE,
                organisation__checked_at__isnull=False,
                **ACTIVE,
            )
        ),
    }
    for kind in ContactPoint.Kind.values:
        points = ContactPoint.objects.filter(region_id=OuterRef("pk"), kind=kind, checked_on__gte=since)
        found[kind] = Exists(points)
        if kind == ContactPoint.Kind.PHONE:
            found["hours"] = Exists(points.exclude(hours={}))
    for item in Promise.Item.values:
        promises = Promise.objects.filter(
            region_id=OuterRef("pk"), item=item, undone_at__isnull=True, at__gte=moment
        )
        found[item] = Exists(promises)
    return found


def takes_new(path: str = "pk") -> Whether:
    """Whether the region at this path takes new shares now: opened by two people, every item still green."""
    return Whether(
        _open_regions,
        path,
        Value(clock.today() - FRESH, DateField()),
        Value(clock.now() - FRESH, DateTimeField()),
    )


def _open_regions(region: Any, since: Any, moment: Any) -> QuerySet[Region]:
    return Region.objects.filter(*conditions(since, moment).values(), is_open=True, id=region)


def _staff(role: str) -> QuerySet[StaffRole]:
    return StaffRole.objects.filter(
        region_id=OuterRef("pk"), role=role, ended_at__isnull=True, user__is_active=True
    )


def _two_listeners() -> QuerySet[StaffRole]:
    """A person who listens for the region, where another does so at an organisation of somebody else."""
    one = _listening(OuterRef("pk"))
    another = (
        _listening(OuterRef("region_id"))
        .exclude(user_id=OuterRef("user_id"))
        .exclude(legal_person=OuterRef("legal_person"))
    )
    return one.filter(Exists(another))


def _listening(region: OuterRef) -> QuerySet[Any]:
    """Listeners of this region, once for each of their work, with the legal person they work for."""
    work = {f"user__memberships__{name}": value for name, value in ACTIVE.items()}
    return StaffRole.objects.filter(
        region_id=region, role=StaffRoleName.LISTENER, ended_at__isnull=True, user__is_active=True, **work
    ).annotate(
        legal_person=Coalesce(
            "user__memberships__organisation__part_of_id", "user__memberships__organisation_id"
        )
    )
