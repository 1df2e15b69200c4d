from django.db import models

from mmm.foundation import crypto, ids
from mmm.foundation.dataclass import P2, TRACE, classified


@classified(
    id=TRACE, vault_id=TRACE, seq=TRACE, at=TRACE, reader_id=TRACE, membership_id=TRACE, words=P2, mac=TRACE
)
class LookRow(models.Model):
    """Somebody else opened texts of one person: one row per page view, never changed (triggers hold that)."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    vault_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    reader_id = models.UUIDField()
    membership_id = models.UUIDField(null=True)
    # Who and what, in words, as they were at that moment: {"reader": str, "items": [[kind, id, label], ...]}
    words = crypto.SealedField(data_class=P2, version=None)
    mac = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_look"
        constraints = [models.UniqueConstraint(fields=["vault_id", "seq"], name="audit_look_seq")]


@classified(vault_id=TRACE, seq=TRACE, mac=TRACE)
class Head(models.Model):
    """The end of one person's chain; its lock makes numbers and links right when people read at once."""

    vault_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    mac = models.BinaryField(max_length=32)


@classified(vault_id=TRACE, seq=TRACE, mac=TRACE, at=TRACE, signature=TRACE)
class Checkpoint(models.Model):
    """The chain was pruned up to and including `seq`; the rest starts from `mac`. Signed by the server."""

    vault_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField()
    mac = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    signature = models.BinaryField(max_length=32)


@classified(id=TRACE, vault_id=TRACE, job=TRACE, day=TRACE, count=TRACE)
class MachineCount(models.Model):
    """How often a job of the machine opened a vault on one day, e.g. the owner's own export."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    vault_id = models.UUIDField()
    job = models.CharField(max_length=60)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vault_id", "job", "day"], name="audit_machine_day")]


@classified(id=TRACE)
class Gate(models.Model):
    """While a row is here, in the same transaction, looks may be deleted: by `erase` and `prune` only."""

    class Meta:
        db_table = "audit_gate"
