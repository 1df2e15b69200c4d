"""One page: one query, one small template, nobody signed in."""

from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

SMALL = """<!DOCTYPE html><html lang="en"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><ul>{% for number in numbers %}<li>{{ number }}</li>{% endfor %}</ul></body>
</html>"""


def floor(request: HttpRequest) -> HttpResponse:
    """The floor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nr FROM region_profession ORDER BY nr")
        numbers = [row[0] for row in cursor.fetchall()]
    page = _template().render({"title": "Floor", "numbers": numbers}, request)
    return HttpResponse(page)


@cache
def _template() -> Any:
    """Compiled once, as Django's cached loader does."""
    return engines["django"].from_string(SMALL)


urlpatterns = [path("", floor)]
