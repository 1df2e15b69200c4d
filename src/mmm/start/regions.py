"""The regions on the front page: a list, and the same as a tile map."""

from django.urls import reverse

from mmm.design.shapes import Tile
from mmm.region import selectors


def tiles() -> list[Tile]:
    """A tile for each region, by name; empty when no region was loaded yet. One query."""
    return [
        Tile(
            region.code, region.name, reverse("region:region", args=[region.slug]), region.column, region.row
        )
        for region in selectors.regions()
    ]
