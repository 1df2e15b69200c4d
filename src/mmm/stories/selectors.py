"""Guarded reads of the story."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmm.accounts.actors import Actor
from mmm.consent import selectors as consent
from mmm.foundation import audit, crypto
from mmm.foundation.policy import require
from mmm.foundation.rows import one
from mmm.stories import policy, questions
from mmm.stories.models import Answer, Earlier, OtherText, Part, ReadersText

# The one source of what is public of the stories that people gave, for the rooms above.
from mmm.stories.offers.public import (
    PublicStory,
    count_published,
    published_offer,
    published_offers,
    was_published,
)

__all__ = [
    "History",
    "Line",
    "OpenedAnswer",
    "OpenedPart",
    "OwnAnswer",
    "OwnText",
    "PublicStory",
    "answer_for",
    "content_of",
    "count_published",
    "history_for",
    "opened",
    "opened_answer",
    "overview_for",
    "parts_with_text",
    "published_offer",
    "published_offers",
    "was_published",
    "whole_for",
]

STATES = {
    "new": gettext_lazy("Not begun yet"),
    "busy": gettext_lazy("Begun"),
    "done": gettext_lazy("Filled in"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One part in the overview; no text of the person in it."""

    text: questions.PartText
    answered: int
    updated_at: dt.datetime | None
    readers: Sequence[str]
    paused: bool = False  # nobody reads while their owner has a break

    @property
    def total(self) -> int:
        return len(self.text.questions)

    @property
    def state(self) -> str:
        """ "new", "busy" or "done"; nothing is compulsory, so there is no "unfinished"."""
        if not self.answered:
            return "new"
        return "done" if self.answered >= self.total else "busy"

    @property
    def state_text(self) -> str | Promise:
        return STATES[self.state]

    @property
    def private(self) -> bool:
        return self.paused or not self.readers

    @property
    def who(self) -> str:
        """Who can read this part now, in words."""
        if not self.readers:
            return _("Only me")
        if self.paused:
            return _("Only me, while I have a break")
        if len(self.readers) == 1:
            return _("Me and %(name)s") % {"name": self.readers[0]}
        return _("Me and %(count)s others") % {"count": len(self.readers)}

    @property
    def next_number(self) -> int:
        return min(self.answered + 1, self.total)


@dataclass(frozen=True, slots=True)
class OpenedAnswer:
    """One answer ready to be read by whoever holds the receipt."""

    question: questions.Question
    text: str = ""
    picked: Sequence[questions.Card] = ()
    needed: Sequence[str] = ()
    nice: Sequence[str] = ()
    with_help: bool = False


@dataclass(frozen=True, slots=True)
class OwnText:
    """One content of an answer, opened: `{"text": ...}` or `{"choices": {...}}`, and when it was saved."""

    saved_at: dt.datetime
    content: dict[str, Any]
    shown: OpenedAnswer
    id: UUID | None = None

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))

    @property
    def picked(self) -> list[str]:
        """Keys of the sentences that were chosen."""
        return list(self.content.get("picked", ()))

    @property
    def with_help(self) -> bool:
        return bool(self.content.get("with_help"))

    @property
    def choices(self) -> dict[str, str]:
        """Condition key -> level."""
        return dict(self.content.get("choices", {}))


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The person's own answer at one question; `others` were written elsewhere at the same moment."""

    version: int = 0
    current: OwnText | None = None
    others: Sequence[OwnText] = ()
    readers: Sequence[str] = ()  # names of who may read this part now
    held: bool = False  # readers do not get yet what stands here
    readers_have: dt.datetime | None = None  # from when what they get instead is; None for nothing

    @property
    def saved_at(self) -> dt.datetime | None:
        return self.current.saved_at if self.current else None

    @property
    def all(self) -> list[OwnText]:
        """The answer itself, if there is one, and what was written elsewhere at the same moment."""
        return [self.current, *self.others] if self.current else list(self.others)

    @property
    def seen(self) -> str:
        """The ids of the other texts, for the form that settles."""
        return ",".join(each.id.hex for each in self.others if each.id)

    @property
    def both(self) -> str:
        """All texts below each other, none lost."""
        return "\n\n".join(each.text for each in self.all if each.text)

    @property
    def all_picked(self) -> list[str]:
        """Every sentence that was chosen anywhere, once."""
        return list(dict.fromkeys(key for each in self.all for key in each.picked))


