"""Passwords: optional, always together with a second step, and never a common one."""

import datetime as dt
import functools
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError

from mmm.accounts import selectors
from mmm.accounts.codes import Place
from mmm.accounts.factors import tries
from mmm.accounts.models import User

SHORTEST, LONGEST = 12, 200
KIND = "password"


@dataclass(frozen=True, slots=True)
class Tried:
    """Whose password it is; None when it is nobody's. `retry_at` is set after too many tries from here."""

    user: User | None = None
    retry_at: dt.datetime | None = None


def is_too_easy(password: str) -> bool:
    """Whether it is too short, or among the 20,000 most common ones (Django's list)."""
    try:
        MinimumLengthValidator(SHORTEST).validate(password)
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return password.isdecimal()


def check(address: str, typed: str, *, place: Place) -> Tried:
    """Whose password this is, for a (normalised) address.

    The same work is done whether or not there is such an account, or a password on it: one query and one
    hash, so that neither words nor time tell who is here.
    """
    verdict = tries.hit(KIND, address, place)
    if not verdict.allowed:
        return Tried(retry_at=verdict.retry_at)
    user = selectors.to_sign_in(address)
    has_one = user is not None and user.has_usable_password()
    encoded = user.password if user is not None and has_one else nobodys()
    right = check_password(typed[:LONGEST], encoded) and has_one
    if right and tries.counts_here(KIND, address, place):
        tries.was_right(KIND, address, place)
        return Tried(user=user)
    tries.was_wrong(KIND, address, place)
    return Tried()


@functools.cache
def nobodys() -> str:
    """The hash of a password that nobody knows, made once in each process."""
    return make_password(secrets.token_urlsafe(32))
