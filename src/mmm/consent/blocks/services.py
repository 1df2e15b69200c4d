"""Verbs of blocking. What a block does is computed at every read (`consent.conditions`)."""

from uuid import UUID

from django.db import transaction

from mmm.accounts import blocks as persons
from mmm.accounts.actors import Actor
from mmm.consent import selectors
from mmm.consent.blocks.selectors import to_block
from mmm.foundation import clock
from mmm.region import blocks as organisations
from mmm.region.selectors import Reader


@transaction.atomic
def block(actor: Actor, *, membership_id: UUID, organisation: bool = False) -> Reader:
    """Block the person with this membership, or everybody of their `organisation`; returns whom.

    Raises `NotAllowed`, and `NotThere` for somebody of whom the actor knows nothing.
    """
    reader = to_block(actor, membership_id)
    if organisation:
        organisations.block(actor, organisation_id=reader.organisation_id)
    else:
        persons.block(actor, person_id=reader.user_id, known_as=reader.line)
    return reader


@transaction.atomic
def unblock_person(actor: Actor, *, person_id: UUID) -> None:
    """End a block. What was closed by it stays closed: the actor shares anew. Raises `NotAllowed`."""
    _take_back_what_is_blocked(actor)
    persons.unblock(actor, person_id=person_id)


@transaction.atomic
def unblock_organisation(actor: Actor, *, organisation_id: UUID) -> None:
    """End a block. What was closed by it stays closed: the actor shares anew. Raises `NotAllowed`."""
    _take_back_what_is_blocked(actor)
    organisations.unblock(actor, organisation_id=organisation_id)


def _take_back_what_is_blocked(actor: Actor) -> None:
    selectors.blocked_grants(actor).update(revoked_at=clock.now())
