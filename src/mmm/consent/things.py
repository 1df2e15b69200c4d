"""What can be shared, whichever room it is in: asked of the `shareable` door."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.safestring import SafeString

from mmm.foundation import crypto, doors
from mmm.foundation.doors import SharedThing


def of(owner_id: UUID) -> list[SharedThing]:
    """Everything this person has that can be shared now."""
    return [thing for door in doors.shareable for thing in door.find(owner_id)]


def titles() -> dict[str, str]:
    """What each kind of thing is called in the active language, in the order in which people see them."""
    return {kind: str(title) for door in doors.shareable for kind, title in door.titles().items()}


def render(ids: Sequence[UUID], receipt: crypto.Receipt) -> dict[UUID, SafeString]:
    """The things as a reader gets them: a piece of HTML for each, in the order of their room."""
    pieces: dict[UUID, SafeString] = {}
    for door in doors.shareable:
        pieces |= door.render(ids, receipt)
    return pieces
