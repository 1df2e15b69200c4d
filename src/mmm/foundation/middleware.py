"""What holds for every answer, and the whole-page cache of public pages."""

import hashlib
from collections.abc import Callable
from typing import Any, Final

from csp.utils import build_policy
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, has_vary_header
from django.utils.translation import get_language
from whitenoise.middleware import WhiteNoiseFileResponse

from mmm.foundation import public
from mmm.foundation.once import browser

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What browsers say when they fetch a page that nobody asked for yet: Sec-Purpose (Fetch standard), and its
# forerunners of Chrome, Safari and Firefox.
_AHEAD: Final = {
    "Sec-Purpose": "prefetch",
    "Purpose": "prefetch",
    "X-Purpose": "preview",
    "X-Moz": "prefetch",
}
_UNUSED_POWERS: Final = (
    "accelerometer, autoplay, browsing-topics, camera, display-capture, geolocation, gyroscope, "
    "hid, idle-detection, local-fonts, magnetometer, microphone, midi, payment, serial, usb, "
    "xr-spatial-tracking"
)
PAGE_SECONDS: Final = 300  # dated content goes stale by itself; no page is kept longer than this
PUBLIC: Final = "public, max-age=0, must-revalidate"


class Guard:
    """Outermost: nothing is fetched ahead, nothing private is kept, the same headers on every answer.

    Reading ahead would write "somebody read this" in a person's look log while nobody did, so it gets a 503
    before anything is touched. The headers are set here too because errors and redirects may be made outside
    the middleware that usually sets them.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": build_policy(),
            "Permissions-Policy": ", ".join(f"{power}=()" for power in _UNUSED_POWERS.split(", ")),
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }
        if settings.SECURE_HSTS_SECONDS:
            self.headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if any(word in request.headers.get(name, "").lower() for name, word in _AHEAD.items()):
            response: HttpResponseBase = HttpResponse(status=503, headers={"Retry-After": "0"})
        else:
            response = self.get_response(request)
            browser.remember(request, response)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if not _may_be_kept(response):
            response.headers["Cache-Control"] = "no-store"
        return response


def _may_be_kept(response: HttpResponseBase) -> bool:
    return getattr(response, "is_public_page", False) or isinstance(response, WhiteNoiseFileResponse)


class PublicPageCache:
    """Answers anonymous GETs of views marked `@public_page` from memory: one query, the edition's mark.

    By-passed when a cookie of `OWN_PAGE_COOKIES` is present, with a query string, and for other methods. A
    page that sets a cookie, varies on cookies or is no 200 is not kept.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        key = getattr(request, "public_page_key", None)
        if key is None or getattr(response, "is_public_page", False):
            return response
        if not isinstance(response, HttpResponse) or not _same_for_everybody(request, response):
            return response
        request.session.accessed = False  # there is none: the page does not vary with it
        kept = (response.content, response.headers.get("Content-Type", ""))
        if request.method == "GET":
            cache.set(key, kept, PAGE_SECONDS)
        return _page(request, *kept)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The address is known and the view has not run: the place to answer in its stead."""
        if not getattr(view, "public_page", False) or not _anonymous_read(request):
            return None
        # The mark is read before the page is made: a page that is overtaken while it is made stays under the
        # old mark, where nobody looks.
        place = f"{request.scheme}://{request.get_host()}{request.path}|{get_language()}"
        key = f"page:{public.edition()}:{hashlib.sha256(place.encode()).hexdigest()}"
        if (kept := cache.get(key)) is not None:
            return _page(request, *kept)
        request.public_page_key = key  # type: ignore[attr-defined]
        return None


def _anonymous_read(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and not request.META.get("QUERY_STRING")
        and settings.OWN_PAGE_COOKIES.isdisjoint(request.COOKIES)
    )


def _same_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and not getattr(request, "once_form_shown", False)
        and not request.session.modified
    )


def _page(request: HttpRequest, body: bytes, content_type: str) -> HttpResponseBase:
    response = HttpResponse(body, content_type=content_type)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = PUBLIC
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response) or response
    if answer.status_code == 304:
        answer.headers["Cache-Control"] = PUBLIC
    answer.is_public_page = True  # type: ignore[attr-defined]
    return answer
