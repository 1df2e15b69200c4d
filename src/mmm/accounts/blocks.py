"""Blocking a person, at once and silently. Organisations are blocked in `region.blocks`.

Nothing is copied from a block: whoever shows, offers or opens something of a person asks here at that moment.
The other person is told nothing and sees nothing of it.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mmm.accounts import policy
from mmm.accounts.actors import Actor
from mmm.accounts.models import Block
from mmm.foundation import audit, crypto
from mmm.foundation.policy import require
from mmm.foundation.whether import Whether


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody whom the actor blocked, by the name under which the actor knew them."""

    person_id: uuid.UUID
    known_as: str
    since: dt.datetime


def block(actor: Actor, *, person_id: uuid.UUID, known_as: str) -> Block:
    """Block this person; twice changes nothing. The caller knows that the actor may name them.

    `known_as` is the name at work by which the actor knows them; it is sealed with the actor's own key.

    Raises:
        NotAllowed: not acting for oneself, or it is oneself.
    """
    require(policy.may_block(actor, person_id))
    made = Block(owner_id=actor.id, vault_id=actor.vault_id, blocked_id=person_id)
    crypto.seal(made, "known_as", known_as, audit.own(actor.vault_id))
    Block.objects.bulk_create([made], ignore_conflicts=True)
    return Block.objects.get(owner_id=actor.id, blocked_id=person_id)


def unblock(actor: Actor, *, person_id: uuid.UUID) -> None:
    """End a block; twice changes nothing. Raises `NotAllowed`."""
    require(policy.may_block(actor, None))
    Block.objects.filter(owner_id=actor.id, blocked_id=person_id).delete()


def blocked_by(actor: Actor) -> list[Blocked]:
    """The actor's own blocks, newest first. Raises `NotAllowed`."""
    require(policy.may_block(actor, None))
    return _opened(actor.id, audit.own(actor.vault_id))


def export(user_id: uuid.UUID, vault_id: uuid.UUID) -> list[str]:
    """Whom the person blocked, by the names they knew; for the person only."""
    return [each.known_as for each in _opened(user_id, audit.machine(vault_id, "accounts.export"))]


def _opened(owner_id: uuid.UUID, receipt: crypto.Receipt) -> list[Blocked]:
    rows = Block.objects.filter(owner_id=owner_id).order_by("-created_at", "id")
    return [
        Blocked(row.blocked_id, crypto.unseal(row.known_as, receipt), row.created_at)
        for row in rows
        if row.known_as
    ]


def is_blocked(owner_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Whether `owner_id` blocked this person: for who offers or sends something from one to the other."""
    return Block.objects.filter(owner_id=owner_id, blocked_id=person_id).exists()


def pairs(
    owner_ids: Collection[uuid.UUID], person_ids: Collection[uuid.UUID]
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Who of the first blocked whom of the second, as (owner, person). One query."""
    rows = Block.objects.filter(owner_id__in=owner_ids, blocked_id__in=person_ids)
    return set(rows.values_list("owner_id", "blocked_id"))


def person_blocked(owner: str, person: str) -> Whether:
    """Condition for queries of other rooms: who is at the path `owner` blocked who is at `person`."""
    return Whether(_blocks, owner, person)


def _blocks(owner: Any, person: Any) -> QuerySet[Block]:
    return Block.objects.filter(owner_id=owner, blocked_id=person)