def overview_for(actor: Actor) -> list[Line]:
    """The parts of the actor's own story with how far each is. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    found = {
        part.kind: part
        for part in Part.objects.filter(owner=actor.user).annotate(
            answered=Count("answers", filter=Q(answers__filled=True))
        )
    }
    names = consent.readers_by_thing(actor)
    lines = []
    for text in questions.parts():
        part = found.get(text.kind)
        lines.append(
            Line(
                text=text,
                answered=part.answered if part else 0,
                updated_at=part.updated_at if part else None,
                readers=names.get(part.id, ()) if part else (),
                paused=actor.user.paused_at is not None,
            )
        )
    return lines


def answer_for(actor: Actor, *, kind: str, question: str) -> OwnAnswer:
    """The actor's own answer, opened; an empty one (version 0) when nothing was saved yet."""
    require(policy.may_write(actor))
    answer = one(
        Answer.objects.filter(part__owner=actor.user, part__kind=kind, question=question)
        .prefetch_related("others")
        .select_related("for_readers")
    )
    readers = consent.reader_names(actor, questions.shared_kind(kind))
    if answer is None:
        return OwnAnswer(readers=readers)
    receipt = audit.own(actor.vault_id)
    rows: list[Answer | OtherText] = [answer, *answer.others.all()]
    asked = questions.part(kind).by_key(question)
    current, *others = (_own_text(row, asked, receipt) for row in rows)
    held = getattr(answer, "for_readers", None)
    return OwnAnswer(
        version=answer.version,
        current=current,
        others=others,
        readers=readers,
        held=held is not None,
        readers_have=held.saved_at if held is not None and held.content else None,
    )


@dataclass(frozen=True, slots=True)
class History:
    """What stood at a question before, newest first, and the version that stands there now (0 for none)."""

    version: int = 0
    texts: Sequence[OwnText] = ()


def history_for(actor: Actor, *, kind: str, question: str) -> History:
    """The history of one of the actor's own answers. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    newest_first = Prefetch("earlier", Earlier.objects.order_by("-saved_at", "id"))
    answer = (
        Answer.objects.filter(part__owner=actor.user, part__kind=kind, question=question)
        .prefetch_related(newest_first)
        .first()
    )
    if answer is None:
        return History()
    receipt = audit.own(actor.vault_id)
    asked = questions.part(kind).by_key(question)
    texts = [_own_text(row, asked, receipt) for row in answer.earlier.all()]
    return History(version=answer.version, texts=texts)


def _own_text(
    row: Answer | Earlier | OtherText, asked: questions.Question, receipt: crypto.Receipt
) -> OwnText:
    content = content_of(row, receipt)
    return OwnText(row.saved_at, content, _opened_answer(asked, content), row.id)


def content_of(
    row: Answer | Earlier | OtherText | ReadersText | None, receipt: crypto.Receipt
) -> dict[str, Any]:
    """What a row holds, opened; empty without a row. The receipt is the guard."""
    content: dict[str, Any] = crypto.unseal_json(row.content, receipt) if row and row.content else {}
    return content


def parts_with_text(owner_id: UUID) -> list[Part]:
    """The parts of this person in which something was saved, in the order of the story."""
    order = [text.kind for text in questions.parts()]
    parts = Part.objects.filter(owner_id=owner_id, answers__filled=True).distinct()
    return sorted(parts, key=lambda part: order.index(part.kind))


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """One part of the story, opened, with its answers in the order of the questions."""

    id: UUID
    text: questions.PartText
    updated_at: dt.datetime
    answers: Sequence[OpenedAnswer]


def opened(
    part_ids: Sequence[UUID], receipt: crypto.Receipt, *, with_unsaved: bool = False
) -> list[OpenedPart]:
    """The parts as a reader gets them; one query, whatever their number. The receipt is the guard.

    `with_unsaved`: also what the page saved while the person was typing, for the person alone.
    """
    order = [text.kind for text in questions.parts()]
    found: dict[Part, list[Answer]] = {}
    for answer in Answer.objects.filter(part_id__in=part_ids).select_related("part", "for_readers"):
        found.setdefault(answer.part, []).append(answer)
    parts = sorted(found, key=lambda part: order.index(part.kind))
    return [_open(part, found[part], receipt, with_unsaved=with_unsaved) for part in parts]


def whole_for(actor: Actor) -> list[OpenedPart]:
    """The actor's own story as far as it is written. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    parts = parts_with_text(actor.id)
    return opened([part.id for part in parts], audit.own(actor.vault_id), with_unsaved=True)


def _open(
    part: Part, its_answers: Sequence[Answer], receipt: crypto.Receipt, *, with_unsaved: bool
) -> OpenedPart:
    text = questions.part(part.kind)
    answers = {
        answer.question: answer if with_unsaved else getattr(answer, "for_readers", answer)
        for answer in its_answers
    }
    shown = [
        _opened_answer(question, content)
        for question in text.questions
        if (content := content_of(answers.get(question.key), receipt))
    ]
    return OpenedPart(id=part.id, text=text, updated_at=part.updated_at, answers=shown)


def opened_answer(question: questions.Question, row: Answer, receipt: crypto.Receipt) -> OpenedAnswer:
    """One answer, opened. The receipt is the guard."""
    return _opened_answer(question, content_of(row, receipt))


def _opened_answer(question: questions.Question, content: dict[str, Any]) -> OpenedAnswer:
    choices = content.get("choices", {})
    return OpenedAnswer(
        question,
        text=content.get("text", "").strip(),
        picked=[card for card in question.cards if card.key in content.get("picked", ())],
        needed=_labels(choices, "needed") if choices else (),
        nice=_labels(choices, "nice") if choices else (),
        with_help=bool(content.get("with_help")),
    )


def _labels(choices: dict[str, str], level: str) -> list[str]:
    return [each.label for each in questions.conditions() if choices.get(each.key) == level]
