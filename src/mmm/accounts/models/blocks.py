"""Whom a person wants nothing to do with."""

from django.conf import settings
from django.db import models

from mmm.foundation import clock, crypto, ids
from mmm.foundation.dataclass import P2, TRACE, classified


@classified(id=TRACE, owner=TRACE, vault_id=TRACE, blocked=TRACE, created_at=TRACE, known_as=P2)
class Block(models.Model):
    """`owner` blocked a person: at once and silently. It says nothing about why.

    `known_as`: the name at work by which the owner knew them. The name of their own account is not the
    owner's to see.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks_made")
    vault_id = models.UUIDField()
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    known_as = crypto.SealedField(data_class=P2, vault="vault_id", version=None)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "blocked"], name="block_once")]

    def __str__(self) -> str:
        return f"block {self.pk}"
