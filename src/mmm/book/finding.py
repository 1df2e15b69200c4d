"""The edited pages, found by searching: what is published now, and has an address."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from mmm.book import addresses, words
from mmm.book.models import (
    AudiencePage,
    ChapterPage,
    NewsPage,
    ProfessionPage,
    ProsePage,
    PublicationPage,
    StoryPage,
    TipPage,
)
from mmm.content import body, selectors
from mmm.content.models import TextPage
from mmm.foundation import doors
from mmm.foundation.doors import Document, Searchable, Text

KINDS: Final[Mapping[str, tuple[Text, tuple[type[TextPage], ...]]]] = {
    "verhaal": (_("Story"), (StoryPage,)),
    "beroep": (_("For a profession, in 5 minutes"), (ProfessionPage,)),
    "hoofdstuk": (_("Chapter of the Inspiration Book"), (ChapterPage,)),
    "meenemen": (_("To take along"), (PublicationPage,)),
    "uitleg": (_("Information"), (AudiencePage, ProsePage)),
    "tip": (_("Tip from practice"), (TipPage,)),
    "nieuws": (_("News"), (NewsPage,)),
}


def register() -> None:
    """At start."""
    for kind, (title, models) in KINDS.items():
        documents = partial(_pages, models)
        doors.searchable.register(
            Searchable(kind, title, documents, exists=published, themes=lambda: dict(words.THEMES))
        )
    doors.searchable.register(Searchable("woord", _("A word explained"), _terms))
    doors.searchable.register(Searchable("regel", _("Rule or scheme"), _rules))


def published(keys: Sequence[str]) -> Collection[str]:
    """Of these pages, those that are published at this moment. One query."""
    return {f"{pk}" for pk in Page.objects.filter(pk__in=keys, live=True).values_list("pk", flat=True)}


def _pages(models: Sequence[type[TextPage]], language: str) -> Iterator[Document]:
    for model in models:
        for row in model.objects.filter(live=True, locale__language_code=language):
            path = addresses.of_page(
                model._meta.model_name or "",
                key=row.key,
                slug=row.slug,
                language=language,
                audience=getattr(row, "audience", ""),
            )
            if _is_there(path):
                yield Document(
                    f"{row.pk}",
                    row.title,
                    row.intro,
                    "\n".join([*_own(row), body.text(row.body.raw_data)]),
                    path=path,
                    audiences=_readers(row),
                    themes=tuple(getattr(row, "themes", ())),
                    date=getattr(row, "date", None),
                )


def _own(row: Any) -> Iterator[str]:
    """What stands on a page beside its text."""
    for name in ("who", "ask", "ask_why", "stop", "stop_why", "call", "learned"):
        if value := getattr(row, name, ""):
            yield value
    for name in ("minutes", "tips"):
        if blocks := getattr(row, name, None):
            yield from (str(block["value"]) for block in blocks.raw_data)


def _readers(row: Any) -> tuple[str, ...]:
    if isinstance(row, ProfessionPage):
        return ("professionals",)
    return tuple(getattr(row, "readers", ())) or tuple(filter(None, [getattr(row, "audience", "")]))


def _terms(language: str) -> Iterator[Document]:
    path = addresses.in_language("/woordenlijst/", language)
    if _is_there(path):
        for term in selectors.glossary(language):
            also = ", ".join(term.also)
            yield Document(term.key, term.term, term.text, also, path=f"{path}#{term.key}")


def _rules(language: str) -> Iterator[Document]:
    path = addresses.in_language("/regels-en-regelingen/", language)
    if _is_there(path):
        for rule in selectors.dated(language):
            readers = (rule.about,) if rule.about in dict(words.READERS) else ()
            yield Document(
                rule.key,
                rule.title,
                rule.text,
                path=f"{path}#{rule.key}",
                audiences=readers,
                until=rule.expires_on,
            )


def _is_there(path: str) -> bool:
    """Whether the site has a page at this address."""
    try:
        resolve(path.partition("#")[0])
    except Resolver404:
        return False
    return True
