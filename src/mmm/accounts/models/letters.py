"""Ways in without e-mail: the letter, and codes on paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import TRACE, classified


@classified(
    id=TRACE,
    user=TRACE,
    region_id=TRACE,
    made_by=TRACE,
    code=TRACE,
    pin=TRACE,
    place=TRACE,
    made_at=TRACE,
    expires_at=TRACE,
    used_at=TRACE,
    ended_at=TRACE,
)
class Letter(models.Model):
    """A printed letter with a code and a PIN, both kept as keyed fingerprints only.

    Not used yet: whoever has both makes an account with it, or, when `user` is set already (recovery), gets
    into that account anew. Used: it is how this person signs in. Nothing says whom it was meant for.
    `place` is the fingerprint of the network of the last sign-in.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="entry_letters"
    )
    region_id = models.UUIDField()
    made_by = models.UUIDField(null=True)
    code = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=64)
    place = models.CharField(max_length=64, default="")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region_id", "made_at"], name="letter_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(user__isnull=False), name="letter_used_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=False, ended_at__isnull=True),
                name="letter_one_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


@classified(id=TRACE, user=TRACE, code=TRACE, made_at=TRACE, used_at=TRACE)
class PaperCode(models.Model):
    """A code that somebody printed for themselves; it lets them in once. Kept as a keyed fingerprint only."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paper_codes")
    code = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"paper code {self.pk}"
