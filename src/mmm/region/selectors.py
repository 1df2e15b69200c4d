"""Guarded reads of regions, memberships and the directory.

The directory lists professionals who chose to be found. There is no way here to find or list workers.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import ALLOWED, Decision, Denied
from mmm.region import checklist, policy
from mmm.region.models import (
    ChainLink,
    ContactPoint,
    Membership,
    Organisation,
    Profession,
    Region,
    StaffRole,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A named person at a named organisation: whom a worker can share with."""

    user_id: uuid.UUID
    membership_id: uuid.UUID
    name: str
    profession: str | None
    organisation: str
    chain_link: str
    employer: bool
    decides_on_benefits: bool  # by profession or by organisation; house rule 14 tells these apart
    region_id: uuid.UUID
    checked: bool  # a coordinator looked whether the organisation is what it says it is

    @property
    def line(self) -> str:
        """ "Marieke de Wit, jobcoach, Werkpunt Leiden": name, profession if any, organisation."""
        return ", ".join(part for part in (self.name, self.profession, self.organisation) if part)


def active_memberships_q(prefix: str = "") -> Q:
    """Condition for memberships that are active now: confirmed, secrecy accepted, not ended, person active.

    `prefix` is the path to the membership from the queried model, e.g. "membership__".
    """
    return Q(
        **{
            f"{prefix}confirmed_at__isnull": False,
            f"{prefix}secrecy_at__isnull": False,
            f"{prefix}ended_at__isnull": True,
            f"{prefix}user__is_active": True,
        }
    )


def reader_directory(*, region_id: uuid.UUID | None = None, query: str = "", limit: int = 50) -> list[Reader]:
    """Professionals who may be found, by name, profession or organisation; at most `limit`, by name.

    Only active memberships of service organisations, in regions that are open, whose person chose to be
    listed. Never workers or employers. `query` is split in words that must all be found in the line.
    """
    found = _rows().filter(
        active_memberships_q(),
        listed=True,
        organisation__kind=Organisation.Kind.SERVICE,
        organisation__region__in=checklist.open_regions(),
    )
    if region_id is not None:
        found = found.filter(organisation__region_id=region_id)
    for word in query.split()[:5]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(profession__name_nl__icontains=word)
            | Q(profession__name_en__icontains=word)
        )
    return [as_reader(row) for row in found.order_by("name", "id")[:limit]]


def active_membership(membership_id: uuid.UUID, user_id: uuid.UUID) -> Reader | None:
    """The reader with this membership, listed or not; None unless it is this person's and active now."""
    row = _rows().filter(active_memberships_q(), id=membership_id, user_id=user_id).first()
    return as_reader(row) if row else None


def may_take_new(reader: Reader) -> Decision:
    """Whether the region of this reader takes new shares now. One question.

    What was shared before stays readable when a region closes: a person decided that, and no list of a region
    takes a decision of a person away. Only new shares stop, because nobody may be there to help with them.
    """
    if checklist.open_regions().filter(id=reader.region_id).exists():
        return ALLOWED
    return Denied(
        _("This region is not open at the moment. You cannot share anything new there. Your text stays here.")
    )


def readers(membership_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Reader]:
    """Name lines by membership, active or ended: for the worker's own lists of who could read what."""
    return {row.id: as_reader(row) for row in _rows().filter(id__in=membership_ids)}


def contact_points(region_id: uuid.UUID) -> dict[str, list[ContactPoint]]:
    """By kind: what the region shows everybody, as far as somebody looked at it in the last year; public."""
    rows = ContactPoint.objects.filter(
        region_id=region_id, checked_on__gte=clock.today() - checklist.FRESH
    ).select_related("organisation")
    found: dict[str, list[ContactPoint]] = {kind: [] for kind in ContactPoint.Kind.values}
    for row in rows:
        found[row.kind].append(row)
    return found


def regions() -> QuerySet[Region]:
    """All regions by name; public."""
    return Region.objects.order_by("name")


def regions_with_state() -> QuerySet[Any]:
    """All regions by name, and whether each `takes_part` now; public."""
    return regions().annotate(takes_part=_takes_part())


def region(slug: str) -> Any:
    """One region with its municipalities, and whether it `takes_part` now; public."""
    found = Region.objects.prefetch_related("municipalities").filter(slug=slug)
    return found.annotate(takes_part=_takes_part()).first()


