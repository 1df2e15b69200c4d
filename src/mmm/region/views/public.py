"""Public pages of the regions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mmm.design.shapes import Tile
from mmm.foundation.public import public_page
from mmm.region import hours, selectors

if TYPE_CHECKING:
    from mmm.region.models import Region


@require_safe
@public_page
def regions(request: HttpRequest) -> HttpResponse:
    """All regions: a list that says which take part, and a map with the same links."""
    rows = list(selectors.regions_with_state())
    context = {"regions": rows, "tiles": tiles(rows)}
    return TemplateResponse(request, "region/regions.html", context)


@require_safe
@public_page
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One region: whether it is open, whom to call, which organisations take part, its municipalities."""
    found = selectors.region(slug)
    if found is None:
        raise Http404
    points = selectors.contact_points(found.id)
    context = {
        "region": found,
        "open_now": found.takes_part,
        "points": points,
        "phones": [(point, list(hours.spans(hours.told(point.hours)))) for point in points["phone"]],
        "organisations": list(selectors.organisations_taking_part(found.id)),
    }
    return TemplateResponse(request, "region/region.html", context)


def tiles(rows: Iterable["Region"], current: str = "") -> list[Tile]:
    """The tile map of these regions; `current` is the slug of the region that is marked."""
    return [
        Tile(
            name=row.name,
            code=row.code,
            url=reverse("region:region", args=[row.slug]),
            column=row.column,
            row=row.row,
            current=row.slug == current,
        )
        for row in rows
    ]
