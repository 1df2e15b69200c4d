"""Doors upward: rooms fill these in `AppConfig.ready()`, so that lower rooms can use them unseen.

`accounts` exports and erases every room, and `consent` shows whatever can be shared, without importing them.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from mmm.foundation.dataclass import DataClass
from mmm.foundation.policy import Decision
from mmm.foundation.retention import RetentionRule

T = TypeVar("T")
Text = str | Promise


class Registry(Generic[T]):
    """What rooms brought, in the order in which they brought it; each key once."""

    def __init__(self, key: Callable[[T], str]):
        self._key = key
        self._items: dict[str, T] = {}

    def register(self, item: T) -> T:
        """Add an item. Raises ValueError when its key is taken by another one."""
        if self._items.setdefault(self._key(item), item) is not item:
            raise ValueError(f"{self._key(item)!r} is registered already.")
        return item

    def get(self, key: str) -> T | None:
        """The item with this key, or None."""
        return self._items.get(key)

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self._items.values()))

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a room holds about a person: needed to hand it over and to erase it.

    `owner_models` are labels such as "stories.Part"; `export` returns what JSON can hold, readable for the
    person; `erase` removes the rows and can be repeated (the vault's key is gone by then).
    Both get the user's id and the vault's id. `title` and `words` (key -> what a person calls it) turn the
    export into a page to read; the shape of the export stands in `accounts/takeaway/schema.json`.
    `corrections` (words, name of a view): where the person puts right what is kept (GDPR article 16).
    """

    room: str
    owner_models: Sequence[str]
    export: Callable[[UUID, UUID], Mapping[str, Any]]
    erase: Callable[[UUID, UUID], None]
    retention: Sequence[RetentionRule] = ()
    title: Text = ""
    words: Mapping[str, Text] = field(default_factory=dict)
    corrections: Sequence[tuple[Text, str]] = ()


@dataclass(frozen=True, slots=True)
class SharedThing:
    """One thing of a person that can be shared, with something in it."""

    id: UUID
    kind: str
    title: Text
    data_class: DataClass
    owner_id: UUID


@dataclass(frozen=True, slots=True)
class Shareable:
    """What a room lets people share.

    `titles` names its kinds ("stories.dreams" -> "My dreams"); `find(owner's user id)` lists what that person
    has now; `render(ids, receipt)` is the HTML that the reader gets, and
    that the owner sees beforehand, by the thing's id. `receipt` is a `crypto.Receipt`.
    """

    room: str
    titles: Callable[[], Mapping[str, Text]]
    find: Callable[[UUID], Sequence[SharedThing]]
    render: Callable[[Sequence[UUID], Any], Mapping[UUID, SafeString]]


class RoleProvider(Protocol):
    """Brings the roles a user may take on (`accounts.actors.Role`)."""

    def roles_of(self, user_id: UUID) -> Sequence[Any]:
        """All roles that hold now."""

    def resolve(self, user_id: UUID, key: str) -> Any | None:
        """The role with this key if it still holds, else None. Asked at each request."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the menu: the view's name, its text, for which kinds of role, and where in the order."""

    view: str
    label: Text
    kinds: frozenset[str]
    order: int


