"""What is new for a person, and how they want to hear of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P1, TRACE, classified


@classified(
    id=TRACE,
    user=TRACE,
    kind=TRACE,
    key=TRACE,
    view=TRACE,
    args=TRACE,
    made_at=TRACE,
    mail_at=TRACE,
    mailed_at=TRACE,
    seen_at=TRACE,
)
class Notice(models.Model):
    """Something is new for a person: its kind and where it is, no word of it.

    `mail_at`: when a mail about it is due; empty when none is (any more).
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    view = models.CharField(max_length=100)
    args = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)
    mail_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="accounts_one_notice"),
        ]
        indexes = [
            models.Index(fields=["user", "kind"], condition=Q(seen_at=None), name="accounts_new_notices"),
            models.Index(fields=["user", "made_at"], name="accounts_notices"),
        ]


@classified(id=TRACE, user=TRACE, kind=TRACE, way=P1)
class NoticeChoice(models.Model):
    """How a person wants to hear of one kind of notice; no row: as the kind says."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    way = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="accounts_one_choice")]


@classified(user=TRACE, quiet_from=P1, quiet_until=P1, paused=P1, mail_by_default=P1)
class NoticeHours(models.Model):
    """When a person wants no mail; no row: not at night. Hours of the clock in Europe/Amsterdam.

    From and until the same hour: no quiet hours. `mail_by_default` is off for who shares a device: then no
    kind is mailed until the person chooses it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notice_hours"
    )
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_until = models.PositiveSmallIntegerField(default=8)
    paused = models.BooleanField(default=False)
    mail_by_default = models.BooleanField(default=True)
