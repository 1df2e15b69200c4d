"""The code app: a new code of six digits every 30 seconds (TOTP, RFC 6238)."""

import base64
import datetime as dt
import secrets
from typing import Final
from urllib.parse import quote

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction

from mmm.accounts.codes import digits
from mmm.accounts.factors.adapter import QUIET_NAME
from mmm.accounts.models import User
from mmm.foundation import clock
from mmm.foundation.crypto import secret_box

PERIOD: Final = 30
SECRET_BYTES: Final = 20  # as long as the hash, RFC 4226, section 4
SETTING_UP: Final = dt.timedelta(hours=1)


def new_secret() -> str:
    """A fresh secret in base32: 32 letters and digits."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def link(user: User, secret: str) -> str:
    """The address in the square code, which a code app reads (Google's "Key Uri Format")."""
    return f"otpauth://totp/{QUIET_NAME}:{quote(user.name)}?secret={secret}&issuer={QUIET_NAME}"


def groups(secret: str) -> str:
    """The secret in groups of four, to type by hand."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def code_now(secret: str) -> str:
    """The code that an app shows now."""
    return str(format_hotp_value(hotp_value(secret, _moment())))


def set_up(user: User, secret: str, typed: str) -> bool | None:
    """Keep this secret, if the person's app shows its code (else False). An app from before is replaced.

    None when this secret was kept already. The code is used up: it does not open anything else.
    """
    moment = _fits(secret, typed, after=-1)
    if moment is None:
        return False
    data = {"secret": secret_box.lock(user.vault_id, secret), "last": moment}
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        rows = Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.TOTP)
        row = rows.first()
        if row is not None and secret_box.unlock(row.data["secret"]) == secret:
            return None  # a second click: it is on
        rows.delete()
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data=data,
            created_at=clock.now(),
            last_used_at=clock.now(),
        )
    return True


def check(user: User, typed: str) -> bool:
    """Whether this is a code of the person's app that was not used yet; it is used up, and all before it.

    RFC 6238, 5.2: a code is accepted once. The row is locked, so that this holds for all processes.
    """
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user_id=user.id, type=Authenticator.Type.TOTP)
        row = rows.first()
        if row is None:
            return False
        moment = _fits(secret_box.unlock(row.data["secret"]), typed, after=row.data["last"])
        if moment is None:
            return False
        row.data["last"] = moment
        row.last_used_at = clock.now()
        row.save(update_fields=["data", "last_used_at"])
        return True


def _fits(secret: str, typed: str, *, after: int) -> int | None:
    """The moment this code belongs to, if it is now (or one off, for slow clocks) and after that moment."""
    code, now, off = digits(typed), _moment(), settings.MFA_TOTP_TOLERANCE
    found = None
    for moment in range(now - off, now + off + 1):
        right = secrets.compare_digest(code, format_hotp_value(hotp_value(secret, moment)))
        if right and moment > after:
            found = moment
    return found


def _moment() -> int:
    return int(clock.now().timestamp()) // PERIOD
