"""Verbs of the card: keep what was chosen, forget it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from mmm.accounts.actors import Actor
from mmm.foundation import audit, crypto, ids
from mmm.foundation.policy import require
from mmm.stories import policy
from mmm.stories.models import CareCard


@transaction.atomic
def keep(
    actor: Actor, *, answers: Sequence[str], do: Sequence[str], not_needed: Sequence[str], who: str
) -> CareCard:
    """Keep what goes on the card, sealed. The answers themselves are not copied. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    # Two tabs at once: one makes the row, the other waits for it and changes it.
    start = CareCard(id=ids.new(), owner=actor.user, vault_id=actor.vault_id, version=0)
    CareCard.objects.bulk_create([start], ignore_conflicts=True)
    card = CareCard.objects.select_for_update().get(owner=actor.user)
    card.version += 1
    chosen = {"answers": list(answers), "do": list(do), "not_needed": list(not_needed), "who": who}
    crypto.seal_json(card, "choices", chosen, audit.own(actor.vault_id))
    card.save()
    return card


def forget(actor: Actor) -> None:
    """Forget what was chosen; the answers stay where they are. Twice changes nothing. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    erase(actor.id)


def erase(user_id: UUID) -> None:
    """Remove the card of a person who erases themselves. May be repeated."""
    CareCard.objects.filter(owner_id=user_id).delete()
