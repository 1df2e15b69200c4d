"""Where to go afterwards: only to addresses of ours, and with the words that were carried."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from mmm.accounts import carry


def safe(request: HttpRequest, target: str) -> str:
    """The address to go to afterwards, if it is one of ours; else nothing."""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and target.startswith("/") else ""


def after(request: HttpRequest, words: str, target: str, place: str) -> HttpResponse:
    """What follows a proof: the words that were carried, or the place somebody was going to."""
    if words:
        return carry.offer(request, words, target, request.user)  # type: ignore[arg-type]
    return HttpResponseRedirect(place)
