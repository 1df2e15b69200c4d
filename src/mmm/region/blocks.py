"""Blocking an organisation, at once and silently. Persons are blocked in `accounts.blocks`."""

import uuid
from dataclasses import dataclass

from django.db.models import UUIDField, Value

from mmm.accounts import policy
from mmm.accounts.actors import Actor
from mmm.foundation.policy import require
from mmm.region import standing
from mmm.region.models import Membership, OrganisationBlock


@dataclass(frozen=True, slots=True)
class Blocked:
    """An organisation that the actor blocked."""

    organisation_id: uuid.UUID
    name: str


def block(actor: Actor, *, organisation_id: uuid.UUID) -> OrganisationBlock:
    """Block everybody of this organisation, and of what belongs to it; twice changes nothing.

    The organisation and its people are told nothing. Raises `NotAllowed` when not acting for oneself.
    """
    require(policy.may_block(actor, None))
    return OrganisationBlock.objects.get_or_create(owner_id=actor.id, organisation_id=organisation_id)[0]


def works_where_blocked(owner_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Whether this person works at an organisation that `owner_id` blocked, whatever role they are in now."""
    work = Membership.objects.filter(user_id=user_id, ended_at=None)
    blocked = standing.organisation_blocked("owner")
    return work.annotate(owner=Value(owner_id, output_field=UUIDField())).filter(blocked).exists()


def unblock(actor: Actor, *, organisation_id: uuid.UUID) -> None:
    """End a block; twice changes nothing. Raises `NotAllowed`."""
    require(policy.may_block(actor, None))
    OrganisationBlock.objects.filter(owner_id=actor.id, organisation_id=organisation_id).delete()


def blocked_by(actor: Actor) -> list[Blocked]:
    """The actor's own blocks of organisations, newest first. Raises `NotAllowed`."""
    require(policy.may_block(actor, None))
    found = OrganisationBlock.objects.filter(owner_id=actor.id).order_by("-created_at", "id")
    return [Blocked(*row) for row in found.values_list("organisation_id", "organisation__name")]
