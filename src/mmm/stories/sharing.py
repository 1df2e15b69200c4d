"""What the story lets its owner share, for the `shareable` door."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mmm.foundation import crypto
from mmm.foundation.doors import Shareable, SharedThing, Text
from mmm.stories import questions, selectors
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
