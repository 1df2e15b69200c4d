"""Rooms bring things to the rooms below them, each key once."""

from dataclasses import dataclass

import pytest

from mmm.foundation.doors import Registry


@dataclass(frozen=True)
class Brought:
    key: str


def registry() -> Registry[Brought]:
    return Registry(lambda item: item.key)


def test_rooms_come_in_the_order_in_which_they_brought_things() -> None:
    door = registry()
    for key in "cab":
        door.register(Brought(key))
    assert [item.key for item in door] == ["c", "a", "b"]
    assert len(door) == 3


def test_key_is_taken_once_but_the_same_thing_may_come_again() -> None:
    door, first = registry(), Brought("a")
    assert door.register(first) is door.register(first)
    with pytest.raises(ValueError, match="registered already"):
        door.register(Brought("a"))


def test_what_nobody_brought_is_none_or_an_error() -> None:
    assert registry().get("a") is None
    with pytest.raises(KeyError):
        registry()["a"]


def test_room_may_bring_something_while_the_door_is_read() -> None:
    door = registry()
    door.register(Brought("a"))
    for item in door:
        door.register(Brought(item.key + "a"))
    assert len(door) == 2
