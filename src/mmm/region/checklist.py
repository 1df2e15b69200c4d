"""What must be there before a region opens (mission: "a room opens in a region when its checklist is green").

The page that shows the list, the directory and every new share ask the same (`green`) at each read: there is
no copy that could lag behind, and no task that must run. Data answers what data can tell; only three items
are somebody's word (`models.Promise`).

Asked as a few plain questions and put together here: one question with all of it as subqueries took ten
times as long, nearly all of it in building the SQL.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from mmm.foundation import clock
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


def green(region_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """By region: the keys of the items that are in order now. Five questions, however many regions."""
    ids = list(region_ids)
    found: dict[uuid.UUID, set[str]] = {each: set() for each in ids}
    since = clock.today() - FRESH

    here = StaffRole.objects.filter(region_id__in=ids, ended_at__isnull=True, user__is_active=True)
    staff: dict[tuple[uuid.UUID, str], set[uuid.UUID]] = defaultdict(set)
    for region_id, role, user_id in here.values_list("region_id", "role", "user_id"):
        staff[region_id, role].add(user_id)
    listeners = _listening(here)
    for region_id in ids:
        coordinators = staff[region_id, StaffRoleName.COORDINATOR]
        if coordinators:
            found[region_id].add("coordinator")
        if staff[region_id, StaffRoleName.DEPUTY] - coordinators:
            found[region_id].add("deputy")
        if _are_two(listeners[region_id]):
            found[region_id].add("listeners")

    readers = Membership.objects.filter(
        user__is_active=True,
        organisation__region_id__in=ids,
        organisation__kind=Organisation.Kind.SERVICE,
        organisation__checked_at__isnull=False,
        **ACTIVE,
    )
    for region_id in readers.values_list("organisation__region_id", flat=True).distinct():
        found[region_id].add("reader")

    points = ContactPoint.objects.filter(region_id__in=ids, checked_on__gte=since)
    for region_id, kind, hours in points.values_list("region_id", "kind", "hours"):
        found[region_id].add(kind)
        if kind == ContactPoint.Kind.PHONE and hours:
            found[region_id].add("hours")

    promises = Promise.objects.filter(region_id__in=ids, undone_at__isnull=True, at__gte=clock.now() - FRESH)
    for region_id, item in promises.values_list("region_id", "item"):
        found[region_id].add(item)
    return found


def open_now(region_id: uuid.UUID | None = None) -> set[uuid.UUID]:
    """Regions that take new shares now: opened by two people, and every item still green. Six questions.

    With `region_id`: that region, when it is one of them.
    """
    opened = Region.objects.filter(is_open=True)
    if region_id is not None:
        opened = opened.filter(id=region_id)
    ids = list(opened.values_list("id", flat=True))
    keys = {item.key for item in ITEMS}
    return {each for each, done in green(ids).items() if done >= keys} if ids else set()


def _listening(staff: QuerySet[StaffRole]) -> dict[uuid.UUID, set[tuple[uuid.UUID, uuid.UUID]]]:
    """By region: its listeners, once for each of their work, with the legal person they work for."""
    work = {f"user__memberships__{name}": value for name, value in ACTIVE.items()}
    rows = staff.filter(role=StaffRoleName.LISTENER, **work).values_list(
        "region_id",
        "user_id",
        "user__memberships__organisation__part_of_id",
        "user__memberships__organisation_id",
    )
    found: dict[uuid.UUID, set[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(set)
    for region_id, user_id, whole, organisation_id in rows:
        found[region_id].add((user_id, whole or organisation_id))
    return found


def _are_two(listeners: set[tuple[uuid.UUID, uuid.UUID]]) -> bool:
    """Whether somebody listens here, and somebody else at another organisation."""
    return any(
        one != other and work != elsewhere for (one, work), (other, elsewhere) in combinations(listeners, 2)
    )
