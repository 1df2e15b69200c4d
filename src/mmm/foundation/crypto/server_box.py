"""Small sealed packets that travel through somebody's browser, and keyed fingerprints of addresses.

Not for stored text: these keys are the server's, not a person's.
"""

import base64
import binascii
import datetime as dt
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mmm.foundation import clock
from mmm.foundation.crypto.keys import NONCE_BYTES, derived

_CLOCKS_MAY_DIFFER = dt.timedelta(minutes=1)


def seal_token(purpose: str, data: dict[str, Any], *, bound_to: str) -> str:
    """`data` (anything JSON can hold) as a URL-safe token that opens only for this purpose and `bound_to`."""
    plain = json.dumps([clock.now().timestamp(), data], separators=(",", ":")).encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(derived(f"box {purpose}")[0]).encrypt(nonce, plain, bound_to.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def open_token(purpose: str, token: str, *, bound_to: str, max_age: dt.timedelta) -> dict[str, Any] | None:
    """What was sealed; None when it is older than `max_age`, was changed, or was made for something else."""
    try:
        # b64decode skips characters that do not belong; only one spelling of a token is a token.
        packet = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    for key in derived(f"box {purpose}"):
        try:
            plain = AESGCM(key).decrypt(packet[:NONCE_BYTES], packet[NONCE_BYTES:], bound_to.encode())
        except (InvalidTag, ValueError):
            continue
        made, data = json.loads(plain)
        age = clock.now() - dt.datetime.fromtimestamp(made, dt.UTC)
        return data if -_CLOCKS_MAY_DIFFER <= age <= max_age else None
    return None


def fingerprint(purpose: str, value: str) -> str:
    """64 hex digits that stand for `value`: the same each time, not reversible without the server secret.

    Not normalised: the caller decides what counts as the same address. HMAC-SHA256 (RFC 2104).
    """
    return hmac.digest(derived(f"fingerprint {purpose}")[0], value.encode(), "sha256").hex()
