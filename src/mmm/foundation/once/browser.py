"""Which browser posts: its account, or a cookie without meaning for readers who have none."""

import hashlib
import secrets
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE: Final = "mmm_browser"
COOKIE_AGE: Final = 12 * 60 * 60
_SALT: Final = "mmm.once.browser"


def names(request: HttpRequest) -> list[str]:
    """Everything this browser may have posted under, the name for a new key first.

    A post that signs somebody in was made without an account; its repeat may come with one.
    """
    found = []
    if request.user.is_authenticated:
        found.append(user_name(request.user.pk))
    if cookie := _cookie(request):
        found.append(_digest("browser", cookie))
    elif not found and (session := session_name(request)):
        found.append(session)
    return found or ["nobody"]


def user_name(user_id: UUID) -> str:
    """The name of everything that a person posts while signed in."""
    return f"user:{user_id}"


def session_name(request: HttpRequest) -> str | None:
    """The name of a browser by its session cookie; None without one.

    As sent, not as loaded: the first of two posts may have replaced or ended this session meanwhile.
    """
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return _digest("session", session) if session else None


def form_was_shown(request: HttpRequest) -> None:
    """Called where a form is printed: without a session the answer gets the browser cookie."""
    request.once_form_shown = True  # type: ignore[attr-defined]


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Set the cookie when a form was shown to a browser that has neither it nor a session."""
    if (
        getattr(request, "once_form_shown", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not _cookie(request)
    ):
        response.set_signed_cookie(
            COOKIE,
            secrets.token_hex(16),
            salt=_SALT,
            max_age=COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _cookie(request: HttpRequest) -> str | None:
    return request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=COOKIE_AGE)


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
