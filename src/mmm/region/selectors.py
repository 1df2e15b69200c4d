"""Guarded reads of regions, memberships and the directory.

The directory lists professionals who chose to be found. There is no way here to find or list workers.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, UUIDField, Value, When
from django.utils.translation import gettext_lazy as _

from mmm.accounts import blocks
from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import ALLOWED, Decision, Denied
from mmm.foundation.rows import one
from mmm.region import checklist, policy, standing
from mmm.region.models import (
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
    organisation_id: uuid.UUID
    chain_link: str
    employer: bool  # the organisation is one, or the person has an employer role there: P2 at most
    decides_on_benefits: bool  # by profession, organisation or another work; house rule 14 tells these apart
    region_id: uuid.UUID
    checked: bool  # a coordinator looked whether the organisation is what it says it is
    ended: bool  # does not work there any more
    line: str  # "Marieke de Wit, jobcoach, Werkpunt Leiden": name, profession if any, organisation


# An ervaringsdeskundige is called so only after their own choice, and found by that word (house rule 12).
QUIET_PEER: Final = Q(profession__nr=Profession.PEER_EXPERT, listed_as_peer=False)


def active_memberships_q(prefix: str = "") -> Q:
    """Condition for memberships that are active now: confirmed, secrecy accepted, not ended, person active,
    organisation not closed.

    `prefix` is the path to the membership from the queried model, e.g. "membership__".
    """
    return Q(
        **{
            f"{prefix}confirmed_at__isnull": False,
            f"{prefix}secrecy_at__isnull": False,
            f"{prefix}ended_at__isnull": True,
            f"{prefix}organisation__closed_at__isnull": True,
            f"{prefix}user__is_active": True,
        }
    )


def reader_directory(
    *,
    region_id: uuid.UUID | None = None,
    query: str = "",
    limit: int = 50,
    owner_id: uuid.UUID | None = None,
    membership_id: uuid.UUID | None = None,
) -> list[Reader]:
    """Professionals who may be found, by name, profession or organisation; at most `limit`, by name.

    Only active memberships of service organisations, in regions that are open, whose person chose to be
    listed. Never workers or employers. `query` is split in words that must all be found in the line. For a
    person (`owner_id`) without whom they blocked; `membership_id` asks for one of them.
    """
    found = _readers().filter(
        active_memberships_q(),
        checklist.takes_new("organisation__region_id"),
        listed=True,
        hidden=None,
        organisation__kind=Organisation.Kind.SERVICE,
    )
    if owner_id is not None:
        found = _not_blocked(found, owner_id)
    if membership_id is not None:
        found = found.filter(id=membership_id)
    if region_id is not None:
        found = found.filter(organisation__region_id=region_id)
    for word in query.split()[:5]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(organisation__name__icontains=word)
            | ~QUIET_PEER & (Q(profession__name_nl__icontains=word) | Q(profession__name_en__icontains=word))
        )
    return [_as_reader(row) for row in found.order_by("name", "id")[:limit]]


def listed_membership(membership_id: uuid.UUID) -> Membership | None:
    """A membership whose name stands in the list of professionals now; None for any other."""
    found = _rows().filter(active_memberships_q(), id=membership_id, listed=True, hidden=None)
    return found.filter(organisation__kind=Organisation.Kind.SERVICE).first()


def active_membership(membership_id: uuid.UUID, user_id: uuid.UUID) -> Reader | None:
    """The reader with this membership, listed or not; None unless it is this person's and active now."""
    row = _readers().filter(active_memberships_q(), id=membership_id, user_id=user_id).first()
    return _as_reader(row) if row else None


def active_reader(membership_id: uuid.UUID, *, owner_id: uuid.UUID) -> Reader | None:
    """The same for somebody who chose this reader; None also when they blocked them since."""
    row = _not_blocked(_readers().filter(active_memberships_q(), id=membership_id), owner_id).first()
    return _as_reader(row) if row else None


def may_take_new(reader: Reader) -> Decision:
    """Whether the region of this reader takes new shares now. One question.

    What was shared before stays readable when a region closes: a person decided that, and no list of a region
    takes a decision of a person away. Only new shares stop, because nobody may be there to help with them.
    """
    if Region.objects.filter(checklist.takes_new(), id=reader.region_id).exists():
        return ALLOWED
    return Denied(
        _("This region is not open at the moment. You cannot share anything new there. Your text stays here.")
    )


def readers(membership_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Reader]:
    """Name lines by membership, active or ended: for the worker's own lists of who could read what."""
    return {row.id: _as_reader(row) for row in _readers().filter(id__in=membership_ids)}