@dataclass(frozen=True, slots=True)
class Slot:
    """What `room` puts at the named `place` of a page of a lower room. `render` may return "" for nothing."""

    place: str
    room: str
    render: Callable[[HttpRequest], SafeString | str]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A veto: `may_leave(user id)` is Denied with a reason while something must be handed on first."""

    room: str
    may_leave: Callable[[UUID], Decision]


@dataclass(frozen=True, slots=True)
class WorkEnds:
    """`tell(membership ids)` is called in the transaction in which this work ends, just before it does."""

    room: str
    tell: Callable[[Sequence[UUID]], None]


@dataclass(frozen=True, slots=True)
class Presence:
    """`changed(user id)` is called in the transaction in which somebody goes out of sight or comes back.

    A break, a farewell, a report of death, an erasure; just after it, with the row as it is then.
    """

    room: str
    changed: Callable[[UUID], None]


@dataclass(frozen=True, slots=True)
class RegionTies:
    """`regions_of(user id)`: the regions somebody has something to do with, as far as this room knows."""

    room: str
    regions_of: Callable[[UUID], set[UUID]]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice that people can get (`accounts.notices.send`).

    `title` names it where people choose how they hear of it; `line` (the title when empty) stands on the page
    of what is new, behind the sign-in. `default` is the way until somebody chooses. `always` kinds are about
    the safety of the account: mailed at once, never off. `side`: who acts for themselves, at work, or both.
    """

    kind: str
    title: Text
    default: Literal["page", "mail", "daily", "off"] = "mail"
    always: bool = False
    line: Text = ""
    side: Literal["self", "work", "both"] = "both"


@dataclass(frozen=True, slots=True)
class ReportedThing:
    """What somebody is about to report. `lines` (key -> words): what may go along, as they tick.

    `about`: the user whose name or deed it is, who does not handle it.
    """

    region_id: UUID
    title: str
    lines: Mapping[str, str]
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reportable:
    """A kind of thing that people can report, by its name in addresses.

    `find(actor, id)` gives it when this actor can see it, else None; `hide(actor, id, reason)` takes it out
    of sight, when that can be.
    """

    slug: str
    title: Text
    find: Callable[[Any, UUID], ReportedThing | None]
    hide: Callable[[Any, UUID, str], None] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One public page as search knows it, in one language.

    `key` names it within its kind, the same in every language. Its address is `path`, or the view with its
    arguments. `intro` stands under the title in a result; `text` is without markup.
    `audiences` and `themes` are short names for addresses ("workers", "limits"). It is not shown after the
    day `until`.
    """

    key: str
    title: Text
    intro: Text = ""
    text: str = ""
    view: str = ""
    args: Sequence[str] = ()
    path: str = ""
    audiences: Sequence[str] = ()
    themes: Sequence[str] = ()
    date: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of public page that can be found (`content.search`). `kind` stands in addresses: "regio".

    `documents(language)` gives all of them, with that language active. `exists(keys)`, when there is one, is
    asked about each result at the moment it is shown and gives the keys that may be shown now: one question,
    for all kinds together that have the same one.
    `themes` names the themes of its pages.
    """

    kind: str
    title: Text
    documents: Callable[[str], Iterable[Document]]
    exists: Callable[[Sequence[str]], Collection[str]] | None = None
    themes: Callable[[], Mapping[str, Text]] | None = None


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a room ships as files. `load` puts it into the database and says what there is; repeatable."""

    room: str
    load: Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class TasksChanged:
    """`tell(user id)` is called in the transaction in which somebody's tasks for a region began or ended."""

    room: str
    tell: Callable[[UUID], None]


personal_data: Registry[PersonalData] = Registry(lambda door: door.room)
shareable: Registry[Shareable] = Registry(lambda door: door.room)
roles: Registry[RoleProvider] = Registry(lambda door: f"{type(door).__module__}.{type(door).__qualname__}")
nav: Registry[NavItem] = Registry(lambda door: door.view)
slots: Registry[Slot] = Registry(lambda door: f"{door.place}:{door.room}")
leaving: Registry[Leaving] = Registry(lambda door: door.room)
work_ends: Registry[WorkEnds] = Registry(lambda door: door.room)
presence: Registry[Presence] = Registry(lambda door: door.room)
region_ties: Registry[RegionTies] = Registry(lambda door: door.room)
notice_kinds: Registry[NoticeKind] = Registry(lambda door: door.kind)
reportable: Registry[Reportable] = Registry(lambda door: door.slug)
searchable: Registry[Searchable] = Registry(lambda door: door.kind)
shipped: Registry[Shipped] = Registry(lambda door: door.room)
tasks_changed: Registry[TasksChanged] = Registry(lambda door: door.room)
