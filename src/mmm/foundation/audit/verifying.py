"""Finding out whether the look log was tampered with.

The chain shows a row that was changed, removed or moved. Rows cut off at the end together with the head, or a
whole chain that is gone, show only against a list of heads that was stored elsewhere before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from mmm.foundation import clock, crypto
from mmm.foundation.audit import chain
from mmm.foundation.audit.models import Checkpoint, Head, LookRow


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in one person's chain is not as it was written."""

    vault_id: UUID
    seq: int
    what: str

    def __str__(self) -> str:
        return f"vault {self.vault_id.hex}, row {self.seq}: {self.what}"


def verify() -> Iterator[Problem]:
    """Check every chain; yields what is wrong. Each person in a short transaction, while others may read."""
    vaults: set[UUID] = set()
    for model in (Head, Checkpoint, LookRow):
        vaults.update(model.objects.order_by().values_list("vault_id", flat=True).distinct())
    for vault_id in sorted(vaults):
        yield from verify_vault(vault_id)


def verify_vault(vault_id: UUID) -> list[Problem]:
    """Check one person's chain, from its checkpoint to its head."""
    found: list[Problem] = []
    with transaction.atomic():
        # The head's lock keeps new looks out while rows and head are compared.
        head = Head.objects.select_for_update().filter(pk=vault_id).first()
        mac, seq = chain.START, 0
        point = Checkpoint.objects.filter(pk=vault_id).first()
        if point is not None:
            mac, seq = bytes(point.mac), point.seq
            if not chain.holds(chain.checkpoint(point), bytes(point.signature)):
                found.append(Problem(vault_id, seq, "the checkpoint was changed"))
        for row in LookRow.objects.filter(vault_id=vault_id).order_by("seq").iterator():
            if row.seq != seq + 1:
                found.append(Problem(vault_id, seq + 1, "missing"))
            if not chain.holds(chain.link(mac, row), bytes(row.mac)):
                found.append(Problem(vault_id, row.seq, "changed, or what stood before it was"))
            mac, seq = bytes(row.mac), row.seq
        if head is None or (head.seq, bytes(head.mac)) != (seq, mac):
            found.append(Problem(vault_id, seq, "the chain does not end where its head says"))
    return found


def heads() -> str:
    """A signed list of where each chain ends now, one a line, to be stored on another machine."""
    lines = [f"look-log heads {clock.now().isoformat()}"]
    rows = Head.objects.order_by("vault_id").values_list("vault_id", "seq", "mac")
    lines += [f"{vault_id.hex} {seq} {bytes(mac).hex()}" for vault_id, seq, mac in rows.iterator()]
    body = "\n".join(lines) + "\n"
    return f"{body}signature {chain.sign(body.encode()).hex()}\n"


def verify_against(stored: str) -> Iterator[Problem]:
    """Check the chains against a list that `heads` printed earlier; yields what is gone or differs since.

    Chains of erased persons may be gone. Raises ValueError when the list is not as this server signed it.
    """
    body, _, signature = stored.strip().rpartition("\n")
    word, _, mac = signature.partition(" ")
    body += "\n"
    if word != "signature" or not chain.holds(body.encode(), _bytes(mac)):
        raise ValueError("this list of heads was not signed by this server, or was changed")
    for line in body.splitlines()[1:]:
        vault, number, stored_mac = line.split()
        problem = _compare(UUID(hex=vault), int(number), _bytes(stored_mac))
        if problem:
            yield problem


def _compare(vault_id: UUID, seq: int, mac: bytes) -> Problem | None:
    point = Checkpoint.objects.filter(pk=vault_id).first()
    if point is not None and point.seq > seq:
        return None  # pruned since: `verify` has checked the checkpoint's signature
    if point is not None and point.seq == seq:
        found: bytes | None = bytes(point.mac)
    else:
        row = LookRow.objects.filter(vault_id=vault_id, seq=seq).first()
        found = bytes(row.mac) if row else None
    if found == mac:
        return None
    if found is None and not crypto.vault_alive(vault_id):
        return None
    return Problem(vault_id, seq, "gone since the list was made" if found is None else "not as in the list")


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""
