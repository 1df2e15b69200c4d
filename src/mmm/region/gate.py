"""A real installation opens when five things are on record (mission, room region); until then a page says so.

Outside production there is no gate (`settings.GATE`). Signing in stays open, so that the region can prepare.
"""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from mmm.region.models import GateRecord

# Where somebody would begin, write, or give something of theirs away.
ROOMS: Final = frozenset({"stories", "consent"})
PAGES: Final = frozenset({"accounts:join"})
WORDS: Final = ("letter", "paper")  # in the name of a page: accounts by letter, letters to readers


def record(item: str, words: str) -> GateRecord:
    """Put something on record. Raises ValueError for an unknown item or no words."""
    if item not in GateRecord.Item.values or not words.strip():
        raise ValueError("Name one of the items, and say it in words.")
    return GateRecord.objects.create(item=item, words=words.strip()[:300])


def on_record() -> dict[str, GateRecord]:
    """The line that holds now, by item."""
    return {row.item: row for row in GateRecord.objects.order_by("recorded_at")}


def missing() -> list[str]:
    """What is not on record yet, in words."""
    there = on_record()
    return [str(label) for item, label in GateRecord.Item.choices if item not in there]


class Gate:
    """Middleware: in production, pages behind the gate answer 503 until everything is on record."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Records are never removed, so a gate that was open stays open for the life of this process.
        self._open = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The calm page instead of the view, where that is due."""
        if not settings.GATE or self._open or not _behind(request):
            return None
        self._open = not missing()
        if self._open:
            return None
        return TemplateResponse(request, "region/gate.html", status=503).render()


def _behind(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    name = match.view_name or ""
    return match.namespace in ROOMS or name in PAGES or any(word in name for word in WORDS)
