"""All of the project's addresses, and the frame of a signed-in page with nothing in it."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from mmm.config.urls import handler400, handler403, handler404, handler500
from mmm.config.urls import urlpatterns as project
from mmm.content.search import calm
from mmm.demo.bench import many

__all__ = ["handler400", "handler403", "handler404", "handler500", "many", "urlpatterns"]

calm.MOST = 1_000_000  # all visitors of a benchmark come from one address


def bare(request: HttpRequest) -> HttpResponse:
    """The frame alone."""
    return TemplateResponse(request, "design/base.html")


urlpatterns = [path("bare/", bare), *project]
