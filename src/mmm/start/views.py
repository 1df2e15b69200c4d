"""The public front. The same for every anonymous reader, so kept in the page cache as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mmm.foundation import doors
from mmm.foundation.public import public_page
from mmm.start import regions


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Three audiences, what others tell, how it works, the regions, help nearby."""
    return render(request, "start/home.html", {"tiles": regions.tiles(), **_of_rooms(request)})


def _of_rooms(request: HttpRequest) -> dict[str, SafeString]:
    """What rooms put on the front page, by its place there."""
    return {
        place: mark_safe(
            "".join(slot.render(request) for slot in doors.slots if slot.place == f"home.{place}")
        )
        for place in ("stories", "book", "professions", "news")
    }


@require_safe
@public_page
def your_data(request: HttpRequest) -> HttpResponse:
    """How we treat your data: what we protect against and what not (rule 17)."""
    return _prose(request, "your_data")


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What machines tested, and what nobody tested yet."""
    return _prose(request, "accessibility")


@require_safe
@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who makes it, whose work it uses."""
    return _prose(request, "about")


def _prose(request: HttpRequest, name: str) -> HttpResponse:
    # Long prose is a template per language: whole pages translate better than single sentences.
    language = "en" if get_language() == "en" else "nl"
    return render(request, f"start/{language}/{name}.html")
