"""Ways in that were taken away stay away, also after a restore of an older backup (`foundation.removals`)."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import is_password_usable, make_password
from django.db import transaction
from django.db.models import Exists, OuterRef

from mmm.accounts import ways_in
from mmm.accounts.models import Letter, PaperCode, Sentence, User
from mmm.foundation import removals

PAPER = Authenticator.Type.RECOVERY_CODES


@contextmanager
def changing(user_id: uuid.UUID) -> Iterator[None]:
    """One change in how this person gets in: what was there before it and is not after it, is written down.

    A transaction of its own or part of one; one change at a time for one person (`ways_in.hold`).
    """
    with transaction.atomic():
        ways_in.hold(user_id)
        before = _marks(user_id)
        yield
        after = _marks(user_id)
        removals.note(gone=before - after, back=after - before)


def paper_used(code: str) -> None:
    """A code on paper that let somebody in is used up; `code` is its fingerprint."""
    removals.note(gone=[removals.mark("paper", code)])


def step_used(sheet: Authenticator, number: int) -> None:
    """The same of a code of the second step, the `number`-th of this sheet."""
    removals.note(gone=[_step_code(sheet, number)])


def take_away_again() -> int:
    """After a restore: remove every way in that was removed since. Returns how many. Repeatable."""
    gone, count = removals.read(), 0
    for address in EmailAddress.objects.all():
        if _address(address) in gone:
            count += address.delete()[0]
    # Who lost the main address goes on with the one beside it.
    without = EmailAddress.objects.filter(verified=True).exclude(user__emailaddress__primary=True)
    for user_id in set(without.values_list("user_id", flat=True)):
        first = EmailAddress.objects.filter(user_id=user_id, verified=True).order_by("id").first()
        EmailAddress.objects.filter(id=first.id if first else 0).update(primary=True)
    for step in Authenticator.objects.all():
        if _step(step) in gone:
            count += step.delete()[0]
        elif step.type == PAPER:
            used = sum(1 << number for number in range(32) if _step_code(step, number) in gone)
            if used & ~step.data["used_mask"]:
                step.data["used_mask"] |= used
                step.save(update_fields=["data"])
                count += 1
    # Paper alone is no second step.
    real = Authenticator.objects.exclude(type=PAPER).values("user_id")
    Authenticator.objects.filter(type=PAPER).exclude(user_id__in=real).delete()
    codes = [row.pk for row in PaperCode.objects.filter(used_at=None) if _code(row) in gone]
    letters = [row.pk for row in Letter.objects.filter(ended_at=None) if _letter(row) in gone]
    sentences = [row.pk for row in Sentence.objects.all() if _sentence(row) in gone]
    for rows in (
        PaperCode.objects.filter(pk__in=codes),
        Letter.objects.filter(pk__in=letters),
        Sentence.objects.filter(pk__in=sentences),
    ):
        count += rows.delete()[0]
    for user_id, password in User.objects.values_list("id", "password"):
        if is_password_usable(password) and _password(user_id, password) in gone:
            count += User.objects.filter(id=user_id).update(password=make_password(None))
    return count


def left_outside() -> int:
    """After a restore: how many people have nothing left that lets them in; a helper has to."""
    mine = {"user_id": OuterRef("pk")}
    return User.objects.filter(
        ~Exists(EmailAddress.objects.filter(**mine)),
        ~Exists(Authenticator.objects.filter(**mine, type=Authenticator.Type.WEBAUTHN)),
        ~Exists(PaperCode.objects.filter(**mine, used_at=None)),
        ~Exists(Letter.objects.filter(**mine, ended_at=None)),
        is_active=True,
    ).count()


def _marks(user_id: uuid.UUID) -> set[str]:
    password = User.objects.values_list("password", flat=True).get(id=user_id)
    return {
        *map(_address, EmailAddress.objects.filter(user_id=user_id)),
        *map(_step, Authenticator.objects.filter(user_id=user_id)),
        *map(_code, PaperCode.objects.filter(user_id=user_id, used_at=None)),
        *map(_letter, Letter.objects.filter(user_id=user_id, ended_at=None)),
        *map(_sentence, Sentence.objects.filter(user_id=user_id)),
        *([_password(user_id, password)] if is_password_usable(password) else []),
    }


def _address(row: EmailAddress) -> str:
    return removals.mark("address", row.user_id, row.email)


def _step(row: Authenticator) -> str:
    # Numbers are given anew after a restore; together with the moment they are not.
    return removals.mark("step", row.pk, row.created_at.isoformat())


def _step_code(row: Authenticator, number: int) -> str:
    return removals.mark("step code", row.pk, row.created_at.isoformat(), number)


def _code(row: PaperCode) -> str:
    return removals.mark("paper", row.code)


def _letter(row: Letter) -> str:
    return removals.mark("letter", row.id, row.pin)


def _sentence(row: Sentence) -> str:
    return removals.mark("sentence", row.pk, row.fingerprint)


def _password(user_id: uuid.UUID, encoded: str) -> str:
    return removals.mark("password", user_id, encoded)
