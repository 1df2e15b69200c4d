"""The arithmetic of the chain: each row's MAC covers the row and the MAC before it.

HMAC-SHA256 (RFC 2104) under a key derived from the server secret. A row may carry the MAC of an earlier
secret, as long as that secret stands in SECRET_KEY_FALLBACKS.
"""

import datetime as dt
import hmac

from mmm.foundation.audit.models import Checkpoint, LookRow
from mmm.foundation.crypto.keys import derived
from mmm.foundation.crypto.sealed import ciphertext_of

# What comes before the first row of a chain.
START = bytes(32)


def sign(message: bytes) -> bytes:
    """The MAC of a message under the current server secret (32 bytes)."""
    return hmac.digest(derived("audit")[0], message, "sha256")


def holds(message: bytes, mac: bytes) -> bool:
    """Whether this MAC was made by this server for this message."""
    return any(hmac.compare_digest(hmac.digest(key, message, "sha256"), mac) for key in derived("audit"))


def link(before: bytes, row: LookRow) -> bytes:
    """The bytes a row's MAC covers: the MAC before it, every column, and the cipher text as it lies there."""
    member = row.membership_id.hex if row.membership_id else "-"
    ids = f"|look|{row.id.hex}|{row.vault_id.hex}|{row.seq}|{row.reader_id.hex}|{member}|{_moment(row.at)}|"
    return before + ids.encode() + (ciphertext_of(row.words) if row.words else b"")


def checkpoint(row: Checkpoint) -> bytes:
    """The bytes a checkpoint's signature covers."""
    facts = f"checkpoint|{row.vault_id.hex}|{row.seq}|{bytes(row.mac).hex()}|{_moment(row.at)}"
    return facts.encode()


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
