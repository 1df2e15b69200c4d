"""Inviting somebody by mail or by letter; accepting with one button, which no mail scanner presses."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mmm.accounts.actors import Actor
from mmm.foundation import clock, crypto, limits
from mmm.foundation.policy import Denied, require
from mmm.foundation.tasks import outbox
from mmm.region import policy, services, staff
from mmm.region.models import Invitation, Membership, Organisation, Profession, StaffRole

VALID = dt.timedelta(days=14)
# Mails from one coordinator in a day: a list of addresses is no reason to write to strangers.
A_DAY, WINDOW = 40, dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation, and its link: in the mail or on the letter, and nowhere else."""

    invitation: Invitation
    link: str


def invite(
    actor: Actor,
    *,
    address: str = "",
    organisation: Organisation | None = None,
    profession: Profession | None = None,
    role: str = "",
) -> Made:
    """Invite whoever opens the link: to work at an organisation of the region, or to a task for the region.

    With an `address` one neutral mail goes there; without one the link is for a letter.

    Raises:
        NotAllowed: not the coordinator of this region, an organisation elsewhere, no profession, or more
            mails in a day than anybody has reason for.
    """
    region_id = policy.region_of(actor)
    if organisation is not None and organisation.region_id != region_id:
        require(Denied(_("Only the coordinator of this region can do this.")))
    if organisation is not None and organisation.kind == Organisation.Kind.SERVICE and profession is None:
        require(Denied(_("Choose the profession.")))
    if address and not limits.hit("invitation-mail", actor.id.hex, limit=A_DAY, window=WINDOW).allowed:
        require(Denied(_("You sent many invitations today. Go on tomorrow, or print letters.")))
    if role:
        require(policy.may_appoint(actor, role, region_id))
    token = uuid.uuid4()
    with transaction.atomic():
        row = Invitation.objects.create(
            region_id=region_id,
            organisation=organisation,
            profession=profession if organisation is not None else None,
            role="" if organisation is not None else role,
            address=address,
            token=_mark(token),
            made_by=actor.id,
            made_at=clock.now(),
            expires_at=clock.now() + VALID,
        )
        link = f"{settings.BASE_URL}{reverse('region:invitation', args=[token])}"
        if address:
            _mail(row, link)
    return Made(row, link)


def open_in_region(actor: Actor) -> list[Invitation]:
    """Invitations that nobody accepted yet, newest first.

    Raises:
        NotAllowed: the actor is no coordinator or deputy.
    """
    rows = _open().filter(region_id=policy.region_of(actor))
    return list(rows.select_related("organisation", "profession").order_by("-made_at"))


def withdraw(actor: Actor, *, invitation_id: uuid.UUID) -> bool:
    """Take an invitation back; its link opens nothing any more. False when there is none (any more).

    Raises:
        NotAllowed: the actor is no coordinator or deputy.
    """
    rows = _open().filter(id=invitation_id, region_id=policy.region_of(actor))
    return rows.exists() and bool(rows.update(withdrawn_at=clock.now(), address=""))


def by_token(token: uuid.UUID) -> Invitation | None:
    """The invitation behind a link, as long as somebody can accept it. Reading changes nothing."""
    rows = _open().filter(token=_mark(token))
    return rows.select_related("organisation", "profession", "region").first()


def accept(actor: Actor, *, token: uuid.UUID, name: str) -> Membership | StaffRole | None:
    """Accept: the work (still to be promised secrecy) or the task is there. Of two at once one gets it.

    None when it was accepted, withdrawn or over, when who invited accepts, or does not coordinate any more.

    Raises:
        NotAllowed: not acting for oneself, or the coordinator would become their own deputy.
    """
    if not actor.is_self:
        require(Denied(_("You are now acting for your work. Switch to yourself first.")))
    with transaction.atomic():
        row = by_token(token)
        if row is None or row.made_by == actor.id:
            return None
        now = clock.now()
        taken = _open().filter(id=row.id).update(accepted_at=now, accepted_by=actor.id, address="")
        if not taken:
            return None
        if row.organisation is None:
            return staff.take_on(actor, region_id=row.region_id, role=row.role)
        membership = services.request_membership(
            actor, organisation=row.organisation, profession=row.profession, name=name
        )
        Membership.objects.filter(id=membership.id, confirmed_at=None).update(
            confirmed_at=now, confirmed_by=row.made_by
        )
        membership.refresh_from_db()
        return membership


def prune() -> None:
    """Remove invitations whose 14 days are over, with the address."""
    Invitation.objects.filter(expires_at__lt=clock.now()).delete()


def erase(user_id: uuid.UUID) -> None:
    """Remove what a person accepted; who invited is forgotten. Repeatable."""
    Invitation.objects.filter(accepted_by=user_id).delete()
    Invitation.objects.filter(made_by=user_id).update(made_by=None)


def close_all() -> int:
    """After a restore: the backup does not know which invitations were withdrawn since. Returns how many."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return waiting.update(withdrawn_at=clock.now(), address="")


def _open() -> QuerySet[Invitation]:
    """What somebody can accept now: whoever invited still coordinates that region."""
    inviting = StaffRole.objects.filter(
        user_id=OuterRef("made_by"),
        user__is_active=True,
        region_id=OuterRef("region_id"),
        role__in=policy.COORDINATORS,
        ended_at=None,
    )
    return Invitation.objects.filter(
        Exists(inviting), accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    )


def _mail(row: Invitation, link: str) -> None:
    with translation.override(get_language() or "nl"):
        body = render_to_string("region/mail/invitation.txt", {"link": link})
        outbox.post(to=row.address, subject=_("An invitation"), body=body, kind="invitation", key=row.id.hex)


def _mark(token: uuid.UUID) -> str:
    return crypto.fingerprint("invitation", token.hex)
