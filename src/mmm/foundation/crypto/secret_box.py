"""Secrets of a person that the server itself must be able to use, such as the seed of a code app.

They are locked with the key of the person's vault, so they rotate with it and end when it is destroyed. They
are no text about anybody: there is no look log for them, and no receipt.
"""

import base64
import binascii
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mmm.foundation.crypto.errors import Unreadable
from mmm.foundation.crypto.keys import NONCE_BYTES


def lock(vault_id: UUID, secret: str) -> str:
    """`secret` as `<vault>.<base64>`, to be kept in a text column. Raises Unreadable without the vault."""
    from mmm.foundation.crypto.vaults import open_key

    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(open_key(vault_id)).encrypt(nonce, secret.encode(), _place(vault_id))
    return f"{vault_id.hex}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unlock(locked: str) -> str:
    """The secret. Raises Unreadable when it was changed, or when the vault was destroyed."""
    from mmm.foundation.crypto.vaults import open_key

    vault, _dot, packet = locked.partition(".")
    try:
        vault_id, raw = UUID(hex=vault), base64.urlsafe_b64decode(packet)
        key = open_key(vault_id)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(vault_id)).decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise Unreadable from None


def _place(vault_id: UUID) -> bytes:
    return f"mmm secret|{vault_id.hex}".encode()
