"""The people of the demo world, from `content/`. All of them are invented; no organisation here exists."""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

CONTENT = Path(__file__).parent / "content"
# Marieke has a code app; the demo's post page shows what it shows, so that visitors can walk the second step.
APP_OF, APP_SECRET = "marieke", "MMMDEMO2MARIEKE3PROEF4VERSIE5XYZ"


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of the demo world."""

    name: str
    chain_link: str
    kind: str = "service"
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Home:
    """A region of the demo world, with the keys of who confirms who works there, who opens it with them, and
    who listens; and the numbers of the region, which lead nowhere."""

    slug: str
    coordinator: str
    deputy: str
    listeners: list[str]
    contacts: list[dict[str, Any]]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Where somebody works; `profession` is its number, None at an employer."""

    organisation: str
    profession: int | None = None
    listed: bool = True
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Staff:
    """A task for a region, by its slug."""

    role: str
    region: str


@dataclass(frozen=True, slots=True)
class Person:
    """One member of the cast. `answers` by part and question ("dreams.work"), begun `written` days ago."""

    key: str
    name: str
    work: Work | None = None
    staff: Staff | None = None
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    written: int = 0

    @property
    def address(self) -> str:
        """An address that no mail can reach (RFC 2606)."""
        return f"{self.key}@voorbeeld.example"

    @property
    def kind(self) -> str:
        """The kind of role this person is in the cast for."""
        if self.staff:
            return "staff"
        return "member" if self.work and not self.answers else "self"

    @property
    def group(self) -> str:
        """Under which heading of the demo page: "story", "professional", "employer" or "region"."""
        if self.kind == "member" and self.work:
            return "professional" if self.work.profession else "employer"
        return "region" if self.kind == "staff" else "story"

    @property
    def about(self) -> str:
        """Who it is, in the active language."""
        return _words()[self.key]["about"]

    @property
    def look(self) -> str:
        """What to try as this person, in the active language."""
        return _words()[self.key]["look"]


@dataclass(frozen=True, slots=True)
class Share:
    """`things` of `owner` opened to `reader`, so many `days` ago, until so many days from now."""

    owner: str
    reader: str
    things: list[str]
    purpose: str
    days: int
    until: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """`things` of `owner` on paper for `reader`, who has no account; made `days` ago, not read yet."""

    owner: str
    reader: str
    things: list[str]
    days: int


@dataclass(frozen=True, slots=True)
class GivenStory:
    """A story that `owner` gave so many `days` ago to the region `to`, which `editor` works on.

    `proposed`: it waits for the owner's yes; else the editor asked `question`.
    """

    owner: str
    editor: str
    to: str
    days: int
    text: str
    edited: str
    title: str
    name: str = ""
    note: str = ""
    proposed: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """`reader` read what `owner` shared, so many `days` ago, `at` that time of day."""

    owner: str
    reader: str
    days: int
    at: dt.time


def _words() -> dict[str, dict[str, str]]:
    return WORDS["en" if get_language() == "en" else "nl"]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def _person(row: dict[str, Any]) -> Person:
    work, staff = row.pop("work", None), row.pop("staff", None)
    return Person(**row, work=Work(**work) if work else None, staff=Staff(**staff) if staff else None)


def _home(row: dict[str, Any]) -> Home:
    return Home(**{**row, "places": tuple(Place(**place) for place in row["places"])})


_ROWS = _read("people.toml")
WORDS = {language: _read(f"{language}/cast.toml") for language in ("nl", "en")}
HOMES = [_home(row) for row in _ROWS["region"]]
CAST = [_person(row) for row in _ROWS["person"]]
SHARES = [Share(**row) for row in _ROWS["share"]]
LETTERS = [Letter(**row) for row in _ROWS["letter"]]
GIVEN = [GivenStory(**row) for row in _ROWS["given"]]
LOOKS = [Look(**row) for row in _ROWS["look"]]
BY_KEY = {person.key: person for person in CAST}
