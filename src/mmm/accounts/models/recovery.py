"""Getting in again with the help of a person: the sentence, and the request that takes 72 hours."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mmm.accounts.models.letters import Letter
from mmm.foundation import clock, ids
from mmm.foundation.dataclass import TRACE, classified


@classified(user=TRACE, fingerprint=TRACE, set_at=TRACE)
class Sentence(models.Model):
    """The sentence somebody chose to be known by when all else is lost. A keyed fingerprint only."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="sentence"
    )
    fingerprint = models.CharField(max_length=64)
    set_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"sentence of {self.pk}"


@classified(
    id=TRACE,
    number=TRACE,
    user=TRACE,
    region_id=TRACE,
    helped_by=TRACE,
    requested_at=TRACE,
    waiting_at=TRACE,
    ready_at=TRACE,
    expires_at=TRACE,
    letter=TRACE,
    stopped_at=TRACE,
    allowed_again_at=TRACE,
    used_at=TRACE,
    ended_at=TRACE,
)
class Recovery(models.Model):
    """requested -> waiting -> ready -> used / stopped / expired; computed at read (`recovery.state_of`).

    `user` is known from the moment the sentence fits. `ended_at` closes a row: used, stopped, or past its
    time when the next one began.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=6)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="recoveries"
    )
    region_id = models.UUIDField()
    helped_by = models.UUIDField(null=True)
    requested_at = models.DateTimeField(default=clock.now)
    waiting_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    letter = models.OneToOneField(Letter, on_delete=models.SET_NULL, null=True, related_name="recovery")
    stopped_at = models.DateTimeField(null=True)
    allowed_again_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region_id", "requested_at"], name="recovery_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, waiting_at__isnull=True, ready_at__isnull=True)
                | Q(user__isnull=False, waiting_at__isnull=False, ready_at__isnull=False),
                name="recovery_somebody_waits",
            ),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | Q(ready_at__gt=F("waiting_at")),
                name="recovery_waits_first",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("ready_at"), stopped_at__isnull=True),
                name="recovery_used_when_ready_and_not_stopped",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(waiting_at__isnull=False),
                name="recovery_stopped_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, stopped_at__isnull=True) | Q(ended_at__isnull=False),
                name="recovery_used_or_stopped_is_ended",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="recovery_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}"
