"""Verbs of the story: save an answer, choose between two texts."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mmm.accounts.actors import Actor
from mmm.consent import selectors as consent
from mmm.foundation import audit, clock, crypto
from mmm.foundation.policy import require
from mmm.stories import policy, selectors
from mmm.stories.models import Answer, Earlier, OtherText, Part, ReadersText

LONGEST = 20_000
# The history is one of sittings, not of keystrokes: what stood there is kept when this much time went by.
SITTING = dt.timedelta(minutes=10)
EARLIER_KEPT = 30


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer as it now stands; None when there was nothing and nothing was written.

    `kept_apart`: another device wrote too, and this text was put beside it.
    """

    answer: Answer | None
    kept_apart: bool = False


@transaction.atomic
def save_answer(
    actor: Actor,
    *,
    kind: str,
    question: str,
    content: dict[str, Any],
    version: int,
    page: UUID | None = None,
    turn: int = 0,
    by_itself: bool = False,
) -> Saved:
    """Save what the person wrote at one question; `version` is the one they started from (0 for none).

    When another device saved in the meantime, this text is kept beside that one (`kept_apart`), so that
    neither is lost; the same content twice is simply saved. `page` names the opened page and `turn` counts
    its saves: two saves of one page that overtake each other are no conflict, the later one holds.
    `by_itself`: the page saved, not a button. Then readers go on getting what the last button saved.
    `content` is `{"text": str}` or `{"choices": {condition key: level}}`. Raises `NotAllowed`.
    """
    require(policy.may_write(actor))
    receipt = audit.own(actor.vault_id)
    part = _part_to_write(actor, kind)
    answer = part.answers.filter(question=question).first()
    if answer is None:
        if not any(content.values()):
            return Saved(None)
        answer = Answer(part=part, vault_id=part.vault_id, question=question, version=0)
        _write(answer, content, receipt, page=page, turn=turn)
        if by_itself and consent.somebody_may_read(actor, part.id):
            _hold(answer, None, receipt)
        return Saved(answer)
    # An old page on which nothing was written has nothing to lose.
    stale_and_empty = answer.version != version and not any(content.values())
    before = selectors.content_of(answer, receipt)
    if stale_and_empty or before == content:
        if not by_itself and before == content:
            ReadersText.objects.filter(answer=answer).delete()
        return Saved(answer)
    same_page = page is not None and answer.page == page
    if same_page and turn < answer.turn:  # overtaken by newer words from this very page
        return Saved(answer)
    if same_page or answer.version == version:
        if not by_itself:
            ReadersText.objects.filter(answer=answer).delete()
        elif not hasattr(answer, "for_readers") and consent.somebody_may_read(actor, part.id):
            _hold(answer, before, receipt)
        return Saved(_write(answer, content, receipt, page=page, turn=turn))
    _keep_beside(answer, content, receipt)
    return Saved(answer, kept_apart=True)


@transaction.atomic
def settle(
    actor: Actor,
    *,
    kind: str,
    question: str,
    content: dict[str, Any],
    version: int,
    seen: Collection[UUID],
) -> Saved:
    """The person has seen the texts kept beside the answer (their ids in `seen`) and chose `content`.

    The seen texts, and what the answer held, go to the history. A text that another device put there since
    stays beside it, unseen and unharmed; so does this one when the answer itself moved on meanwhile.
    """
    require(policy.may_write(actor))
    receipt = audit.own(actor.vault_id)
    answer = _part_to_write(actor, kind).answers.filter(question=question).first()
    if answer and answer.version == version:
        _remember(answer, receipt)
    saved = save_answer(actor, kind=kind, question=question, content=content, version=version)
    if saved.answer and not saved.kept_apart:
        for other in saved.answer.others.filter(id__in=seen):
            _to_history(saved.answer, other, receipt)
            other.delete()
    return saved