def organisations_taking_part(region_id: uuid.UUID) -> QuerySet[Organisation]:
    """Service organisations of a region with at least one active professional; public."""
    return (
        Organisation.objects.filter(region_id=region_id, kind=Organisation.Kind.SERVICE)
        .annotate(people=Count("memberships", filter=active_memberships_q("memberships__")))
        .filter(people__gt=0)
        .order_by("name")
    )


def organisations(region_id: uuid.UUID) -> QuerySet[Organisation]:
    """Organisations of a region that a professional may ask to belong to."""
    return Organisation.objects.filter(
        region_id=region_id, kind=Organisation.Kind.SERVICE, closed_at__isnull=True
    ).order_by("name")


def region_to_manage(actor: Actor) -> Region:
    """The region of this coordinator.

    Raises:
        NotAllowed: the actor is no coordinator or deputy.
    """
    region_id = policy.region_of(actor)
    return Region.objects.get(id=region_id)


def professions() -> QuerySet[Profession]:
    """All professions, in the order of the chain; public."""
    return Profession.objects.order_by("nr")


def my_memberships(actor: Actor) -> list[Membership]:
    """The actor's own memberships that have not ended, newest first."""
    return list(_rows().filter(user_id=actor.id, ended_at__isnull=True).order_by("-requested_at"))


def my_membership(actor: Actor, membership_id: uuid.UUID) -> Membership | None:
    """One of the actor's own memberships that have not ended, or None."""
    return _rows().filter(id=membership_id, user_id=actor.id, ended_at__isnull=True).first()


def memberships_to_manage(actor: Actor) -> tuple[list[Membership], list[Membership]]:
    """Open requests and confirmed memberships in the coordinator's region.

    Raises:
        NotAllowed: the actor is no coordinator or deputy.
    """
    region_id = policy.region_of(actor)
    rows = list(
        _rows().filter(organisation__region_id=region_id, ended_at__isnull=True).order_by("requested_at")
    )
    return [r for r in rows if r.confirmed_at is None], [r for r in rows if r.confirmed_at is not None]


def membership_to_manage(actor: Actor, membership_id: uuid.UUID) -> Membership | None:
    """A membership in the region of this coordinator; None elsewhere, as if it were not there."""
    row = _rows().filter(id=membership_id, ended_at__isnull=True).first()
    return row if row is not None and policy.may_coordinate(actor, row.organisation.region_id) else None


def colleagues_to_confirm(actor: Actor) -> list[Membership] | None:
    """Requests at the organisation whose contact the actor is, in this role; None for who is no contact."""
    if actor.role.kind != "member":
        return None
    mine = Organisation.objects.filter(contact_id=actor.role.membership_id, closed_at__isnull=True)
    if not mine.exists():
        return None
    waiting = _rows().filter(organisation__in=mine, confirmed_at__isnull=True, ended_at__isnull=True)
    return list(waiting.order_by("requested_at"))


def declined(actor: Actor) -> list[Membership]:
    """The actor's own requests of the last month that were declined, with why; not those asked anew since."""
    since = clock.now() - dt.timedelta(days=31)
    again = Membership.objects.filter(
        user_id=OuterRef("user_id"),
        organisation_id=OuterRef("organisation_id"),
        requested_at__gt=OuterRef("declined_at"),
    )
    rows = _rows().filter(~Exists(again), user_id=actor.id, declined_at__gte=since)
    return list(rows.order_by("-declined_at"))


def staff_roles(user_id: uuid.UUID) -> QuerySet[StaffRole]:
    """Tasks this person has now."""
    return StaffRole.objects.filter(user_id=user_id, ended_at__isnull=True).select_related("region")


def _takes_part() -> Exists:
    return Exists(checklist.open_regions().filter(id=OuterRef("pk")))


def _rows() -> QuerySet[Membership]:
    return Membership.objects.select_related("organisation__region", "profession")


def as_reader(row: Membership) -> Reader:
    """Who a membership makes somebody, for rooms whose rows point at it. Asks not whether it is active."""
    return Reader(
        user_id=row.user_id,
        membership_id=row.id,
        name=row.name,
        profession=row.profession.name if row.profession else None,
        organisation=row.organisation.name,
        chain_link=row.organisation.chain_link,
        employer=row.organisation.kind == Organisation.Kind.EMPLOYER,
        decides_on_benefits=ChainLink.INCOME
        in {row.organisation.chain_link, row.profession.chain_link if row.profession else None},
        region_id=row.organisation.region_id,
        checked=row.organisation.checked_at is not None,
    )
