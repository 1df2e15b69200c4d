"""Getting in again when every way in is lost: a helper, a sentence chosen earlier, and 72 hours.

requested -> waiting -> ready -> used / stopped / expired. States are computed at read, so a stopped worker
opens nothing. Until the new letter is used nothing about the account changes.
"""

import datetime as dt
import hmac
import secrets
import unicodedata
import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from mmm.accounts import letters, policy, ways_in, ways_log
from mmm.accounts.actors import Actor
from mmm.accounts.models import Letter, Recovery, Sentence, User
from mmm.foundation import clock, crypto, limits, retention
from mmm.foundation.crypto import server_box
from mmm.foundation.policy import require

ASK_WITHIN = dt.timedelta(hours=1)  # after it was requested, the sentence has to fit within this time
WAIT = dt.timedelta(hours=72)
READY = dt.timedelta(days=14)
BLOCKED = dt.timedelta(days=7)
# Tries with one name: at one helper's desk, and with all helpers together.
TRIES, TRY_WINDOW = 5, dt.timedelta(minutes=5)
TRIES_ANYWHERE, ANYWHERE_WINDOW = 10, dt.timedelta(hours=24)
FEWEST_WORDS, FEWEST_LETTERS = 4, 16
STOP = "stop recovery"


class State(StrEnum):
    """Where a recovery is now."""

    REQUESTED = "requested"
    WAITING = "waiting"
    READY = "ready"
    USED = "used"
    STOPPED = "stopped"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Told:
    """What the helper hears after telling name and sentence.

    `retry_at`: too many tries. `blocked_until`: the person stopped an earlier request. `going`: another
    request of this person waits or is ready.
    """

    fits: bool
    going: bool = False
    retry_at: dt.datetime | None = None
    blocked_until: dt.datetime | None = None


def state_of(row: Recovery) -> State:
    """The state at this moment."""
    now = clock.now()
    if row.used_at is not None:
        return State.USED
    if row.stopped_at is not None:
        return State.STOPPED
    if row.ended_at is not None or now >= row.expires_at:
        return State.EXPIRED
    if row.ready_at is None:
        return State.REQUESTED
    return State.READY if now >= row.ready_at else State.WAITING


# -- the sentence --


def plain(sentence: str) -> str:
    """The sentence as it is compared: letters and digits only, without accents or capitals, one space."""
    bare = unicodedata.normalize("NFKD", sentence.casefold())
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in bare).split())


def long_enough(sentence: str) -> bool:
    """At least four words and sixteen letters: fewer can be guessed."""
    words = plain(sentence).split()
    return len(words) >= FEWEST_WORDS and sum(map(len, words)) >= FEWEST_LETTERS


def choose_sentence(actor: Actor, *, sentence: str) -> None:
    """Set or replace the sentence; only a fingerprint is kept."""
    row = {"fingerprint": _mark(actor.id, sentence), "set_at": clock.now()}
    with ways_log.changing(actor.id):
        Sentence.objects.update_or_create(user_id=actor.id, defaults=row)


def has_sentence(user_id: uuid.UUID) -> bool:
    """Whether this person chose a sentence."""
    return Sentence.objects.filter(user_id=user_id).exists()


# -- at the helper's desk --


def request(actor: Actor) -> Recovery:
    """A helper begins: a number, nothing about anybody yet. Raises NotAllowed."""
    region_id = policy.region_of_helper(actor)
    return Recovery.objects.create(
        number=f"{secrets.randbelow(10**6):06d}",
        region_id=region_id,
        helped_by=actor.id,
        requested_at=clock.now(),
        expires_at=clock.now() + ASK_WITHIN,
    )


def one(actor: Actor, recovery_id: uuid.UUID) -> Recovery | None:
    """A recovery of the helper's own region; None elsewhere, as if it were not there. Raises NotAllowed."""
    return in_region(actor).filter(id=recovery_id).select_related("user").first()


