"""What can be shared, whichever room it is in: asked of the `shareable` door."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.safestring import SafeString

from mmm.foundation import crypto, doors
from mmm.foundation.doors import SharedThing


def of(owner_id: UUID) -> list[SharedThing]:
    """Everything this person has that can be shared now."""
    return [thing for door in doors.shareable for thing in door.find(owner_id)]


def with_ids(ids: Sequence[UUID]) -> list[SharedThing]:
    """The things with these ids, as far as they still are there."""
    return [thing for door in doors.shareable for thing in door.by_id(ids)]


def title(kind: str) -> str:
    """What a kind is called in the active language; the kind itself when no room knows it any more."""
    for door in doors.shareable:
        if found := door.titles().get(kind):
            return str(found)
    return kind


def render(things: Sequence[SharedThing], receipt: crypto.Receipt) -> list[SafeString]:
    """The things as a reader gets them: a piece of HTML for each, in the same order."""
    pieces: dict[UUID, SafeString] = {}
    for door in doors.shareable:
        pieces |= door.render([thing.id for thing in things], receipt)
    return [pieces[thing.id] for thing in things]
