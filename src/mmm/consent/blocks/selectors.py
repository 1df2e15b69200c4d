"""Whom the actor blocked, and whom they could."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from mmm.accounts import blocks as persons
from mmm.accounts.actors import Actor
from mmm.consent import policy
from mmm.consent.models import Grant
from mmm.consent.selectors import NotThere
from mmm.foundation.policy import require
from mmm.region import blocks as organisations
from mmm.region import selectors as region
from mmm.region.selectors import Reader


@dataclass(frozen=True, slots=True)
class Blocks:
    """The actor's own blocks, and the readers they know who are not blocked."""

    persons: Sequence[persons.Blocked]
    organisations: Sequence[organisations.Blocked]
    readers: Sequence[Reader]


def blocks_of(actor: Actor) -> Blocks:
    """For the actor's own page. Raises `NotAllowed`."""
    people = persons.blocked_by(actor)
    places = organisations.blocked_by(actor)
    away = {each.person_id for each in people}
    gone = {each.organisation_id for each in places}
    known = region.readers(_memberships_known_to(actor))
    return Blocks(
        persons=people,
        organisations=places,
        readers=sorted(
            (
                each
                for each in known.values()
                if each.user_id not in away and each.organisation_id not in gone
            ),
            key=lambda each: each.line,
        ),
    )


def to_block(actor: Actor, membership_id: UUID) -> Reader:
    """A reader the actor can name: from the directory, or to whom they once opened something.

    Raises `NotAllowed`, and `NotThere` for anybody else, whether they are there or not.
    """
    require(policy.may_decide(actor))
    listed = region.reader_directory(membership_id=membership_id)
    found = listed[0] if listed else None
    if found is None and Grant.objects.filter(owner_id=actor.id, membership_id=membership_id).exists():
        found = region.readers([membership_id]).get(membership_id)
    if found is None or found.user_id == actor.id:
        raise NotThere
    return found


def _memberships_known_to(actor: Actor) -> list[UUID]:
    require(policy.may_decide(actor))
    found = Grant.objects.filter(owner_id=actor.id).order_by("membership_id")
    return list(found.values_list("membership_id", flat=True).distinct())
