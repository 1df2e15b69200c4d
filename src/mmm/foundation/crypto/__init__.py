"""Vaults and sealed text. See README.md in this folder.

Rooms write `from mmm.foundation import crypto`, also in their models.py. Names that need this app's own
models are looked up at first use, because Django imports this package before it loads models.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mmm.foundation.crypto import secret_box, server_box
from mmm.foundation.crypto.errors import Forbidden, KeysMissing, SealedTextError, Unreadable
from mmm.foundation.crypto.keys import key_encryption_keys
from mmm.foundation.crypto.receipts import Receipt
from mmm.foundation.crypto.sealed import Sealed, SealedField, seal, seal_json, unseal, unseal_json
from mmm.foundation.crypto.server_box import fingerprint

if TYPE_CHECKING:
    from mmm.foundation.crypto.vaults import create_vault, destroy_vault, replay_erasures, vault_alive

_LATER = {
    "create_vault": "vaults",
    "destroy_vault": "vaults",
    "replay_erasures": "vaults",
    "vault_alive": "vaults",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


__all__ = [
    "Forbidden",
    "KeysMissing",
    "Receipt",
    "Sealed",
    "SealedField",
    "SealedTextError",
    "Unreadable",
    "create_vault",
    "destroy_vault",
    "fingerprint",
    "key_encryption_keys",
    "replay_erasures",
    "seal",
    "seal_json",
    "secret_box",
    "server_box",
    "unseal",
    "unseal_json",
    "vault_alive",
]
