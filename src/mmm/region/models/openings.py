"""What a region recorded before it opens, and who opened and closed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import TRACE, classified
from mmm.region.models.places import Region


@classified(id=TRACE, region=TRACE, item=TRACE, at=TRACE, by=TRACE, undone_at=TRACE)
class Promise(models.Model):
    """Something of the checklist that no data can show: this person said at this moment that it is done."""

    class Item(models.TextChoices):
        FALLBACK_AGREED = "fallback_agreed", _("The help outside the region agreed, on paper")
        NUMBERS_CALLED = "numbers_called", _("Somebody called every number, and a person answered")
        GUIDE_READ = "guide_read", _("The listeners read the page about a worrying text")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="promises")
    item = models.CharField(max_length=20, choices=Item)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "item"], condition=Q(undone_at__isnull=True), name="promise_once"
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.item}"


@classified(
    id=TRACE,
    region=TRACE,
    asked_at=TRACE,
    asked_by=TRACE,
    confirmed_at=TRACE,
    confirmed_by=TRACE,
    ended_at=TRACE,
    ended_by=TRACE,
)
class Opening(models.Model):
    """One of coordinator and deputy asked to open the region, the other said yes; later somebody closed it.

    At most one that has not ended for each region.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="openings")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(ended_at__isnull=True), name="opening_once"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("confirmed_by")), name="opening_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
