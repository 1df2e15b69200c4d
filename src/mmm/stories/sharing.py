"""What the story lets its owner share, for the `shareable` and `personal_data` doors."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mmm.foundation import audit, crypto
from mmm.foundation.doors import PersonalData, Shareable, SharedThing, Text
from mmm.stories import questions, selectors, services
from mmm.stories.models import Part


def titles() -> Mapping[str, Text]:
    """What the kinds are called, in the active language."""
    return {questions.shared_kind(text.kind): text.title for text in questions.parts()}


def find(owner_id: UUID) -> list[SharedThing]:
    """The parts in which this person wrote something."""
    return [_thing(part) for part in selectors.parts_with_text(owner_id)]


def render(ids: Sequence[UUID], receipt: crypto.Receipt) -> dict[UUID, SafeString]:
    """The parts as a reader gets them and as the owner sees them beforehand."""
    return {
        part.id: render_to_string("stories/part.html", {"part": part})
        for part in selectors.opened(ids, receipt)
    }


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """Everything the person wrote, by part and question; for the person only."""
    receipt = audit.machine(vault_id, "stories.export")
    parts = selectors.opened([part.id for part in selectors.parts_with_text(user_id)], receipt)
    return {
        part.text.title: {
            answer.question.title: answer.text or {"needed": list(answer.needed), "nice": list(answer.nice)}
            for answer in part.answers
        }
        for part in parts
    }


def _thing(part: Part) -> SharedThing:
    text = questions.part(part.kind)
    return SharedThing(
        id=part.id,
        kind=questions.shared_kind(part.kind),
        title=text.title,
        data_class=text.data_class,
        owner_id=part.owner_id,
    )


SHAREABLE = Shareable(room="stories", titles=titles, find=find, render=render)
PERSONAL_DATA = PersonalData(
    room="stories",
    owner_models=("stories.Part", "stories.Answer", "stories.Earlier", "stories.OtherText"),
    export=export,
    erase=lambda user_id, vault_id: services.erase(user_id),
)
