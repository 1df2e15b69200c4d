"""Somebody told a region that a person has died."""

from django.db import models
from django.db.models import F, Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P1, TRACE, classified
from mmm.region.models.places import Region


@classified(
    id=TRACE,
    region=TRACE,
    subject=TRACE,
    reported_by=TRACE,
    reporter=P1,
    reported_at=TRACE,
    checked_by=TRACE,
    checked_at=TRACE,
)
class DeathReport(models.Model):
    """A report about whoever has the address that was filled in; whether somebody has it does not show here.

    `subject` is a keyed fingerprint of that address: the second coordinator fills in the same one. A row
    about an address without account lives and ends like any other.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    reported_by = models.UUIDField(null=True)
    reporter = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField(default=clock.now)
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "subject"], condition=Q(checked_at=None), name="death_reported_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(reported_by=None) | ~Q(checked_by=F("reported_by")),
                name="death_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
