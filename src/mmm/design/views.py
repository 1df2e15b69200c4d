"""The page that shows every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?dir=rtl` and `?scheme=dark` turn the page around or dark."""
    return render(request, "design/components.html")
