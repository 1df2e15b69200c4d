"""Pages of our own in the editors' room; behind the wall like the rest (`content.wall`)."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from mmm.content import desk, first_text


@require_safe
def stale(request: HttpRequest) -> HttpResponse:
    """What hides itself soon, or is hidden."""
    return TemplateResponse(request, "content/stale.html", {"lines": desk.stale()})


@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """Dutch and English beside each other."""
    found = desk.pairs()
    context = {"pairs": found, "complete": sum(pair.complete for pair in found), "all": len(found)}
    return TemplateResponse(request, "content/pairs.html", context)


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Links that lead nowhere."""
    return TemplateResponse(request, "content/links.html", {"broken": desk.broken_links()})


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """*Je eerste tekst*, on one page."""
    return TemplateResponse(request, "content/first_text.html", {"text": first_text.text()})