def contact_points(region_id: uuid.UUID) -> dict[str, list[ContactPoint]]:
    """By kind: what the region shows everybody, as far as somebody looked at it in the last year; public.

    A crisis line stays, however long ago that was (house rule 13): an old one is better than none. The
    coordinator reads that it waits (`contacts.nearly_old`), and the national lines stand on every page.
    """
    shown = Q(checked_on__gte=clock.today() - checklist.FRESH) | Q(kind=ContactPoint.Kind.CRISIS)
    rows = ContactPoint.objects.filter(shown, region_id=region_id).select_related("organisation")
    found: dict[str, list[ContactPoint]] = {kind: [] for kind in ContactPoint.Kind.values}
    for row in rows:
        found[row.kind].append(row)
    return found


def region_of(membership_id: uuid.UUID) -> uuid.UUID | None:
    """The region of the organisation of this membership, active or ended; None when it is gone."""
    found = Membership.objects.filter(id=membership_id).values_list("organisation__region_id", flat=True)
    return found.first()


def user_of(membership_id: uuid.UUID) -> uuid.UUID | None:
    """Whose membership this is, active or ended; None when it is gone."""
    return Membership.objects.filter(id=membership_id).values_list("user_id", flat=True).first()


def regions() -> QuerySet[Region]:
    """All regions by name; public."""
    return Region.objects.order_by("name")


def regions_with_state() -> QuerySet[Any]:
    """All regions by name, and whether each `takes_part` now; public."""
    return regions().annotate(takes_part=checklist.takes_new())


def region(slug: str) -> Any:
    """One region with its municipalities, and whether it `takes_part` now; public."""
    found = Region.objects.prefetch_related("municipalities").filter(slug=slug)
    return one(found.annotate(takes_part=checklist.takes_new()))


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


def open_regions_with(role: str) -> QuerySet[Region]:
    """Regions that are open and in which somebody has this task now, by name."""
    has = StaffRole.objects.filter(
        region_id=OuterRef("pk"), role=role, ended_at__isnull=True, user__is_active=True
    )
    return Region.objects.filter(checklist.takes_new(), Exists(has)).order_by("name")


def staff_of(region_id: uuid.UUID, *roles: str) -> list[uuid.UUID]:
    """Who has one of these tasks for a region now: for notices."""
    rows = StaffRole.objects.filter(region_id=region_id, role__in=roles, ended_at=None, user__is_active=True)
    return list(rows.values_list("user_id", flat=True).distinct())


def with_task(role: str) -> set[uuid.UUID]:
    """Ids of the users who have this task for a region now. One query."""
    return set(StaffRole.objects.filter(role=role, ended_at__isnull=True).values_list("user_id", flat=True))


def _rows() -> QuerySet[Membership]:
    return Membership.objects.select_related("organisation__region", "profession")


_OF_READERS: Final = (
    "user_id",
    "name",
    "listed_as_peer",
    "confirmed_at",
    "ended_at",
    "organisation__name",
    "organisation__chain_link",
    "organisation__kind",
    "organisation__region_id",
    "organisation__checked_at",
    "profession__nr",
    "profession__name_nl",
    "profession__name_en",
)


@cache
def _readers() -> QuerySet[Membership]:
    # Never asked itself: what is the same at every read is put together once.
    rows = Membership.objects.select_related("organisation", "profession").only(*_OF_READERS)
    return rows.annotate(
        benefits=Case(When(standing.decides_on_benefits_q(), then=True), default=False),
        employer=Case(When(standing.employer_there(), then=True), default=False),
    )


def _not_blocked(found: QuerySet[Membership], owner_id: uuid.UUID) -> QuerySet[Membership]:
    """Without the people and organisations that this person blocked."""
    blocked = Q(blocks.person_blocked("for_whom", "user_id")) | Q(standing.organisation_blocked("for_whom"))
    return found.annotate(for_whom=Value(owner_id, output_field=UUIDField())).exclude(blocked)


def _as_reader(row: Any) -> Reader:
    """Of a row of `_readers`. Asks not whether it is active."""
    quiet = row.profession and row.profession.nr == Profession.PEER_EXPERT and not row.listed_as_peer
    profession = row.profession.name if row.profession and not quiet else None
    return Reader(
        user_id=row.user_id,
        membership_id=row.id,
        name=row.name,
        profession=profession,
        organisation=row.organisation.name,
        organisation_id=row.organisation_id,
        chain_link=row.organisation.chain_link,
        employer=row.organisation.kind == Organisation.Kind.EMPLOYER or row.employer,
        decides_on_benefits=row.benefits,
        region_id=row.organisation.region_id,
        checked=row.organisation.checked_at is not None,
        ended=row.ended_at is not None or row.confirmed_at is None,
        line=", ".join(filter(None, (row.name, profession, row.organisation.name))),
    )
