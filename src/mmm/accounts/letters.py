"""An account without e-mail: a letter with a code, and a PIN that can be kept apart from it.

The numbers below and why they are enough: README.md, "The arithmetic of codes".
"""

import datetime as dt
import hmac
import secrets
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from mmm.accounts import numbers, policy, selectors, ways_log
from mmm.accounts.actors import Actor
from mmm.accounts.codes import GUESS_WINDOW, GUESSES, Place, digits
from mmm.accounts.models import Letter, User
from mmm.foundation import clock, crypto, limits, retention

CODE_DIGITS, PIN_DIGITS, PIN_LONGEST = 16, 6, 12
VALID = dt.timedelta(days=14)
# So many wrong PINs from places this letter never signed in from, and only its own places count for a while.
WRONG, WRONG_WINDOW = 20, dt.timedelta(hours=24)
# The same from the network of its last sign-in (a shelter shares one), and from its own devices: each apart,
# so that a neighbour who guesses does not keep out the person's own device.
WRONG_KNOWN = 60


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the letter, once. Afterwards nobody knows it but who holds the paper."""

    letter_id: uuid.UUID
    code: str
    pin: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Guess:
    """The answer to a code and a PIN. `retry_at` is set when there were too many guesses from this place."""

    letter: Letter | None
    retry_at: dt.datetime | None = None


def print_letter(actor: Actor, *, for_user: User | None = None) -> Printed:
    """Make a letter, for whoever gets it; or, at the end of a recovery, a new way in for that person.

    Nothing is stored about the person. Raises NotAllowed: not a helper, coordinator or deputy.
    """
    region_id = policy.region_of_helper(actor)
    code, pin = numbers.new(CODE_DIGITS), f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"
    letter_id = uuid.uuid4()
    letter = Letter.objects.create(
        id=letter_id,
        user=for_user,
        region_id=region_id,
        made_by=actor.id,
        code=mark(code),
        pin=_pin(letter_id, pin),
        made_at=clock.now(),
        expires_at=clock.now() + VALID,
    )
    return Printed(letter.id, code, pin, letter.expires_at)


def printed_by_region(actor: Actor) -> list[Letter]:
    """The letters of this helper's region of the last weeks, newest first: when made, whether used.

    Raises NotAllowed: not a helper, coordinator or deputy.
    """
    region_id = policy.region_of_helper(actor)
    since = clock.now() - retention.period("unused letters")
    rows = Letter.objects.filter(region_id=region_id, made_at__gt=since)
    return list(rows.only("made_at", "used_at", "expires_at", "ended_at").order_by("-made_at")[:200])


def is_open(letter: Letter) -> bool:
    """Whether a letter that was not used yet can still be used."""
    return letter.used_at is None and letter.ended_at is None and letter.expires_at > clock.now()


def mark(code: str) -> str:
    """The keyed fingerprint by which a letter is found."""
    return crypto.fingerprint("letter", code)


def check(marked: str, pin: str, *, place: Place) -> Guess:
    """Do this code (its `mark`) and PIN belong together, and do they still count?

    What happens is the same for a code that no letter has. Wrong guesses elsewhere never lock out this place.
    """
    subject = f"{marked} {place.device or place.network}"
    verdict = limits.hit("letter-guess", subject, limit=GUESSES, window=GUESS_WINDOW)
    if not verdict.allowed:
        return Guess(None, retry_at=verdict.retry_at)
    letter = _good(Q(code=marked))
    wanted = letter.pin if letter else ""
    right = hmac.compare_digest(wanted, _pin(letter.id if letter else uuid.uuid4(), digits(pin)))
    here = crypto.fingerprint("letter-place", f"{marked} {place.network}")
    count, most = "letter-wrong", WRONG
    if place.device is not None:
        count, most = "letter-wrong-device", WRONG_KNOWN
    elif letter is not None and letter.place == here:
        count, most = "letter-wrong-known", WRONG_KNOWN
    attacked = not limits.peek(count, marked, limit=most, window=WRONG_WINDOW).allowed
    if letter is not None and right and not attacked:
        limits.clear("letter-guess", subject)
        Letter.objects.filter(id=letter.id).update(place=here)
        return Guess(letter)
    limits.hit(count, marked, limit=most, window=WRONG_WINDOW)
    return Guess(None)


def begin(letter_id: uuid.UUID, *, name: str, pin: str, language: str) -> User | None:
    """Make an account with a letter nobody used yet; None when somebody was first, or it is too late.

    `pin`: the person's own, in digits. The printed one, which the maker of the letter saw, ends with it.
    """
    vault_id = crypto.create_vault("user")
    with transaction.atomic():
        user = User.objects.create_user(name=name, vault_id=vault_id, language=language)
        fresh = Letter.objects.filter(
            id=letter_id, user=None, used_at=None, ended_at=None, expires_at__gt=clock.now()
        )
        if fresh.update(user=user, used_at=clock.now(), pin=_pin(letter_id, pin)):
            return user
        transaction.set_rollback(True)
    crypto.destroy_vault(vault_id)
    return None


def of(user_id: uuid.UUID) -> Letter | None:
    """The letter this person signs in with, if any."""
    return Letter.objects.filter(user_id=user_id, used_at__isnull=False, ended_at=None).first()


def was_printed(letter_id: uuid.UUID, pin: str) -> bool:
    """Whether this PIN stands on the letter: an own one has to be another.

    Never of a letter in use: the answer would tell whether a guess is somebody's own PIN.
    """
    unused = Letter.objects.filter(id=letter_id, used_at=None)
    kept = unused.values_list("pin", flat=True).first() or ""
    return hmac.compare_digest(kept, _pin(letter_id, digits(pin)))


def use_again(letter_id: uuid.UUID, *, pin: str) -> None:
    """At the end of a recovery: from now on the person signs in with this letter and a PIN of their own."""
    Letter.objects.filter(id=letter_id).update(used_at=clock.now(), pin=_pin(letter_id, digits(pin)))


def regions_of(user_id: uuid.UUID) -> set[uuid.UUID]:
    """The region whose helper printed this person's letter (a door for rooms above)."""
    return set(Letter.objects.filter(user_id=user_id).values_list("region_id", flat=True))


def change_pin(actor: Actor, *, pin: str) -> None:
    """Another PIN of one's own choice for one's own letter; `pin` in digits. Nothing without a letter."""
    letter = of(actor.id)
    if letter is not None:
        with ways_log.changing(actor.id):
            Letter.objects.filter(id=letter.id).update(pin=_pin(letter.id, digits(pin)))


def prune() -> None:
    """Remove letters that nobody used, and ended ones, after their time."""
    before = clock.now() - retention.period("unused letters")
    Letter.objects.filter(Q(used_at=None, made_at__lt=before) | Q(ended_at__lt=before)).delete()


def _good(which: Q) -> Letter | None:
    counts = Q(used_at__isnull=False) | Q(expires_at__gt=clock.now())
    somebody = Q(user=None) | selectors.may_enter_q("user__")
    return Letter.objects.filter(which, counts, somebody, ended_at=None).select_related("user").first()


def _pin(letter_id: uuid.UUID, pin: str) -> str:
    return crypto.fingerprint("letter-pin", f"{letter_id.hex} {pin}")
