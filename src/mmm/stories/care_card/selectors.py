"""Guarded reads of the card: the person's own, and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mmm.accounts.actors import Actor
from mmm.foundation import audit, crypto
from mmm.foundation.dataclass import P2
from mmm.foundation.policy import require
from mmm.stories import policy, questions
from mmm.stories.care_card.content import sentences
from mmm.stories.models import Answer, CareCard
from mmm.stories.selectors import OpenedAnswer, opened_answer

# Which parts stand under which heading of the card.
SEEK, NEED = ("dreams", "qualities"), ("needs", "limits")


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can go on the card."""

    key: str  # "dreams.work"
    part: str
    question: str


@dataclass(frozen=True, slots=True)
class Card:
    """What was chosen, and the card that it makes. `kept` is false before the first time."""

    kept: bool
    chosen: Mapping[str, Any]
    choices: Sequence[Choice]
    seek: Sequence[OpenedAnswer]
    need: Sequence[OpenedAnswer]

    @property
    def do(self) -> list[str]:
        """What you can do, in sentences."""
        return [text for key, text in sentences("do").items() if key in self.chosen.get("do", ())]

    @property
    def not_needed(self) -> list[str]:
        """What you need not do."""
        picked = self.chosen.get("not_needed", ())
        return [text for key, text in sentences("not_needed").items() if key in picked]

    @property
    def who(self) -> str:
        """Whom the person wants to be there."""
        return str(self.chosen.get("who", ""))


def card_for(actor: Actor) -> Card:
    """The actor's own card. Before the first time all that may go on it is chosen. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    receipt = audit.own(actor.vault_id)
    row = CareCard.objects.filter(owner=actor.user).first()
    found = _answers(actor)
    chosen: dict[str, Any] = {"answers": list(found)}
    if row and row.choices:
        chosen = crypto.unseal_json(row.choices, receipt)
    on_it = [key for key in found if key in chosen.get("answers", ())]
    return Card(
        kept=row is not None,
        chosen=chosen,
        choices=[Choice(key, part.title, question.title) for key, (part, question, _row) in found.items()],
        seek=_opened(found, on_it, SEEK, receipt),
        need=_opened(found, on_it, NEED, receipt),
    )


Found = dict[str, tuple[questions.PartText, questions.Question, Answer]]


def _answers(actor: Actor) -> Found:
    """Every answer that is filled in and may go on the card (P2 only), in the order of the story."""
    rows = Answer.objects.filter(part__owner=actor.user, part__kind__in=SEEK + NEED, filled=True)
    by_key = {f"{row.part.kind}.{row.question}": row for row in rows.select_related("part")}
    return {
        key: (part, question, by_key[key])
        for part in questions.parts()
        if part.data_class is P2
        for question in part.questions
        if (key := f"{part.kind}.{question.key}") in by_key
    }


def _opened(
    found: Found, keys: Sequence[str], kinds: Sequence[str], receipt: crypto.Receipt
) -> list[OpenedAnswer]:
    rows = [found[key] for key in keys if found[key][0].kind in kinds]
    return [opened_answer(question, row, receipt) for _part, question, row in rows]
