"""The frame around the answer: the same for everybody who is not signed in, so made once in each language.

Half of what a page costs is its frame, and no answer is kept from one search to the next. The frame is made
for an address without a question: nothing that anybody searched for can end up in it.
"""

from functools import cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_urlconf, resolve, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mmm.design.context import Page

_HERE: Final = SafeString("<!-- the answer -->")


def page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """The page with this answer. Who has a session or chose how pages look gets a frame of their own."""
    if not settings.OWN_PAGE_COOKIES.isdisjoint(request.COOKIES):
        return render(request, "search/search.html", {"answer": "", **context}, status=status)
    before, after = _around(get_language(), get_urlconf(), danger=bool(context.get("danger")))
    answer = render_to_string("search/answer.html", {"page": Page(request), **context})
    return HttpResponse(f"{before}{answer}{after}", status=status)


@cache
def _around(language: str | None, urlconf: str | None, *, danger: bool) -> tuple[str, str]:
    """What stands before and after the answer, for nobody in particular."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = reverse("search:search")
    request.resolver_match = resolve(request.path)
    context = {"answer": _HERE, "danger": danger, "messages": [], "page": Page(request)}
    before, after = render_to_string("search/search.html", context).split(_HERE)
    return before, after
