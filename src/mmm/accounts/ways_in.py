"""Every way in of a person together: how many there are, telling all of them, ending all of them."""

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import is_password_usable, make_password
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mmm.accounts import mails
from mmm.accounts.models import AddressChange, Letter, PaperCode, Recovery, Sentence, Session, User


@dataclass(frozen=True, slots=True)
class Own:
    """What lets a person in, and how much of it."""

    addresses: int
    letter: bool
    paper_codes: int
    sentence: bool
    keys: int = 0
    password: bool = False  # with a second step; it is asked together with an address

    @property
    def only_one(self) -> bool:
        """Whether losing one thing (a mailbox, a letter) would leave this person outside for good."""
        ways = self.addresses + self.letter + self.keys + (self.password and bool(self.addresses))
        return not self.paper_codes and not self.sentence and ways < 2


def of(user_id: uuid.UUID) -> Own:
    """The ways in of this person. One query."""
    mine = {"user_id": OuterRef("pk")}
    letter = Letter.objects.filter(**mine, used_at__isnull=False, ended_at=None)
    steps = Authenticator.objects.filter(**mine)
    addresses, has_letter, codes, sentence, keys, step, password = (
        User.objects.filter(id=user_id)
        .annotate(
            letter=Exists(letter),
            sentenced=Exists(Sentence.objects.filter(**mine)),
            codes=_count(PaperCode.objects.filter(**mine, used_at=None)),
            addresses=_count(EmailAddress.objects.filter(**mine, verified=True)),
            keys=_count(steps.filter(type=Authenticator.Type.WEBAUTHN)),
            step=Exists(steps.exclude(type=Authenticator.Type.RECOVERY_CODES)),
        )
        .values_list("addresses", "letter", "codes", "sentenced", "keys", "step", "password")
        .get()
    )
    usable = step and bool(password) and is_password_usable(password)
    return Own(addresses, has_letter, codes, sentence, keys, usable)


def hold(user_id: uuid.UUID) -> None:
    """One change at a time in how this person gets in, until the transaction ends.

    Two removals at the same moment would each see the other way still there.
    """
    User.objects.select_for_update().only("id").get(id=user_id)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = rows.order_by().values("user_id").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted), 0)


def tell_all(user_id: uuid.UUID, what: str, *, key: str, token: str = "") -> None:
    """Mail every address that lets this person in: "begun" (with a link that stops it), "stopped", "used"."""
    language = User.objects.values_list("language", flat=True).get(id=user_id)
    for address in EmailAddress.objects.filter(user_id=user_id, verified=True).order_by("id"):
        mails.send_recovery(
            address.email, what, token=token, language=language, key=f"{what} {key} {address.pk}"
        )


def end_all(user_id: uuid.UUID) -> None:
    """No old way in works any more, and every session is over. The story stays as it is."""
    Session.objects.filter(user_id=user_id).delete()
    PaperCode.objects.filter(user_id=user_id).delete()
    Letter.objects.filter(user_id=user_id, used_at__isnull=False).delete()
    EmailAddress.objects.filter(user_id=user_id).delete()
    AddressChange.objects.filter(user_id=user_id).delete()  # no old mailbox undoes what comes now
    Authenticator.objects.filter(user_id=user_id).delete()
    User.objects.filter(id=user_id).update(password=make_password(None))


def export(user_id: uuid.UUID) -> dict[str, Any]:
    """The ways in without e-mail, readable for the person. No code, and no fingerprint of one."""
    letter = Letter.objects.filter(user_id=user_id, used_at__isnull=False, ended_at=None).first()
    sentence = Sentence.objects.filter(user_id=user_id).first()
    asked = Recovery.objects.filter(user_id=user_id).order_by("requested_at")
    return {
        "letter_since": letter.used_at.isoformat() if letter and letter.used_at else None,
        "entry_codes_left": PaperCode.objects.filter(user_id=user_id, used_at=None).count(),
        "sentence_since": sentence.set_at.isoformat() if sentence else None,
        "new_ways_asked": [row.requested_at.isoformat() for row in asked],
    }
