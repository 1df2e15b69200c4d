"""Lost words: what somebody typed survives the sign-in page. Filled in by the next commit."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The sign-in page that carries the posted fields."""
    return TemplateResponse(request, "accounts/sign_in.html")


def again_page(request: HttpRequest) -> HttpResponse:
    """The page that asks for a fresh code and carries the posted fields."""
    return TemplateResponse(request, "accounts/again.html")
