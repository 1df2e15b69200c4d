"""Where: the regions and their municipalities."""

from django.db import models

from mmm.foundation import ids
from mmm.foundation.dataclass import P0, TRACE, classified


@classified(id=TRACE, nr=P0, name=P0, slug=P0, code=P0, column=P0, row=P0, is_open=P0)
class Region(models.Model):
    """One of the labour-market regions. `column` and `row` are its place on the tile map, counted from 1.

    `is_open`: two people opened it and nobody closed it. Its list decides, too: see `checklist`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    nr = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=2, unique=True)
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()
    is_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@classified(id=TRACE, region=P0, name=P0, lat=P0, lon=P0, to_check=P0)
class Municipality(models.Model):
    """A municipality with the point of its main place (WGS84 degrees). `to_check`: the region is in doubt."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    name = models.CharField(max_length=80, unique=True)
    lat = models.FloatField()
    lon = models.FloatField()
    to_check = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
