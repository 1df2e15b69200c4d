"""Going away: by one's own choice, or reported as having died."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P1, TRACE, classified


@classified(
    id=TRACE,
    user=TRACE,
    cause=TRACE,
    started_at=TRACE,
    due_at=TRACE,
    ended_at=TRACE,
    reported_at=TRACE,
    reported_by=TRACE,
    reporter=P1,
    checked_by=TRACE,
    checker=P1,
)
class Farewell(models.Model):
    """An account that waits to be erased: invisible, and its person can still come back until `due_at`.

    One open row (`ended_at` empty) is the state "erasing" or "stilled"; `ended_at` is when the person came
    back. Erasing takes the row along, so what is left of "erased" is the ledger alone.
    """

    class Cause(models.TextChoices):
        OWN = "own"
        DEATH = "death"

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="farewells")
    cause = models.CharField(max_length=5, choices=Cause)
    started_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Who reported the death and who checked it: ids, and words as they were then, for the person to read.
    reported_at = models.DateTimeField(null=True)
    reported_by = models.UUIDField(null=True)
    reporter = models.CharField(max_length=200, blank=True)
    checked_by = models.UUIDField(null=True)
    checker = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_open_farewell"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("started_at")), name="farewell_gives_time"),
            models.CheckConstraint(condition=Q(cause__in=["own", "death"]), name="farewell_has_a_cause"),
            models.CheckConstraint(
                condition=Q(cause="death", reported_at__isnull=False) | Q(cause="own", reported_at=None),
                name="farewell_of_death_was_reported",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(reported_by=None) | ~Q(checked_by=F("reported_by")),
                name="farewell_checked_by_another",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="farewell_due")]