def in_region(actor: Actor) -> QuerySet[Recovery]:
    """The recoveries of the helper's region, newest first: numbers and states. Raises NotAllowed."""
    region_id, since = policy.region_of_helper(actor), clock.now() - retention.period("unused letters")
    rows = Recovery.objects.filter(region_id=region_id, requested_at__gt=since)
    return rows.order_by("-requested_at")


def tell(actor: Actor, *, row: Recovery, name: str, sentence: str) -> Told:
    """The helper types what the person says: name and sentence. When they fit, the 72 hours begin.

    The answer is the same for a name that nobody has and a sentence that does not fit. Raises NotAllowed.
    """
    require(policy.may_print_letters(actor))
    if state_of(row) != State.REQUESTED:
        return Told(fits=state_of(row) in {State.WAITING, State.READY})
    if retry_at := _tried(actor, plain(name)):
        return Told(fits=False, retry_at=retry_at)
    user = _who(name, sentence)
    if user is None:
        return Told(fits=False)
    with transaction.atomic():
        User.objects.select_for_update().get(id=user.id)  # two desks at the same moment: one after the other
        if until := blocked_until(user.id):
            return Told(fits=False, blocked_until=until)
        if going_on(user.id) is not None:
            return Told(fits=False, going=True)
        Recovery.objects.filter(user_id=user.id, ended_at=None).update(ended_at=clock.now())
        row.user, row.waiting_at, row.ready_at = user, clock.now(), clock.now() + WAIT
        row.expires_at = row.ready_at + READY
        row.save(update_fields=["user", "waiting_at", "ready_at", "expires_at"])
        User.objects.filter(id=user.id).update(recovery_until=row.expires_at)
        ways_in.tell_all(user.id, "begun", key=row.id.hex, token=stop_token(row))
    return Told(fits=True)


def hand_letter(actor: Actor, *, row: Recovery, sentence: str) -> letters.Printed | None:
    """After the wait, and when the sentence fits once more: a new letter. Nothing else changes yet.

    None when it is not ready, the sentence does not fit or there were too many tries. An earlier letter of
    this recovery ends. Raises NotAllowed.
    """
    require(policy.may_print_letters(actor))
    if state_of(row) != State.READY or row.user is None or _tried(actor, row.id.hex):
        return None
    kept = Sentence.objects.filter(user_id=row.user.id).values_list("fingerprint", flat=True).first()
    if not _fits(row.user.id, kept or "", sentence):
        return None
    with transaction.atomic():
        if row.letter_id is not None:
            Letter.objects.filter(id=row.letter_id, used_at=None).update(ended_at=clock.now())
        printed = letters.print_letter(actor, for_user=row.user)
        Letter.objects.filter(id=printed.letter_id).update(expires_at=row.expires_at)
        Recovery.objects.filter(id=row.id, ended_at=None).update(letter_id=printed.letter_id)
    return printed


# -- the person --


def going_on(user_id: uuid.UUID) -> Recovery | None:
    """The recovery that waits or is ready now, if any."""
    row = _open(user_id)
    return row if row is not None and state_of(row) in {State.WAITING, State.READY} else None


def stop(user_id: uuid.UUID) -> bool:
    """The person stops it, from a live session or the mail; its letter ends, and helpers can ask no more for
    seven days. Whether there was anything to stop. Repeatable."""
    with transaction.atomic():
        row = going_on(user_id)
        if row is None:
            return False
        now = clock.now()
        stopped = Recovery.objects.filter(id=row.id, ended_at=None).update(stopped_at=now, ended_at=now)
        if not stopped:
            return False
        if row.letter_id is not None:
            Letter.objects.filter(id=row.letter_id, used_at=None).update(ended_at=now)
        User.objects.filter(id=user_id).update(recovery_until=None)
        ways_in.tell_all(user_id, "stopped", key=row.id.hex)
    return True