@transaction.atomic
def put_back(actor: Actor, *, kind: str, question: str, earlier_id: UUID, version: int) -> Saved | None:
    """Put an earlier text back; what stood there goes to the history in its turn.

    None when there is no such earlier text of the actor's at this question. Raises `NotAllowed`.
    """
    require(policy.may_write(actor))
    earlier = Earlier.objects.filter(
        id=earlier_id, answer__part__owner=actor.user, answer__part__kind=kind, answer__question=question
    ).first()
    if earlier is None:
        return None
    receipt = audit.own(actor.vault_id)
    answer = _part_to_write(actor, kind).answers.get(question=question)
    if answer.version == version:
        _remember(answer, receipt)
    content = selectors.content_of(earlier, receipt)
    return save_answer(actor, kind=kind, question=question, content=content, version=version)


def throw_away(actor: Actor, *, kind: str, question: str, earlier_id: UUID) -> None:
    """Remove one earlier text of the actor's for good; twice changes nothing. Raises `NotAllowed`."""
    require(policy.may_write(actor))
    Earlier.objects.filter(
        id=earlier_id, answer__part__owner=actor.user, answer__part__kind=kind, answer__question=question
    ).delete()


def erase(user_id: UUID) -> None:
    """Remove every row of this person's story (their key is destroyed apart). May be repeated."""
    Part.objects.filter(owner_id=user_id).delete()


def _part_to_write(actor: Actor, kind: str) -> Part:
    """The person's part of this kind, locked until the transaction ends; made when it is not there yet."""
    for _attempt in range(2):
        part = Part.objects.select_for_update().filter(owner=actor.user, kind=kind).first()
        if part:
            return part
        try:
            with transaction.atomic():
                return Part.objects.create(
                    owner=actor.user, vault_id=actor.vault_id, kind=kind, updated_at=clock.now()
                )
        except IntegrityError:  # the same person began this part on another device a moment ago
            continue
    raise RuntimeError("part neither found nor made")


def _hold(answer: Answer, content: dict[str, Any] | None, receipt: crypto.Receipt) -> None:
    """Readers go on getting this (None: nothing of this answer) until its writer presses a button."""
    row = ReadersText(
        answer=answer, part_id=answer.part_id, vault_id=answer.vault_id, saved_at=answer.saved_at
    )
    if content is not None:
        crypto.seal_json(row, "content", content, receipt)
    row.save()


def _write(
    answer: Answer, content: dict[str, Any], receipt: crypto.Receipt, *, page: UUID | None, turn: int
) -> Answer:
    if answer.content and _ends_a_sitting(answer, content, receipt):
        _remember(answer, receipt)
    answer.version += 1
    answer.saved_at = clock.now()
    answer.page, answer.turn = page, turn
    answer.filled = any(content.values())
    crypto.seal_json(answer, "content", content, receipt)
    answer.save()
    Part.objects.filter(id=answer.part_id).update(updated_at=answer.saved_at)
    return answer


def _ends_a_sitting(answer: Answer, content: dict[str, Any], receipt: crypto.Receipt) -> bool:
    """Whether what stands there is worth keeping: a pause, a long sitting, or a save that takes much away."""
    if clock.now() - answer.saved_at >= SITTING:
        return True
    newest = answer.earlier.order_by("-saved_at").first()
    if newest and answer.saved_at - newest.saved_at >= SITTING:
        return True
    before = selectors.content_of(answer, receipt)
    return len(json.dumps(content)) * 2 < len(json.dumps(before))


def _remember(answer: Answer, receipt: crypto.Receipt) -> None:
    _to_history(answer, answer, receipt)


def _to_history(answer: Answer, row: Answer | OtherText, receipt: crypto.Receipt) -> None:
    earlier = Earlier(answer=answer, vault_id=answer.vault_id, saved_at=row.saved_at)
    crypto.seal_json(earlier, "content", selectors.content_of(row, receipt), receipt)
    earlier.save()
    oldest_first = answer.earlier.order_by("-saved_at", "id").values_list("id", flat=True)
    answer.earlier.filter(id__in=list(oldest_first[EARLIER_KEPT:])).delete()


def _keep_beside(answer: Answer, content: dict[str, Any], receipt: crypto.Receipt) -> None:
    for other in answer.others.all():
        if selectors.content_of(other, receipt) == content:
            return
    other = OtherText(answer=answer, vault_id=answer.vault_id, saved_at=clock.now())
    crypto.seal_json(other, "content", content, receipt)
    other.save()
