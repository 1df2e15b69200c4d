"""Removing looks: those past their term, and those of an erased person. Nothing else may delete a look."""

import contextlib
import datetime as dt
import logging
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from mmm.foundation import clock
from mmm.foundation.audit import chain
from mmm.foundation.audit.models import Checkpoint, Gate, Head, LookRow, MachineCount

log = logging.getLogger(__name__)


@contextlib.contextmanager
def _gate_open() -> Iterator[None]:
    """Inside the block this transaction may delete looks; no other transaction ever sees the gate."""
    with transaction.atomic():
        gate = Gate.objects.create()
        yield
        gate.delete()


def erase(vault_id: UUID) -> int:
    """Remove every trace of looks at an erased person; returns how many there were. May be repeated."""
    with _gate_open():
        removed, _ = LookRow.objects.filter(vault_id=vault_id).delete()
        for model in (Head, Checkpoint, MachineCount):
            model.objects.filter(vault_id=vault_id).delete()
    return removed


def prune(before: dt.datetime) -> int:
    """Remove looks older than `before` (aware); returns how many.

    Per person in a transaction of its own, from the start of the chain without gaps; a signed checkpoint
    takes the place of what was removed, so that the rest can still be verified. A chain that does not hold
    is left as it is, as evidence, and logged.
    """
    removed = 0
    old = LookRow.objects.filter(at__lt=before).values_list("vault_id", flat=True).distinct().order_by()
    for vault_id in list(old):
        removed += _prune_vault(vault_id, before)
    MachineCount.objects.filter(day__lt=before.date()).delete()
    return removed


def _prune_vault(vault_id: UUID, before: dt.datetime) -> int:
    with _gate_open():
        Head.objects.select_for_update().filter(pk=vault_id).first()
        point = Checkpoint.objects.filter(pk=vault_id).first()
        mac, seq = (bytes(point.mac), point.seq) if point else (chain.START, 0)
        whole = point is None or chain.holds(chain.checkpoint(point), bytes(point.signature))
        first = seq
        for row in LookRow.objects.filter(vault_id=vault_id).order_by("seq").iterator():
            whole = whole and row.seq == seq + 1 and chain.holds(chain.link(mac, row), bytes(row.mac))
            if not whole:
                log.error(
                    "look log of vault %s does not hold at row %s; nothing was pruned", vault_id.hex, row.seq
                )
                return 0
            if row.at >= before:
                break
            mac, seq = bytes(row.mac), row.seq
        if seq == first:
            return 0
        point = Checkpoint(vault_id=vault_id, seq=seq, mac=mac, at=clock.now())
        point.signature = chain.sign(chain.checkpoint(point))
        point.save()
        return LookRow.objects.filter(vault_id=vault_id, seq__lte=seq).delete()[0]
