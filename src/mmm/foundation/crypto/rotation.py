"""Re-wrapping vault keys under the newest key-encryption key. Texts are not touched."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from mmm.foundation.crypto import keys
from mmm.foundation.crypto.errors import Unreadable
from mmm.foundation.crypto.models import Vault
from mmm.foundation.crypto.vaults import KEYS

BATCH = 200


def rewrap_all() -> Iterator[tuple[UUID, bool]]:
    """Wrap every vault key anew that is not under the newest version; yields each vault and if it worked.

    Each vault is a transaction of its own: stopped at any point, nothing is unreadable, and the next run goes
    on with what is left. A vault whose own key-encryption key is missing stays as it is. Raises KeysMissing.
    """
    newest, last = keys.newest_version(), UUID(int=0)
    while True:
        waiting = Vault.objects.exclude(kek_version=newest).filter(pk__gt=last).order_by("pk")
        batch = list(waiting.values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        for vault_id in batch:
            try:
                _rewrap(vault_id)
            except Unreadable:
                yield vault_id, False
            else:
                yield vault_id, True
        last = batch[-1]


def _rewrap(vault_id: UUID) -> None:
    with transaction.atomic(using=KEYS):
        # Locked, so that a key that is being destroyed at this moment does not come back.
        vault = Vault.objects.select_for_update().filter(pk=vault_id).first()
        if vault is None:
            return
        key = keys.unwrap(vault.pk, vault.kek_version, bytes(vault.wrapped_key))
        vault.kek_version, vault.wrapped_key = keys.wrap(vault.pk, key)
        vault.save(update_fields=["kek_version", "wrapped_key"])


def versions_in_use() -> dict[int, int]:
    """How many vaults are wrapped by each version."""
    return dict(Vault.objects.order_by().values_list("kek_version").annotate(Count("pk")))
