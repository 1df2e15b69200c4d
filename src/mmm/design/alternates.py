"""The same page in other languages: by its view, or as the view says where pages have names of their own."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override

# In the address of a section, when somebody asked there for a page that it does not have in that language.
MISSING: Final = "niet-vertaald"

LOCALES: Final[Mapping[str, str]] = {"nl": "nl_NL", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Language:
    """The same page in one of the languages.

    `exists` is False when there is none: then `url` leads to the part of the site it would lie in.
    """

    code: str
    name: str
    url: str
    current: bool
    exists: bool = True

    @property
    def locale(self) -> str:
        """The language with its land, as social cards ask for it (ogp.me)."""
        return LOCALES.get(self.code, self.code)


def pair(request: HttpRequest, addresses: Mapping[str, str], *, section: str) -> None:
    """Say where this page is in each language (code -> path); this one may be left out.

    A language without an address leads to `section`, the name of a view, which says that the page is missing.
    """
    request.alternates = (dict(addresses), section)  # type: ignore[attr-defined]


def language(code: str, name: str, request: HttpRequest) -> Language:
    """This page in that language."""
    now = get_language() or settings.LANGUAGE_CODE
    if code == now:
        return Language(code, name, request.get_full_path(), current=True)
    addresses, section = getattr(request, "alternates", (None, ""))
    if addresses is None:
        return Language(code, name, _by_view(code, request), current=False)
    if code in addresses:
        return Language(code, name, addresses[code], current=False)
    with override(code):
        url = f"{reverse(section)}?{MISSING}=1"
    return Language(code, name, url, current=False, exists=False)


def _by_view(code: str, request: HttpRequest) -> str:
    """The same view in that language; a path that is no page there leads to its front page."""
    match = request.resolver_match
    url = request.path
    if match is not None:
        with override(code), suppress(NoReverseMatch):
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    if url != request.path:
        query = request.META.get("QUERY_STRING", "")
        return f"{url}?{query}" if query else url
    return f"/{code}/" if code != settings.LANGUAGE_CODE else "/"
