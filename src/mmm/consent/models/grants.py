"""Grants: who may read what, until when; and the draft of one while the person is deciding."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mmm.foundation import crypto, ids
from mmm.foundation.dataclass import P2, TRACE, classified


@classified(
    id=TRACE,
    share_id=TRACE,
    owner=TRACE,
    vault_id=TRACE,
    kind=TRACE,
    thing_id=TRACE,
    data_class=TRACE,
    reader=TRACE,
    membership=TRACE,
    until=TRACE,
    created_at=TRACE,
    revoked_at=TRACE,
    knows_unchecked=TRACE,
    knows_income=TRACE,
    purpose=P2,
)
class Grant(models.Model):
    """One thing of one person, open to one named reader in one membership, for one purpose, until one day.

    Immutable but for `revoked_at`, which is set once; a trigger in the database holds that. `knows_unchecked`
    and `knows_income`: the person read, before sharing, what it means that nobody checked this organisation,
    or that this reader works where benefits are decided.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    share_id = models.UUIDField()  # the things that were shared in one go
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants_given")
    vault_id = models.UUIDField()
    kind = models.CharField(max_length=32)
    thing_id = models.UUIDField()
    data_class = models.CharField(max_length=2)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants_held")
    membership = models.ForeignKey("region.Membership", models.CASCADE, related_name="+")
    until = models.DateField()  # that day included
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    knows_unchecked = models.BooleanField(default=False)
    knows_income = models.BooleanField(default=False)
    purpose = crypto.SealedField(data_class=P2, vault="vault_id", version=None, item="thing_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(owner=F("reader")), name="never_to_oneself"),
            models.UniqueConstraint(
                fields=["thing_id", "reader", "membership"],
                condition=Q(revoked_at=None),
                name="one_open_grant_for_a_thing_and_reader",
            ),
        ]
        indexes = [models.Index(fields=["reader", "membership", "until"])]


@classified(id=TRACE, owner=TRACE, vault_id=TRACE, created_at=TRACE, version=TRACE, choices=P2)
class Draft(models.Model):
    """What the person is choosing before anything is shared. Gone when shared, or after a day."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    vault_id = models.UUIDField()
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    choices = crypto.SealedField(data_class=P2, vault="vault_id")
