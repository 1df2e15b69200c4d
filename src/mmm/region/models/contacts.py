"""Whom one can call in a region, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mmm.foundation import ids
from mmm.foundation.dataclass import P0, TRACE, classified
from mmm.region.models.organisations import Organisation
from mmm.region.models.places import Region


@classified(
    id=TRACE,
    region=P0,
    organisation=P0,
    kind=P0,
    name=P0,
    phone=P0,
    web=P0,
    words=P0,
    hours=P0,
    source=P0,
    checked_on=P0,
    checked_by=TRACE,
)
class ContactPoint(models.Model):
    """A number or an address of a region, for everybody to see: data of third parties, with source and date.

    It is shown for a year after `checked_on`; then somebody has to look again (`contacts.FRESH`).
    `organisation`: whose formal complaint route it is; empty for the region as a whole.
    `hours`: on which weekday (0 = Monday) somebody answers, e.g. {"0": ["09:00", "17:00"]}; see `hours`.
    """

    class Kind(models.TextChoices):
        CRISIS = "crisis", _("crisis line")
        PHONE = "phone", _("phone of the region")
        COMPLAINT = "complaint", _("complaint route")
        FALLBACK = "fallback", _("help outside the region")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="contact_points")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="contact_points"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    web = models.URLField(max_length=200, blank=True)
    words = models.CharField(max_length=300, blank=True)
    hours = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=200)
    checked_on = models.DateField()
    checked_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def dialled(self) -> str:
        """The number as a phone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
