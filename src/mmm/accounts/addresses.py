"""The addresses by which somebody gets in: a main one and a spare. Each is proved by a code first.

What changes can be undone for 72 hours, by a link in a mail to what was the main address: who holds a spare
one alone takes nobody's account. States are computed at read.
"""

import datetime as dt
import secrets
import uuid
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q

from mmm.accounts import codes, mails, notices, policy, ways_in, ways_log
from mmm.accounts.actors import Actor
from mmm.accounts.codes import Guess, Place
from mmm.accounts.models import AddressChange, PaperCode, Sentence, Session, User
from mmm.foundation import clock, crypto, ids, retention
from mmm.foundation.policy import require

PROVE_WITHIN = dt.timedelta(hours=1)
UNDO = dt.timedelta(hours=72)
MOST = 2
CHANGED = "accounts.way_in_changed"


class State(StrEnum):
    """Where a change is now."""

    REQUESTED = "requested"
    ACTIVE = "active"
    STOPPED = "stopped"
    EXPIRED = "expired"


def state_of(row: AddressChange) -> State:
    """The state at this moment."""
    if row.stopped_at is not None:
        return State.STOPPED
    if clock.now() >= row.expires_at:
        return State.EXPIRED
    return State.REQUESTED if row.active_at is None else State.ACTIVE


def of(user_id: uuid.UUID) -> list[EmailAddress]:
    """The addresses of this person, the main one first."""
    return list(EmailAddress.objects.filter(user_id=user_id, verified=True).order_by("-primary", "id"))


def asked(actor: Actor) -> AddressChange | None:
    """The change that waits for its code, if any."""
    row = AddressChange.objects.filter(user_id=actor.id, active_at=None).first()
    return row if row is not None and state_of(row) == State.REQUESTED else None


def ask(actor: Actor, *, new: str, spare: bool) -> None:
    """Send a code to this (normalised) address; nothing changes yet.

    What happens is the same whether or not the address belongs to somebody else: only its mailbox hears it.
    `spare`: it comes beside the main address instead of in its place.
    """
    with transaction.atomic():
        ways_in.hold(actor.id)
        AddressChange.objects.filter(user_id=actor.id, active_at=None).delete()
        AddressChange.objects.create(
            user_id=actor.id,
            new=new,
            was_main=not spare,
            requested_at=clock.now(),
            expires_at=clock.now() + PROVE_WITHIN,
        )
        taken = EmailAddress.objects.filter(email=new, verified=True).exclude(user_id=actor.id).exists()
        codes.ask_new(new, for_user=actor.id, taken=taken)


def prove(actor: Actor, typed: str, *, place: Place, browser: str) -> Guess:
    """The code from the new mailbox. A right one makes the change, and tells what was the main address."""
    row = asked(actor)
    if row is None:
        return Guess(right=False)
    guess = codes.check(row.new, typed, place=place, browser=browser, for_user=actor.id)
    return Guess(right=_activate(actor, row)) if guess.right else guess


def remove(actor: Actor, *, address_id: int) -> None:
    """This address lets in no more. Who has a spare goes on with that as the main one. Repeatable.

    Raises:
        NotAllowed: nothing else would let them in.
    """
    with ways_log.changing(actor.id):
        row = EmailAddress.objects.filter(user_id=actor.id, id=address_id).first()
        if row is None:
            return
        require(policy.may_lose(ways_in.of(actor.id), "address"))
        old, was_main = row.email, row.primary
        row.delete()
        if was_main:
            rest = EmailAddress.objects.filter(user_id=actor.id).order_by("id").values_list("id", flat=True)
            EmailAddress.objects.filter(id=rest.first()).update(primary=True)
        _write_down(
            AddressChange(user_id=actor.id, old=old, was_main=was_main), actor, to=old if was_main else ""
        )
        if not was_main:
            mails.send_address_gone(old, language=actor.user.language, key=ids.new().hex)
        notices.send(actor.id, kind=CHANGED, view="accounts:email", key=ids.new().hex)


# -- undoing --


def by_token(token: str) -> AddressChange | None:
    """The change that a mail's link is about, whatever its state; None when the link is none of ours."""
    return AddressChange.objects.filter(token=_mark(token)).select_related("user").first()


