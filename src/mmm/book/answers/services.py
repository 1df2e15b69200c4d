"""Verbs: keep an answer, throw it away."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from mmm.accounts.actors import Actor
from mmm.book.answers import policy
from mmm.book.answers.models import ExerciseAnswer
from mmm.book.answers.questions import Exercise
from mmm.foundation import audit, clock, crypto, ids
from mmm.foundation.policy import require

LONGEST = 5_000  # characters of a text
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """How it went. `elsewhere`: what another device saved meanwhile; then nothing was changed.

    `version`: what the answer now has; a page that goes on from here sends it along.
    """

    version: int
    elsewhere: dict[str, Any] | None = None


@transaction.atomic
def keep(actor: Actor, *, chapter: str, exercise: Exercise, content: dict[str, Any], version: int) -> Kept:
    """Keep what somebody answers, sealed, with the question; `version`: from where they started (0: none).

    `content` is `{"text": str}`, `{"chosen": [option keys]}` or `{"lines": {option key: str}}`; an empty one
    takes the answer away. Raises `NotAllowed`.
    """
    require(policy.may_answer(actor))
    receipt = audit.own(actor.vault_id)
    empty = not any(content.values())
    if not empty:  # two devices at once: one makes the row, the other waits for it
        start = ExerciseAnswer(
            id=ids.new(),
            owner=actor.user,
            vault_id=actor.vault_id,
            chapter=chapter,
            exercise=exercise.id,
            version=0,
            saved_at=clock.now(),
        )
        ExerciseAnswer.objects.bulk_create([start], ignore_conflicts=True)
    row = ExerciseAnswer.objects.select_for_update().filter(owner=actor.user, exercise=exercise.id).first()
    if row is None:
        return Kept(0)
    if row.content:
        before = crypto.unseal_json(row.content, receipt)["answer"]
        if before == content:
            return Kept(row.version)
        if row.version != version:
            # An old page on which nothing was written has nothing to lose.
            return Kept(row.version, None if empty else before)
    if empty:
        row.delete()
        return Kept(0)
    row.version += 1
    row.saved_at = clock.now()
    asked = {
        "kind": exercise.kind,
        "title": exercise.title,
        "options": {each.key: each.words for each in exercise.options},
    }
    crypto.seal_json(row, "content", {"asked": asked, "answer": content}, receipt)
    row.save()
    return Kept(row.version)


def throw_away(actor: Actor, *, answer_id: UUID) -> None:
    """Throw one answer of one's own away; twice changes nothing. Raises `NotAllowed`."""
    require(policy.may_answer(actor))
    ExerciseAnswer.objects.filter(owner=actor.user, id=answer_id).delete()


def erase(user_id: UUID) -> None:
    """Remove what a person who erases themselves answered. May be repeated."""
    ExerciseAnswer.objects.filter(owner_id=user_id).delete()
