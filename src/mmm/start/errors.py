"""Error pages in the style of the house. They touch no database and no session: those may be what failed."""

import contextlib
import datetime as dt
import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.defaults import ERROR_PAGE_TEMPLATE

from mmm.accounts import carry
from mmm.design import display
from mmm.design.context import Page
from mmm.foundation import clock

# Posted fields that are never somebody's own words.
NOT_WORDS = {"csrfmiddlewaretoken", "once", "version", "next", "email", "code", "password", "carried"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a form that was tampered with, or half arrived."""
    return _page(400, request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: only for a failed CSRF check; what is not yours is a 404."""
    return _page(403, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not yours; the page does not tell which."""
    return _page(404, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: something broke on our side. What was posted is shown, so that nobody loses words."""
    return _page(500, request, words=_words(request))


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: too busy, or being repaired."""
    return _page(503, request, words=_words(request))


def too_many(request: HttpRequest, retry_at: dt.datetime | None) -> HttpResponse:
    """429 with a `Retry-After` header; the page says in whole minutes when it works again."""
    seconds = max(1, math.ceil((retry_at - clock.now()).total_seconds())) if retry_at else 60
    response = _page(429, request, minutes=math.ceil(seconds / 60))
    response["Retry-After"] = str(seconds)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a failed CSRF check, with the words that were in the form.

    When the form is this person's own (another tab signed in meanwhile), one button posts it again.
    """
    with contextlib.suppress(Exception):  # an error page answers, whatever else is broken
        if answer := carry.given_back(request):
            return answer
    return _page(403, request, words=_words(request))


def _words(request: HttpRequest) -> list[str]:
    try:
        posted = request.POST
    except Exception:  # the body itself may be what was wrong
        return []
    return [
        value
        for name, values in posted.lists()
        if name not in NOT_WORDS
        for value in values
        if len(value.split()) > 1 and value.strip()
    ]


def _page(status: int, request: HttpRequest, **context: Any) -> HttpResponse:
    try:
        body = render_to_string(
            f"start/errors/{status}.html", {"page": Page(chosen=display.of(request)), **context}
        )
    except Exception:  # the last resort: no template, no translation, but still an answer
        body = SafeString(
            ERROR_PAGE_TEMPLATE % {"title": f"{status}", "details": "Bel bij direct gevaar 112."}
        )
    return HttpResponse(body, status=status)
