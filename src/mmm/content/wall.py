"""The wall around `/redactie/`: there for who acts as an editor now, and for nobody else.

Wagtail's own question (is this user in a group with the right?) comes after it, and is not enough: a person
who is
also an editor does not get in while acting as somebody else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from mmm.accounts.factors import step
from mmm.content.editors import TASK

PATH: Final = "redactie/"
# Who may read a page: pages here are for everybody, and our own views would not ask (`book.selectors`).
SHUT_ENDINGS: Final = ("/privacy/",)
View = Callable[..., HttpResponseBase]
# Scripts of our own server only, none inside pages; styles inside pages are Wagtail's way of drawing.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
LARGEST: Final = 20 * 1024 * 1024
# Rooms of Wagtail that this house does not have: people, rights, sign-in, sites.
SHUT: Final = (
    "account/", "logout/", "login/", "password_reset/", "failwhale/", "test404/", "users/", "groups/",
    "sites/", "workflows/tasks/", "collections/", "bulk/wagtailcore/page/publish/",
)  # fmt: skip


class InMemory(MemoryFileUploadHandler):
    """A file that is sent stays in memory, and ends when it grows past `LARGEST`; nothing lies on disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Always in memory."""
        self.activated = True
        self._taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Stops what is too large."""
        self._taken += len(raw_data)
        if self._taken > LARGEST:
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)


def is_open_to(request: HttpRequest) -> bool:
    """Whether who asks acts as an editor now and did a second step."""
    actor = getattr(request, "actor", None)
    return (
        actor is not None
        and actor.role.kind == "staff"
        and actor.role.staff_role == TASK
        and not step.is_missing(request, actor.role)
    )


def walled(view: View) -> View:
    """404 for everybody else. Reads nothing of a post before it knows who sends it."""
    inside = csrf_protect(view)

    @csrf_exempt  # the same check, done inside, after the upload handlers are set
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        below = request.path.partition(PATH)[2]
        if not is_open_to(request) or below.startswith(SHUT) or below.endswith(SHUT_ENDINGS):
            raise Http404
        request.upload_handlers = [InMemory(request)]
        response = inside(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Frame-Options"] = "SAMEORIGIN"  # the preview is a frame of the page itself
        return response

    return guarded


def behind(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Put every address of the editors' room behind the wall, those of its own lists included."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            behind(pattern.url_patterns)
        elif not getattr(pattern.callback, "is_walled", False):
            pattern.callback = walled(pattern.callback)
            pattern.callback.is_walled = True  # type: ignore[attr-defined]
    return patterns
