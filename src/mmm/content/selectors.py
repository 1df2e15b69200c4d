"""What stands in the lists, for pages. Each call is one query; what is past its day is not there."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from mmm.content.models import DatedEntry, GlossaryTerm, HelpLine
from mmm.foundation import clock


@dataclass(frozen=True, slots=True)
class Term:
    """A word explained."""

    key: str
    term: str
    also: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule of somebody else: where it stands, when it was checked, the last day it is shown."""

    key: str
    about: str
    title: str
    text: str
    source: str
    url: str
    checked_on: dt.date
    expires_on: dt.date
    checked_by: str


@dataclass(frozen=True, slots=True)
class Line:
    """Where somebody answers."""

    key: str
    name: str
    phone: str
    text: str
    url: str
    source: str
    checked_on: dt.date

    @property
    def dialled(self) -> str:
        """The number as a phone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


def glossary(language: str) -> list[Term]:
    """All words explained, by letter."""
    rows = GlossaryTerm.objects.filter(locale__language_code=language)
    terms = [
        Term(key, term, tuple(also), text)
        for key, term, also, text in rows.values_list("key", "term", "also", "text")
    ]
    return sorted(terms, key=lambda each: each.term.casefold())


def dated(language: str, about: str = "") -> list[Entry]:
    """The rules that are still good today, all or for one audience ("workers", "employers")."""
    rows = DatedEntry.objects.filter(locale__language_code=language, expires_on__gte=clock.today())
    if about:
        rows = rows.filter(about=about)
    fields = ("key", "about", "title", "text", "source", "url", "checked_on", "expires_on", "checked_by")
    return [Entry(*row) for row in rows.order_by("order", "key").values_list(*fields)]


def help_lines(language: str) -> list[Line]:
    """Numbers and pages where somebody answers, that were checked less than a year ago; 112 and 113 first."""
    rows = HelpLine.objects.filter(locale__language_code=language, expires_on__gte=clock.today())
    fields = ("key", "name", "phone", "text", "url", "source", "checked_on")
    return [Line(*row) for row in rows.order_by("order", "key").values_list(*fields)]


@dataclass(frozen=True, slots=True)
class Stale:
    """Something that hides itself after `expires_on`, for the editors' list."""

    id: UUID | int
    kind: str
    title: str
    language: str
    expires_on: dt.date


def going_stale(days: int = 30) -> list[Stale]:
    """What hides within `days` days or is hidden already, the oldest first. Two queries."""
    until = clock.today() + dt.timedelta(days=days)
    found = [
        Stale(row.pk, model._meta.model_name or "", str(row), row.locale.language_code, row.expires_on)
        for model in (DatedEntry, HelpLine)
        for row in model.objects.filter(expires_on__lte=until).select_related("locale")
    ]
    return sorted(found, key=lambda each: each.expires_on)
