"""Where to go afterwards: only to addresses of ours, and with the words that were carried."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path

from mmm.accounts import carry


def safe(request: HttpRequest, target: str) -> str:
    """The address to go to afterwards, if it is one of ours; else nothing."""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and target.startswith("/") else ""


def in_own_language(request: HttpRequest, language: str, place: str) -> str:
    """The place in this language, the person's own, unless the address of this page names a language itself.

    Dutch stands in no address, so who signs in at a Dutch page goes on in the language they chose.
    """
    if get_language_from_path(request.path_info) is not None:
        return place
    return translate_url(place, language)


def after(request: HttpRequest, words: str, target: str, place: str) -> HttpResponse:
    """What follows a proof: the words that were carried, or the place somebody was going to."""
    if words:
        return carry.offer(request, words, target, request.user)  # type: ignore[arg-type]
    return HttpResponseRedirect(place)
