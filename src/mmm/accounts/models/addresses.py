"""Changes of the addresses by which somebody gets in, so that the main address can undo them for a while."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P1, TRACE, classified


@classified(
    id=TRACE,
    user=TRACE,
    old=P1,
    new=P1,
    was_main=TRACE,
    token=TRACE,
    requested_at=TRACE,
    active_at=TRACE,
    stopped_at=TRACE,
    expires_at=TRACE,
)
class AddressChange(models.Model):
    """requested -> active -> stopped / expired; computed at read (`addresses.state_of`).

    `old` goes and `new` comes; with only one of them an address went, or came beside. `was_main`: what went
    was the main address. `token` is the fingerprint of what the mail's link carries; empty without a link.
    The addresses themselves go from the row as soon as nothing can be undone.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_changes"
    )
    old = models.EmailField(max_length=254, default="", blank=True)
    new = models.EmailField(max_length=254, default="", blank=True)
    was_main = models.BooleanField(default=False)
    token = models.CharField(max_length=64, default="", db_index=True)
    requested_at = models.DateTimeField(default=clock.now)
    active_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(active_at__isnull=False),
                name="address_stopped_after_it_worked",
            ),
            models.CheckConstraint(
                condition=Q(token="") | Q(active_at__isnull=False),
                name="address_link_after_it_worked",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(active_at__isnull=True), name="address_asked_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"change of address {self.pk}"
