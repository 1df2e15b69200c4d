"""Vaults: making, opening and destroying the data key of one person or thing.

Order matters. Making: key first, then the rows that need it. Erasing: ledger line first, then the key, then
the rows; each step can be repeated.
"""

import datetime as dt
import secrets
from collections.abc import Collection
from uuid import UUID

from django.db import connections, transaction

from mmm.foundation import clock, ids, lines
from mmm.foundation.crypto import keys
from mmm.foundation.crypto.errors import Unreadable
from mmm.foundation.crypto.models import Erasure, Vault

KEYS = "keys"
LEDGER = "erasures.log"


def create_vault(kind: str) -> UUID:
    """Make a vault with a fresh random key and return its id.

    The row lies in the `keys` database and stands by itself: when the caller's transaction fails, an unused
    key is left behind, which is harmless. Raises KeysMissing.
    """
    vault_id = ids.new()
    version, wrapped = keys.wrap(vault_id, secrets.token_bytes(keys.KEY_BYTES))
    Vault.objects.create(
        id=vault_id, kind=kind, kek_version=version, wrapped_key=wrapped, created_at=clock.now()
    )
    return vault_id


def open_key(vault_id: UUID) -> bytes:
    """The vault's data key: one query on `keys`. Raises Unreadable when it was destroyed or changed."""
    # Not first(): its ordering costs a third of this query, and every page that opens text asks it.
    for version, wrapped in Vault.objects.filter(pk=vault_id).values_list("kek_version", "wrapped_key"):
        return keys.unwrap(vault_id, version, bytes(wrapped))
    raise Unreadable


def open_keys(vault_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The data keys of several vaults: one query on `keys`. One that was destroyed is not in it."""
    rows = Vault.objects.filter(pk__in=list(vault_ids)).values_list("pk", "kek_version", "wrapped_key")
    return {vault_id: keys.unwrap(vault_id, version, bytes(wrapped)) for vault_id, version, wrapped in rows}


def vault_alive(vault_id: UUID) -> bool:
    """Whether the vault still has a key."""
    return Vault.objects.filter(pk=vault_id).exists()


def destroy_vault(vault_id: UUID) -> None:
    """Make everything sealed in this vault unreadable for ever. Repeating it changes nothing.

    First the ledger (row and file), then the wrapped key is overwritten, then its row removed. On SQLite the
    write-ahead log is emptied, because it still holds the page with the old wrapped key.
    """
    at = clock.now()
    _, new = Erasure.objects.get_or_create(vault_id=vault_id, defaults={"at": at})
    alive = vault_alive(vault_id)
    if new or alive:
        lines.append(LEDGER, f"{vault_id.hex} {at.isoformat()}")
    if alive:
        _destroy_key(vault_id)


def _destroy_key(vault_id: UUID) -> None:
    with transaction.atomic(using=KEYS):
        Vault.objects.filter(pk=vault_id).update(wrapped_key=secrets.token_bytes(60), kek_version=0)
        Vault.objects.filter(pk=vault_id).delete()
    forget_old_pages()


def forget_old_pages() -> None:
    """On SQLite: empty the write-ahead log, which still holds what was just overwritten. Else nothing."""
    connection = connections[KEYS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replay_erasures() -> list[UUID]:
    """After a restore: destroy every vault that the ledger (rows and file) names, once more.

    Returns all vaults the ledger names; rows that are left of them must be removed by their rooms.
    """
    known = dict(Erasure.objects.values_list("vault_id", "at"))
    in_file = _read_ledger_file()
    Erasure.objects.bulk_create(
        [Erasure(vault_id=vault_id, at=at) for vault_id, at in in_file.items() if vault_id not in known],
        ignore_conflicts=True,
    )
    named = {**in_file, **known}
    for vault_id in Vault.objects.filter(pk__in=named).values_list("pk", flat=True):
        _destroy_key(vault_id)
    return sorted(named)


def _read_ledger_file() -> dict[UUID, dt.datetime]:
    found: dict[UUID, dt.datetime] = {}
    for words in lines.read(LEDGER):
        try:
            vault_id, at = words
            found[UUID(hex=vault_id)] = dt.datetime.fromisoformat(at)
        except ValueError:
            continue  # half a line: the machine stopped while writing; that erasure was never confirmed
    return found
