"""What the frame around every page needs to know: language, direction, menu, who is signed in. No queries."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from mmm.design import alternates, display
from mmm.design.alternates import Language
from mmm.design.display import Display
from mmm.foundation import doors


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the frame. `current` when it is the page itself or the part of the site the page lies in."""

    label: str
    url: str
    current: bool = False


class Page:
    """The frame of one page. Everything is worked out when a template asks for it.

    Without a request (an error page, perhaps without a database) there is no menu and nobody is signed in.
    """

    def __init__(self, request: HttpRequest | None = None, chosen: Display | None = None):
        self._request = request
        self._display = chosen or display.of(request)

    @cached_property
    def marks(self) -> SafeString:
        """What somebody chose for size, spacing, contrast and motion, as attributes of `<html>`."""
        return display.marks(self._display)

    @property
    def aloud(self) -> bool:
        """Whether somebody wants a button that reads the page aloud."""
        return self._request is not None and self._display.aloud == "yes"

    @cached_property
    def exit(self) -> bool:
        """Whether the quick way out stands on this page."""
        if self._request is None:
            return False
        chosen = self._display.exit
        own = chosen == "own" and bool(self.actor and self.actor.is_self)
        return self.shared or chosen == "always" or own

    @property
    def elsewhere(self) -> str:
        """Where the quick way out leads."""
        return str(settings.EXIT_URL)

    @property
    def language(self) -> str:
        """Code of the language of this page."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def locale(self) -> str:
        """The language with its land, for social cards."""
        return alternates.LOCALES.get(self.language, self.language)

    @cached_property
    def direction(self) -> str:
        """ "rtl" or "ltr"."""
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def languages(self) -> list[Language]:
        """This page in each language; empty on error pages."""
        if self._request is None:
            return []
        return [alternates.language(code, name, self._request) for code, name in settings.LANGUAGES]

    @cached_property
    def came_without_pair(self) -> bool:
        """Whether somebody asked for a page in this language that is not there, and was led here instead."""
        return self._request is not None and alternates.MISSING in self._request.GET

    @property
    def site(self) -> str:
        """Where this installation is, without a slash: for what leaves the site (feeds, social cards)."""
        return str(settings.BASE_URL)

    @property
    def path(self) -> str:
        """The address under which this page should be known: without what was asked of it.

        A view says so (`request.known_as`) when a part of a list is a page by itself.
        """
        return getattr(self._request, "known_as", self._request.path) if self._request else ""

    @property
    def demo(self) -> bool:
        """Whether everything here is invented."""
        return bool(settings.DEMO)

    @property
    def shared(self) -> bool:
        """Whether somebody else uses this device, too."""
        return bool(getattr(self._request, "shared_device", False))

    @cached_property
    def notices(self) -> list[SafeString | str]:
        """What rooms have to say above every page (slots "page.notice"); nothing on error pages."""
        if self._request is None:
            return []
        rendered = (slot.render(self._request) for slot in doors.slots if slot.place == "page.notice")
        return [each for each in rendered if each]

    @cached_property
    def phone(self) -> dict[str, str]:
        """The number a human answers (house rule 8): as shown, as dialled, and when."""
        shown: str = settings.HELP_PHONE
        hours: dict[str, str] = settings.HELP_HOURS
        return {"shown": shown, "dialled": shown.replace(" ", ""), "hours": hours.get(self.language, "")}

    @cached_property
    def actor(self) -> Any:
        """Who is signed in, in which role, or None."""
        return getattr(self._request, "actor", None)

    @property
    def paused(self) -> bool:
        """Whether who is signed in, here as themselves, has a break (*even pauze*)."""
        return bool(self.actor and self.actor.is_self and self.actor.user.paused_at)

    @cached_property
    def news(self) -> int:
        """How many notices are new for who is signed in."""
        return getattr(self._request, "news", 0)

    @cached_property
    def links(self) -> list[Link]:
        """The main menu: nav items for the kind of role, or for one staff task ("staff:helper").

        "public" when nobody is signed in.
        """
        if self._request is None:
            return []
        if self.actor is None:
            return self._links("public")
        role = self.actor.role
        return self._links(role.kind, f"{role.kind}:{role.staff_role}")

    @cached_property
    def account_links(self) -> list[Link]:
        """Nav items of the kind "account": beside the name of who is signed in."""
        return self._links("account") if self.actor else []

    @cached_property
    def foot_links(self) -> list[Link]:
        """Nav items of the kind "foot": at the foot of every page, error pages included."""
        return self._links("foot")

    def _links(self, *places: str) -> list[Link]:
        path = self._request.path if self._request else ""
        # "/" and "/en/" begin every address, so they are current only when they are the page itself.
        return [
            Link(label, url, current=path == url or (url.count("/") > 2 and path.startswith(url)))
            for label, url in _items(places, get_language(), get_urlconf())
        ]


@cache
def _items(places: tuple[str, ...], language: str | None, urlconf: object) -> tuple[tuple[str, str], ...]:
    """Label and address of what stands at these places in this language, worked out once.

    Without what has no address here.
    """
    found = []
    items = [item for item in doors.nav if item.kinds & {*places}]
    for item in sorted(items, key=lambda item: item.order):
        with suppress(NoReverseMatch):
            found.append((str(item.label), reverse(item.view)))
    return tuple(found)


def page(request: HttpRequest) -> dict[str, Page]:
    """Context processor: `page` in every template. The design page puts its own on the request."""
    return {"page": getattr(request, "page", None) or Page(request)}
