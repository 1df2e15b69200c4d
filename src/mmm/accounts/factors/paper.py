"""Codes on paper: ten of twelve digits, each good once, for who has no app or phone at hand."""

import datetime as dt
import secrets
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.db import transaction

from mmm.accounts import ways_log
from mmm.accounts.codes import digits
from mmm.accounts.models import User
from mmm.foundation import clock
from mmm.foundation.crypto import secret_box

PAPER: Final = Authenticator.Type.RECOVERY_CODES
# So long after making them the page with the codes opens, for printing; after that never again.
SHOWN: Final = dt.timedelta(minutes=10)


def make(user: User) -> None:
    """New codes; those from before no longer work."""
    seed = secret_box.lock(user.vault_id, RecoveryCodes.generate_seed())
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user_id=user.id, type=PAPER).delete()
        Authenticator.objects.create(
            user=user, type=PAPER, data={"seed": seed, "used_mask": 0}, created_at=clock.now()
        )


def just_made(user: User) -> list[str]:
    """The codes in groups of four digits, within ten minutes after they were made and before one was used."""
    row = Authenticator.objects.filter(user_id=user.id, type=PAPER).first()
    if row is None or row.data["used_mask"] or clock.now() - row.created_at > SHOWN:
        return []
    return [" ".join(code[i : i + 4] for i in range(0, len(code), 4)) for code in row.wrap().generate_codes()]


def left(row: Authenticator) -> int:
    """How many codes of this sheet were not used yet."""
    return int(settings.MFA_RECOVERY_CODE_COUNT - row.data["used_mask"].bit_count())


def check(user: User, typed: str) -> bool:
    """Whether this is one of the person's codes that was not used yet; it is used up."""
    code = digits(typed)
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(user_id=user.id, type=PAPER).first()
        if row is None:
            return False
        for number, right in enumerate(row.wrap().generate_codes()):
            if secrets.compare_digest(code, right) and not row.data["used_mask"] & (1 << number):
                row.data["used_mask"] |= 1 << number
                row.last_used_at = clock.now()
                row.save(update_fields=["data", "last_used_at"])
                ways_log.step_used(row, number)
                return True
    return False
