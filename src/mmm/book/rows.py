"""What the selectors of the public site give to pages: frozen rows, HTML ready."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Head:
    """What every page has. `note` says what the reader should know first, or is empty."""

    id: int
    key: str
    slug: str
    language: str
    address: str
    title: str
    intro: str
    note: str
    minutes: int
    published: dt.date
    changed: dt.date


@dataclass(frozen=True, slots=True)
class Facets:
    """What stories are filtered by. Codes are those of `book.words`; an empty one fits no choice."""

    told_by: str = ""
    sector: str = ""
    themes: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenStory:
    """A story that somebody real gave, as a card and a feed show it. Its words are elsewhere, sealed."""

    slug: str
    address: str
    title: str
    opening: str  # its first words; none when there is something to know beforehand
    told_by: str
    note: str
    minutes: int
    published: dt.date


@dataclass(frozen=True, slots=True)
class Story(Head):
    """A story as a card shows it. Codes are those of `book.words`."""

    who: str
    told_by: str
    sector: str
    themes: tuple[str, ...]
    readers: tuple[str, ...]
    learned_by: str
    learned: str


@dataclass(frozen=True, slots=True)
class Text:
    """A page with its words in HTML, and the address of the same page in each language that has it."""

    head: Head
    body: SafeString
    alternates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoryText(Text):
    """A story to read; `related` are stories about the same, the most alike first."""

    story: Story
    related: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A limit of secrecy that still holds."""

    text: str
    source: str
    url: str
    checked: dt.date
    expires: dt.date


@dataclass(frozen=True, slots=True)
class Profession(Head):
    """A profession as a list shows it; `number` is that of `region`'s professions."""

    number: int


@dataclass(frozen=True, slots=True)
class ProfessionText(Text):
    """What a profession can do in five minutes."""

    number: int
    ask: str
    ask_why: str
    stop: str
    stop_why: str
    call: str
    minutes: tuple[str, ...]
    secrecy: tuple[Fact, ...]
    tips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AudienceText(Text):
    """What this offers an audience. `step` is the address of the first step."""

    audience: str
    step_text: str
    step: str


@dataclass(frozen=True, slots=True)
class Chapter(Head):
    """A chapter as the contents of the book show it."""

    number: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where something that a chapter says comes from."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The chapter before or after."""

    number: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ChapterText(Text):
    """A chapter to read. `exercises` and `sheet` (for who reads it together) stand apart from its words."""

    number: int
    exercises: SafeString
    sheet: SafeString
    story: Story | None
    sources: tuple[Source, ...]
    before: Neighbour | None
    after: Neighbour | None


@dataclass(frozen=True, slots=True)
class Publication(Head):
    """A text to take along as a list shows it; `kind` is one of `book.words.PUBLICATIONS`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Tip(Head):
    """A tip with its words, because tips are read in their list."""

    readers: tuple[str, ...]
    body: SafeString


@dataclass(frozen=True, slots=True)
class News(Head):
    """A news item as a list shows it."""

    date: dt.date