def blocked_until(user_id: uuid.UUID) -> dt.datetime | None:
    """Until when helpers can ask nothing, because the person stopped a request; None when they can."""
    since = clock.now() - BLOCKED
    rows = Recovery.objects.filter(user_id=user_id, stopped_at__gt=since, allowed_again_at=None)
    last = rows.order_by("-stopped_at").values_list("stopped_at", flat=True).first()
    return last + BLOCKED if last else None


def allow_again(actor: Actor) -> None:
    """The person, from a live session: helpers may ask again."""
    Recovery.objects.filter(user_id=actor.id, stopped_at__isnull=False, allowed_again_at=None).update(
        allowed_again_at=clock.now()
    )


def stop_token(row: Recovery) -> str:
    """What the mail's link carries: it stops this recovery and can do nothing else."""
    return server_box.seal_token(STOP, {"recovery": row.id.hex}, bound_to=STOP)


def by_token(token: str) -> Recovery | None:
    """The recovery that a mail's link is about, whatever its state; None when the link is none of ours."""
    data = server_box.open_token(STOP, token, bound_to=STOP, max_age=WAIT + READY + BLOCKED)
    found = Recovery.objects.filter(id=data["recovery"]).select_related("user").first() if data else None
    return found if found is not None and found.user_id is not None else None


def complete(letter_id: uuid.UUID, *, pin: str) -> User | None:
    """The new letter is used: every old way in and every session ends. None when it was stopped meanwhile.

    `pin`: the person's own, in digits; the printed one, which the helper saw, ends with it.
    """
    with transaction.atomic():
        now = clock.now()
        row = Recovery.objects.filter(letter_id=letter_id).select_related("user").first()
        if row is None or row.user is None or state_of(row) != State.READY:
            return None
        if not Recovery.objects.filter(id=row.id, ended_at=None).update(used_at=now, ended_at=now):
            return None
        ways_in.tell_all(row.user.id, "used", key=row.id.hex)
        with ways_log.changing(row.user.id):
            ways_in.end_all(row.user.id)
            letters.use_again(letter_id, pin=pin)
        User.objects.filter(id=row.user.id).update(recovery_until=None)
        row.user.refresh_from_db()  # a session holds on to the password that is there now: none
        return row.user


def prune() -> None:
    """Remove what was asked long ago."""
    before = clock.now() - retention.period("recoveries")
    Recovery.objects.filter(requested_at__lt=before).delete()


def _open(user_id: uuid.UUID) -> Recovery | None:
    return Recovery.objects.filter(user_id=user_id, ended_at=None).first()


def _tried(actor: Actor, subject: str) -> dt.datetime | None:
    """Counts a try; from when on there may be another, when there were too many."""
    desk = limits.hit("recovery-desk", f"{actor.id.hex} {subject}", limit=TRIES, window=TRY_WINDOW)
    if not desk.allowed:
        return desk.retry_at
    anywhere = limits.hit("recovery-name", subject, limit=TRIES_ANYWHERE, window=ANYWHERE_WINDOW)
    return None if anywhere.allowed else anywhere.retry_at


def _who(name: str, sentence: str) -> User | None:
    """The person with this name and this sentence. A name that nobody has takes as long."""
    people = User.objects.filter(is_active=True, sentence__isnull=False).select_related("sentence")
    found = list(people.filter(name__iexact=name.strip()))
    fitting = [user for user in found if _fits(user.id, user.sentence.fingerprint, sentence)]
    if not found:
        _fits(uuid.uuid4(), "", sentence)
    return fitting[0] if len(fitting) == 1 else None


def _fits(user_id: uuid.UUID, kept: str, sentence: str) -> bool:
    return hmac.compare_digest(kept, _mark(user_id, sentence))


def _mark(user_id: uuid.UUID, sentence: str) -> str:
    return crypto.fingerprint("sentence", f"{user_id.hex} {plain(sentence)}")
