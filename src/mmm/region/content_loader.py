"""Puts the shipped regions, municipalities and professions into the database. Repeatable."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from mmm.foundation.public import raise_edition
from mmm.region.models import Municipality, Profession, Region

FOLDER = Path(__file__).parent / "content"


@transaction.atomic
def load() -> dict[str, int]:
    """Load all files; returns how many regions, municipalities and professions there are.

    Whether a region is open, and organisations, are the region's own and stay as they are.
    """
    tiles = {row["region_nr"]: row for row in _rows("region_tiles")}
    points = {row["municipality"]: row for row in _rows("municipality_points")}
    regions: dict[str, Region] = {}
    for row in _rows("labour_market_regions"):
        nr = row["region_nr"]
        if nr not in regions:
            tile = tiles[nr]
            regions[nr], _ = Region.objects.update_or_create(
                nr=int(nr),
                defaults={
                    "name": row["region"],
                    "slug": slugify(row["region"].replace("/", " ")),
                    "code": tile["code"],
                    "column": int(tile["column"]),
                    "row": int(tile["row"]),
                },
            )
        point = points[row["municipality"]]
        Municipality.objects.update_or_create(
            name=row["municipality"],
            defaults={
                "region": regions[nr],
                "lat": float(point["latitude"]),
                "lon": float(point["longitude"]),
                "to_check": row["to_check"] == "yes",
            },
        )
    for row in _rows("professions"):
        Profession.objects.update_or_create(
            nr=int(row["nr"]),
            defaults={
                "slug": slugify(row["name_nl"].replace("/", " "))[:80],
                "name_nl": row["name_nl"],
                "name_en": row["name_en"],
                "chain_link": row["chain_link"],
            },
        )
    raise_edition()
    return {
        "regions": Region.objects.count(),
        "municipalities": Municipality.objects.count(),
        "professions": Profession.objects.count(),
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")
