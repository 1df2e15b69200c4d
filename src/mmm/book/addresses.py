"""Where each page of the public site is. English is under `/en/` with the same path words."""

from collections.abc import Mapping
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils import translation

AUDIENCES: Final = {
    "workers": "/voor-werkzoekenden/",
    "professionals": "/voor-professionals/",
    "employers": "/voor-werkgevers/",
}
# Page type -> the path before its slug.
PATHS: Final[Mapping[str, str]] = {
    "storypage": "/verhalen/{slug}/",
    "professionpage": "/beroepen/{slug}/",
    "newspage": "/nieuws/{slug}/",
    "tippage": "/tips/#{slug}",
    "prosepage": "/aanbevelingen/{slug}/",
    "chapterpage": "/inspiratieboek/{slug}/",
    "publicationpage": "/om-mee-te-nemen/{slug}/",
}
# Pages of words that have a place of their own, by key.
PLACES: Final[Mapping[str, str]] = {"hulp": "/hulp/"}
# What shipped texts call pages that no editor writes: the name of a view, or a path.
STEPS: Final[Mapping[str, str]] = {
    "join": "accounts:join",
    "regions": "region:regions",
    "first_visit": "stories:first_visit",
    "stories": "/verhalen/",
    "professions": "/beroepen/",
    "inspiratieboek": "/inspiratieboek/",
    "publications": "/om-mee-te-nemen/",
    "tips": "/tips/",
    "news": "/nieuws/",
    "glossary": "/woordenlijst/",
    "hulp": "/hulp/",
    "dated": "/regels-en-regelingen/",
}


def in_language(path: str, language: str) -> str:
    """The same path in the other language's half of the site."""
    return path if language == "nl" else f"/{language}{path}"


def of_page(kind: str, *, key: str, slug: str, language: str, audience: str = "") -> str:
    """Address of a page by the name of its type."""
    path = PLACES.get(key) or AUDIENCES.get(audience) or PATHS[kind].format(slug=slug)
    return in_language(path, language)


def fixed(key: str, language: str) -> str | None:
    """Address of a page that no editor writes, or None when there is none of that name."""
    target = STEPS.get(key)
    if target is None:
        return None
    if target.startswith("/"):
        return in_language(target, language)
    try:
        with translation.override(language):
            return reverse(target)
    except NoReverseMatch:
        return None
