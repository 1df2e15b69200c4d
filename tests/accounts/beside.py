"""What runs in the processes beside the tests of second steps; loaded once, by the fork server."""

from pathlib import Path
from typing import Any

from django.conf import settings

from mmm.accounts.codes import Place
from mmm.accounts.factors import checking, passwords, totp
from mmm.accounts.models import User
from tests.foundation import processes

AWAY = Place("203.0.113.0/24")


def guess(names: dict[str, str], address: str, allowed: Any) -> None:
    """One process: ten guesses at a password."""
    processes.begin(names)
    for _ in range(10):
        if passwords.check(address, "mis", place=AWAY).retry_at is None:
            with allowed.get_lock():
                allowed.value += 1


def guess_step(names: dict[str, str], keys: Path, user_id: str, allowed: Any) -> None:
    """One process: ten codes. `keys`: the file of the test's key-encryption keys."""
    processes.begin(names)
    settings.KEY_ENCRYPTION_KEY_FILE = keys
    user = User.objects.get(id=user_id)
    for _ in range(10):
        if checking.code(user, "000000", place=AWAY).retry_at is None:
            with allowed.get_lock():
                allowed.value += 1


def use(names: dict[str, str], keys: Path, user_id: str, code: str, right: Any) -> None:
    """One process: the same right code."""
    processes.begin(names)
    settings.KEY_ENCRYPTION_KEY_FILE = keys
    if totp.check(User.objects.get(id=user_id), code):
        with right.get_lock():
            right.value += 1
