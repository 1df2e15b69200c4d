"""Puts the actor on the request and lets an active session slide."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from mmm.accounts import notices, preferences
from mmm.accounts.actors import SELF, SESSION_ROLE, Actor, resolve
from mmm.accounts.browser import is_shared
from mmm.accounts.sessions import SESSION_ENDS, ends_at
from mmm.foundation import clock

SESSION_SEEN = "seen_at"
SLIDE_EVERY = dt.timedelta(minutes=10)
# Ten minutes of rest end a session on a device that others use, too: its rest is measured finer.
SLIDE_EVERY_SHARED = dt.timedelta(minutes=1)


class ActorMiddleware:
    """`request.actor`: the person in the chosen role, or None.

    A request without a session cookie costs no query. The role is resolved at every request, so that a
    membership that ended is gone at the next click. Writes nothing but the
    session row, when its expiry slides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.shared_device = False  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Not in `__call__`: error pages have to work when the database does not."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            request.user = AnonymousUser()  # without looking at the session: the answer stays cookie-free
        elif request.user.is_authenticated:
            role = resolve(request.user, request.session.get(SESSION_ROLE, SELF.key))
            request.actor = Actor(request.user, role)  # type: ignore[attr-defined]
            request.display = preferences.of(request.user)  # type: ignore[attr-defined]
            request.news = notices.news_of(request.actor)  # type: ignore[attr-defined]
            _slide(request)
        request.shared_device = is_shared(request)  # type: ignore[attr-defined]  # for the frame: `page.shared`


def _slide(request: HttpRequest) -> None:
    now = clock.now()
    seen = request.session.get(SESSION_SEEN)
    every = SLIDE_EVERY_SHARED if is_shared(request) else SLIDE_EVERY
    if seen is None or now - dt.datetime.fromisoformat(seen) >= every:
        # Saving the session renews its expiry (see `services.choose_role`) in the row and in the cookie.
        request.session[SESSION_SEEN] = now.isoformat()
        if SESSION_ENDS not in request.session:  # from before there was an end
            kind = request.actor.role.kind  # type: ignore[attr-defined]
            ends = ends_at(now, kind=kind, shared=is_shared(request))
            request.session[SESSION_ENDS] = ends.isoformat()