def stop(row: AddressChange) -> bool:
    """Undo this change and all that came after it: who got in by it must not stay.

    The addresses are as before, every session ends, and what was added since as a way in or a second step
    goes. An address that became somebody else's meanwhile stays theirs. Whether there was anything to stop.
    """
    with ways_log.changing(row.user_id):
        row.refresh_from_db()
        if state_of(row) != State.ACTIVE or row.active_at is None:
            return False
        since, user_id = row.active_at, row.user_id
        undone = AddressChange.objects.filter(user_id=user_id, active_at__gte=since, stopped_at=None)
        before = [each.email for each in of(user_id)]
        for each in undone.order_by("-active_at", "-requested_at"):
            before = _before(each, before)
        taken = EmailAddress.objects.filter(email__in=before, verified=True).exclude(user_id=user_id)
        theirs = set(taken.values_list("email", flat=True))
        EmailAddress.objects.filter(user_id=user_id).delete()
        for email in (each for each in before if each not in theirs):
            main = not EmailAddress.objects.filter(user_id=user_id).exists()
            EmailAddress.objects.create(user_id=user_id, email=email, verified=True, primary=main)
        undone.update(stopped_at=clock.now())
        AddressChange.objects.filter(user_id=user_id, active_at=None).delete()
        Session.objects.filter(user_id=user_id).delete()
        Authenticator.objects.filter(user_id=user_id, created_at__gte=since).delete()
        PaperCode.objects.filter(user_id=user_id, made_at__gte=since).delete()
        Sentence.objects.filter(user_id=user_id, set_at__gte=since).delete()
        user = User.objects.get(id=user_id)
        user.set_unusable_password()  # when it was chosen is not known
        user.save(update_fields=["password"])
        notices.send(user_id, kind=CHANGED, view="accounts:email", key=ids.new().hex)
    return True


def export(user_id: uuid.UUID) -> list[dict[str, Any]]:
    """The changes that are still kept, readable for the person."""
    rows = AddressChange.objects.filter(user_id=user_id).order_by("requested_at")
    return [
        {
            "on": (row.active_at or row.requested_at).isoformat(),
            "old_address": row.old,
            "new_address": row.new,
        }
        for row in rows
    ]


def written_to(user_id: uuid.UUID) -> set[str]:
    """Addresses in this person's changes that are nobody else's: part of erasing somebody."""
    rows = AddressChange.objects.filter(user_id=user_id).values_list("old", "new")
    found = {each for pair in rows for each in pair if each}
    others = EmailAddress.objects.filter(email__in=found).exclude(user_id=user_id)
    return found - set(others.values_list("email", flat=True))


def prune() -> None:
    """Addresses go as soon as nothing can be undone; the rows in their time."""
    over = Q(expires_at__lte=clock.now()) | Q(stopped_at__isnull=False)
    AddressChange.objects.filter(over).exclude(old="", new="").update(old="", new="")
    before = clock.now() - retention.period("changes of addresses")
    AddressChange.objects.filter(requested_at__lt=before).delete()


def _activate(actor: Actor, row: AddressChange) -> bool:
    try:
        with ways_log.changing(actor.id):
            mine = of(actor.id)
            main = next((each for each in mine if each.primary), None)
            if main is not None and row.was_main:
                row.old, main.email = main.email, row.new
                told = row.old
                main.save(update_fields=["email"])
            else:
                if len(mine) >= MOST:
                    return False
                told = main.email if main else ""
                row.was_main = False
                EmailAddress.objects.create(
                    user_id=actor.id, email=row.new, verified=True, primary=main is None
                )
            _write_down(row, actor, to=told)
            if row.old or not told:
                notices.send(actor.id, kind=CHANGED, view="accounts:email", key=ids.new().hex)
    except IntegrityError:  # somebody signed up with it in this very moment
        return False
    return True


def _write_down(row: AddressChange, actor: Actor, *, to: str) -> None:
    """The change works from now on, and `to` (if any) can undo it."""
    token = secrets.token_urlsafe(32)
    row.active_at, row.expires_at = clock.now(), clock.now() + UNDO
    row.token = _mark(token) if to else ""
    row.save()
    if to:
        mails.send_address_changed(to, token=token, language=actor.user.language, key=row.id.hex)


def _before(row: AddressChange, emails: list[str]) -> list[str]:
    """The addresses (the main one first) as they were before this change."""
    if row.new:
        return [each for each in (row.old if each == row.new else each for each in emails) if each]
    return [row.old, *emails] if row.was_main else [*emails, row.old]


def _mark(token: str) -> str:
    return crypto.fingerprint("address-stop", token)
