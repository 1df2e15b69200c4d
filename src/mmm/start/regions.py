"""The tile map on the front page: where each region lies, roughly, on a grid of 6 by 9."""

from django.urls import reverse

from mmm.design.shapes import Tile
from mmm.region import selectors

# Short code, column and row.
PLACES: dict[str, tuple[str, int, int]] = {
    "Friesland": ("FR", 5, 1),
    "Groningen": ("GR", 6, 1),
    "Noord-Holland Noord": ("NN", 3, 2),
    "Regio Zwolle": ("ZW", 5, 2),
    "Drenthe": ("DR", 6, 2),
    "Zuid-Kennemerland en IJmond": ("ZK", 2, 3),
    "Zaanstreek/Waterland": ("ZA", 3, 3),
    "Flevoland": ("FL", 4, 3),
    "Stedendriehoek en Noordwest Veluwe": ("SV", 5, 3),
    "Twente": ("TW", 6, 3),
    "Holland Rijnland": ("HR", 2, 4),
    "Groot Amsterdam": ("GA", 3, 4),
    "Gooi en Vechtstreek": ("GV", 4, 4),
    "Amersfoort": ("AM", 5, 4),
    "Achterhoek": ("AC", 6, 4),
    "Haaglanden": ("HA", 1, 5),
    "Zuid-Holland Centraal": ("ZC", 2, 5),
    "Midden-Holland": ("MH", 3, 5),
    "Midden-Utrecht": ("MU", 4, 5),
    "FoodValley": ("FV", 5, 5),
    "Midden-Gelderland": ("MG", 6, 5),
    "Rijnmond": ("RM", 2, 6),
    "Drechtsteden": ("DS", 3, 6),
    "Gorinchem": ("GO", 4, 6),
    "Rivierenland": ("RL", 5, 6),
    "Rijk van Nijmegen": ("RN", 6, 6),
    "Zeeland": ("ZE", 1, 7),
    "West-Brabant": ("WB", 2, 7),
    "Midden-Brabant": ("MB", 3, 7),
    "Noordoost-Brabant": ("NB", 4, 7),
    "Noord-Limburg": ("NL", 6, 7),
    "Zuidoost-Brabant": ("ZO", 4, 8),
    "Helmond-De Peel": ("HP", 5, 8),
    "Midden-Limburg": ("ML", 6, 8),
    "Zuid-Limburg": ("ZL", 6, 9),
}


def tiles() -> list[Tile]:
    """A tile for each region we know the place of, by name; empty when none were loaded yet. One query."""
    found = []
    for region in selectors.regions():
        if region.name in PLACES:
            code, column, row = PLACES[region.name]
            found.append(Tile(code, region.name, reverse("region:detail", args=[region.slug]), column, row))
    return sorted(found, key=lambda tile: tile.name)
