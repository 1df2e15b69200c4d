"""What an account that nobody uses was told."""

from django.conf import settings
from django.db import models

from mmm.foundation.dataclass import TRACE, classified


@classified(id=TRACE, user=TRACE, seen_on=TRACE, step=TRACE, sent_on=TRACE)
class IdleWarning(models.Model):
    """Step 1, 2 or 3 was sent to somebody last seen on `seen_on`. Who comes back begins anew."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_on = models.DateField()
    step = models.PositiveSmallIntegerField()
    sent_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "seen_on", "step"], name="idle_warned_once")]
