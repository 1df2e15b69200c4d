"""Codes by mail: one flow for signing in, signing up and proving who you are again.

The numbers below and why they are enough: README.md, "The arithmetic of codes".
"""

import datetime as dt
import ipaddress
import secrets
import unicodedata
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language

from mmm.accounts import mails, selectors
from mmm.accounts.models import SignInCode
from mmm.foundation import clock, crypto, limits, retention

SHORT, LONG = 8, 16
VALID = dt.timedelta(minutes=20)
# How long after the 1st, 2nd, ... mail the next one may go out; the series starts again after a quiet hour.
SPACING = tuple(dt.timedelta(minutes=m) for m in (1, 2, 4, 8, 10))
QUIET = dt.timedelta(hours=1)
GUESSES, GUESS_WINDOW = 5, dt.timedelta(minutes=5)
# So many wrong guesses from anywhere and short codes of this address no longer count (from unknown browsers).
WRONG, WRONG_WINDOW = 50, dt.timedelta(hours=24)
# A repeat of the right code by the same browser (a double click) within this time signs in again.
REPEAT = dt.timedelta(minutes=1)
ASKS, ASK_WINDOW = 60, dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a guess comes from: the network, and the device when it signed in with this address before."""

    network: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """The answer to a typed code. `retry_at` is set when there were too many guesses from this place."""

    right: bool
    retry_at: dt.datetime | None = None


def network_of(ip: str) -> str:
    """The network an address belongs to: /24 for IPv4, /64 for IPv6 (one household or office)."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "unknown"
    # A server on both kinds of address writes 192.0.2.1 as ::ffff:192.0.2.1; all of those share one /64.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def may_ask(place: Place) -> limits.Verdict:
    """Counts a request for a mail; at most 60 an hour from one network, whatever the addresses.

    Not for the person's own device: whoever asks too much on a shared network does not keep others out.
    """
    if place.device is not None:
        return limits.Verdict(allowed=True)
    return limits.hit("code-ask", place.network, limit=ASKS, window=ASK_WINDOW)


def ask_new(address: str, *, for_user: uuid.UUID, taken: bool) -> None:
    """Mail a code by which this person proves that a new address is theirs. It signs nobody in.

    Somebody else's address (`taken`) gets a mail that says so instead; the caller's page says the same.
    """
    _mail(address, "taken" if taken else "new", for_user=for_user)


def ask(address: str, *, joining: bool) -> None:
    """Mail a code to this (normalised) address, unless one went out a moment ago.

    An unknown address gets a mail that says so, unless somebody is joining with it. What happens is the same
    for both: one row, one mail, the same time between mails. The caller learns nothing.
    """
    known = selectors.to_sign_in(address) is not None
    _mail(address, "code" if known or joining else "none")


def _mail(address: str, purpose: str, *, for_user: uuid.UUID | None = None) -> None:
    subject = _subject(address, for_user)
    length = LONG if _under_attack(subject) else SHORT
    who = _who(address)
    with transaction.atomic():
        if not _due(who, purpose, length):
            return
        # The rows above cannot stop two asks at the same moment; this can, in every process.
        if not limits.hit(_spacing(purpose, length), address, limit=1, window=SPACING[0]).allowed:
            return
        code = "".join(secrets.choice("0123456789") for _ in range(length))
        row = SignInCode.objects.create(
            address=who,
            purpose=purpose,
            length=length,
            code=_fingerprint(subject, code),
            created_at=clock.now(),
            expires_at=clock.now() + VALID,
        )
        language = get_language() or "nl"
        if purpose == "taken":
            mails.send_taken(address, language=language, key=f"code-{row.pk}")
        elif purpose in {"code", "new"}:
            mails.send_code(address, code, language=language, key=f"code-{row.pk}")
        else:
            mails.send_no_account(address, language=language, key=f"code-{row.pk}")


def check(
    address: str, typed: str, *, place: Place, browser: str, for_user: uuid.UUID | None = None
) -> Guess:
    """Is this a code that was mailed to this address, and still valid? A right code is used up.

    `browser` is a random mark of the browser that asks: its repeat within a minute is right again.
    Wrong guesses elsewhere never lock out this place: the budget is per address and network, and a device
    that signed in with this address before has a budget of its own. `for_user`: only a code of `ask_new` for
    this person counts, and their guesses are counted apart from those of who signs in with the address.
    """
    who, purpose = _subject(address, for_user), "new" if for_user else "code"
    subject = f"{who} {place.device or place.network}"
    verdict = limits.hit("code-guess", subject, limit=GUESSES, window=GUESS_WINDOW)
    if not verdict.allowed:
        return Guess(right=False, retry_at=verdict.retry_at)
    lengths = [LONG] if place.device is None and _under_attack(who) else [SHORT, LONG]
    row = SignInCode.objects.filter(
        address=_who(address),
        code=_fingerprint(who, digits(typed)),
        purpose=purpose,
        length__in=lengths,
        expires_at__gt=clock.now(),
    ).first()
    if row is not None and _take(row, crypto.fingerprint("browser", browser)):
        limits.clear("code-guess", subject)
        for length in (SHORT, LONG):  # who just proved the mailbox may have the next mail at once
            limits.clear(_spacing(purpose, length), address)
        return Guess(right=True)
    if place.device is None:
        limits.hit("code-wrong", who, limit=WRONG, window=WRONG_WINDOW)
    return Guess(right=False)


def forget(address: str) -> None:
    """Remove the codes of an address (erasure)."""
    SignInCode.objects.filter(address=_who(address)).delete()


def prune() -> int:
    """Remove codes past their time; returns how many."""
    return SignInCode.objects.filter(created_at__lt=clock.now() - retention.period("sign-in codes")).delete()[
        0
    ]


def digits(typed: str) -> str:
    """Only the digits, in any script, of what somebody typed: "1234 5678" and "1234-5678" are the same."""
    return "".join(str(unicodedata.decimal(c)) for c in typed if c.isdecimal())


def _due(who: str, purpose: str, length: int) -> bool:
    since = clock.now() - QUIET
    sent = SignInCode.objects.filter(address=who, purpose=purpose, length=length, created_at__gt=since)
    times = list(
        sent.filter(used_at__isnull=True)
        .order_by("-created_at")
        .values_list("created_at", flat=True)[: len(SPACING)]
    )
    return not times or clock.now() - times[0] >= SPACING[len(times) - 1]


def _spacing(purpose: str, length: int) -> str:
    return f"code-mail-{purpose}-{length}"


def _take(row: SignInCode, browser: str) -> bool:
    now = clock.now()
    with transaction.atomic():
        if SignInCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now, used_by=browser):
            # The mailbox is proved; other codes that lie there are of no use to anyone but a thief.
            SignInCode.objects.filter(address=row.address, used_at__isnull=True).update(used_at=now)
            return True
    return SignInCode.objects.filter(pk=row.pk, used_by=browser, used_at__gt=now - REPEAT).exists()


def _subject(address: str, for_user: uuid.UUID | None) -> str:
    """Whose guesses count together: those for an address, and those of one person who wants to add it."""
    return f"{for_user.hex} {address}" if for_user else address


def _under_attack(subject: str) -> bool:
    return not limits.peek("code-wrong", subject, limit=WRONG, window=WRONG_WINDOW).allowed


def _who(address: str) -> str:
    return crypto.fingerprint("address", address)


def _fingerprint(subject: str, code: str) -> str:
    return crypto.fingerprint("code", f"{subject} {code}")
