"""Guarded reads of what a reader answered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from mmm.accounts.actors import Actor
from mmm.book.answers import policy
from mmm.book.answers.models import ExerciseAnswer
from mmm.foundation import audit, crypto
from mmm.foundation.policy import require


@dataclass(frozen=True, slots=True)
class Own:
    """One answer, opened. `content` is as `services.keep` takes it."""

    id: UUID
    chapter: str
    exercise: UUID
    version: int
    saved_at: dt.datetime
    kind: str
    title: str
    content: Mapping[str, Any]
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What was written."""
        return str(self.content.get("text", ""))

    @property
    def chosen(self) -> list[str]:
        """The words of what was chosen."""
        return [self.options[key] for key in self.content.get("chosen", ()) if key in self.options]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was asked and what was filled in, line by line."""
        lines = self.content.get("lines", {})
        return [(words, lines[key]) for key, words in self.options.items() if lines.get(key)]


def of_chapter(actor: Actor, chapter: str) -> dict[UUID, Own]:
    """The actor's own answers in this chapter, by exercise. One query. Raises `NotAllowed`."""
    require(policy.may_answer(actor))
    rows = ExerciseAnswer.objects.filter(owner=actor.user, chapter=chapter)
    return {each.exercise: each for each in opened(rows, audit.own(actor.vault_id))}


def all_of(actor: Actor) -> list[Own]:
    """All own answers, the oldest first. One query. Raises `NotAllowed`."""
    require(policy.may_answer(actor))
    rows = ExerciseAnswer.objects.filter(owner=actor.user).order_by("saved_at", "id")
    return opened(rows, audit.own(actor.vault_id))


def opened(rows: Iterable[ExerciseAnswer], receipt: crypto.Receipt) -> list[Own]:
    """These rows, opened; the receipt is the guard."""
    return [_own(row, crypto.unseal_json(row.content, receipt)) for row in rows if row.content]


def _own(row: ExerciseAnswer, content: dict[str, Any]) -> Own:
    asked = content["asked"]
    return Own(
        id=row.id,
        chapter=row.chapter,
        exercise=row.exercise,
        version=row.version,
        saved_at=row.saved_at,
        kind=asked["kind"],
        title=asked["title"],
        options=asked["options"],
        content=content["answer"],
    )
