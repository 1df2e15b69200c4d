"""Somebody goes out of sight or comes back: rooms above hear of it in the same transaction."""

from uuid import UUID

from mmm.foundation import doors


def changed(user_id: UUID) -> None:
    """Tell the rooms. Call it in the transaction that did it, after the row was changed."""
    for room in doors.presence:
        room.changed(user_id)
