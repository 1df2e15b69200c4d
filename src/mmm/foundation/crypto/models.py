from django.db import models

from mmm.foundation import ids
from mmm.foundation.dataclass import TRACE, classified


@classified(id=TRACE, kind=TRACE, kek_version=TRACE, wrapped_key=TRACE, created_at=TRACE)
class Vault(models.Model):
    """A data key, wrapped. One per person, one per thing without an account. No key, no text."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.CharField(max_length=40)
    kek_version = models.PositiveIntegerField(db_index=True)
    wrapped_key = models.BinaryField(max_length=60)
    created_at = models.DateTimeField()


@classified(vault_id=TRACE, at=TRACE)
class Erasure(models.Model):
    """The ledger: this vault was erased. Never removed, so that a restored backup can be erased again."""

    vault_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
