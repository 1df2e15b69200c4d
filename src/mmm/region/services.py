"""What people do with memberships: ask, confirm, accept secrecy, be found, leave; and giving staff roles."""

import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mmm.accounts import notices
from mmm.accounts.actors import Actor
from mmm.foundation import clock, doors
from mmm.foundation.policy import Denied, NotAllowed, require
from mmm.foundation.public import raise_edition
from mmm.region import policy, restored
from mmm.region.models import (
    ContactPoint,
    Membership,
    Opening,
    Organisation,
    OrganisationBlock,
    Profession,
    Promise,
    Region,
    StaffRole,
    StaffRoleName,
)

# Raised when the words of the secrecy statement change (templates/region/secrecy.html).
SECRECY_VERSION = 1


def request_membership(
    actor: Actor, *, organisation: Organisation, profession: Profession | None, name: str
) -> Membership:
    """Ask to be known as working at an organisation. Asking twice gives the membership that is there.

    Raises:
        NotAllowed: a service organisation without a profession.
    """
    if profession is None and organisation.kind == Organisation.Kind.SERVICE:
        require(Denied(_("Choose your profession.")))
    try:
        with transaction.atomic():
            return Membership.objects.create(
                user_id=actor.id, organisation=organisation, profession=profession, name=name
            )
    except IntegrityError:
        return Membership.objects.get(
            user_id=actor.id, organisation=organisation, profession=profession, ended_at__isnull=True
        )


def choose_listed_as_peer(actor: Actor, *, membership: Membership, listed: bool) -> Membership:
    """The member chooses whether colleagues find them as an ervaringsdeskundige. A second, separate choice.

    Raises:
        NotAllowed: not the member, or the membership has ended.
    """
    require(policy.may_change_own(actor, membership))
    membership.listed_as_peer = listed
    membership.save(update_fields=["listed_as_peer"])
    return membership


@transaction.atomic
def confirm_membership(actor: Actor, *, membership: Membership) -> Membership:
    """The coordinator or the organisation's contact says: this person works there. Twice changes nothing.

    Raises:
        NotAllowed: neither of them, or one's own membership.
    """
    require(policy.may_confirm(actor, membership))
    waiting = Membership.objects.filter(id=membership.id, confirmed_at__isnull=True, ended_at__isnull=True)
    if waiting.update(confirmed_at=clock.now(), confirmed_by=actor.id):
        notices.send(membership.user_id, kind="region.answer", view="region:mine", key=membership.id.hex)
    raise_edition()  # the region's public page names the organisations that take part
    membership.refresh_from_db(fields=["confirmed_at", "confirmed_by", "ended_at"])
    return membership


@transaction.atomic
def decline_membership(actor: Actor, *, membership: Membership, why: str) -> Membership:
    """Say no to a request, with one of the reasons; it ends, and the person may ask again. Repeatable.

    Raises:
        NotAllowed: as for confirming; no such reason; or the membership was confirmed before (it is ended,
            not declined).
    """
    require(policy.may_confirm(actor, membership))
    if why not in Membership.Why.values:
        require(Denied(_("Choose why.")))
    now = clock.now()
    waiting = Membership.objects.filter(id=membership.id, confirmed_at__isnull=True, ended_at__isnull=True)
    if waiting.update(declined_at=now, declined_why=why, ended_at=now):
        restored.work_ended([membership.id])
        notices.send(membership.user_id, kind="region.answer", view="region:mine", key=membership.id.hex)
    membership.refresh_from_db(fields=["confirmed_at", "declined_at", "declined_why", "ended_at"])
    if membership.declined_at is None:
        require(Denied(_("This was confirmed already. You can end it.")))
    return membership


def accept_secrecy(actor: Actor, *, membership: Membership) -> Membership:
    """The member accepts the present version of the secrecy statement for this work.

    Raises:
        NotAllowed: not the member, or the membership has ended.
    """
    require(policy.may_change_own(actor, membership))
    membership.secrecy_version, membership.secrecy_at = SECRECY_VERSION, clock.now()
    membership.save(update_fields=["secrecy_version", "secrecy_at"])
    raise_edition()
    return membership


def choose_listed(actor: Actor, *, membership: Membership, listed: bool) -> Membership:
    """The member chooses whether workers can find them in the directory.

    Raises:
        NotAllowed: not the member, or the membership has ended.
    """
    require(policy.may_change_own(actor, membership))
    membership.listed = listed
    membership.save(update_fields=["listed"])
    return membership


@transaction.atomic
def leave(actor: Actor, *, membership: Membership) -> Membership:
    """End a membership, by the member or the coordinator. What others shared closes at the next request.

    Nothing is copied from here: consent asks `selectors.active_memberships_q` at every read. Rooms above may
    tell people about it (`doors.work_ends`).

    Raises:
        NotAllowed: neither the member nor the coordinator of this region.
    """
    require(policy.may_end(actor, membership))
    for room in doors.work_ends:
        room.tell([membership.id])
    Membership.objects.filter(id=membership.id, ended_at__isnull=True).update(ended_at=clock.now())
    restored.work_ended([membership.id])
    raise_edition()
    membership.refresh_from_db(fields=["ended_at"])
    return membership


def add_organisation(
    actor: Actor | None, *, region: Region, name: str, chain_link: str, kind: str
) -> Organisation:
    """Put an organisation on the region's list; the one that is there when the name is. None: command line.

    Raises:
        NotAllowed: not the coordinator of this region.
    """
    if actor is not None:
        require(policy.may_coordinate(actor, region.id))
    found, _made = Organisation.objects.get_or_create(
        region=region, name=name, defaults={"chain_link": chain_link, "kind": kind}
    )
    return found


def check_organisation(actor: Actor, *, organisation: Organisation, kvk: str = "") -> Organisation:
    """A coordinator looked whether it is what it says it is; once more changes the number only.

    `kvk` is its number in the trade register, empty when the coordinator knows the contact.

    Raises:
        NotAllowed: not the coordinator of this region.
    """
    require(policy.may_coordinate(actor, organisation.region_id))
    organisation.kvk = kvk
    if organisation.checked_at is None:
        organisation.checked_at, organisation.checked_by = clock.now(), actor.id
    organisation.save(update_fields=["kvk", "checked_at", "checked_by"])
    raise_edition()
    return organisation


def appoint(actor: Actor | None, *, user_id: uuid.UUID, role: str, region: Region) -> StaffRole:
    """Give a person a task for a region; giving it twice changes nothing. `actor` None is the command line.

    Raises:
        NotAllowed: the actor is no coordinator of this region, or there is no such role.
    """
    if actor is not None:
        require(policy.may_appoint(actor, role, region.id))
    if role not in StaffRoleName.values:
        raise NotAllowed(_("There is no such role."))
    given_by = actor.id if actor else None
    try:
        with transaction.atomic():
            made = StaffRole.objects.create(user_id=user_id, region=region, role=role, given_by=given_by)
            tell_of_tasks([user_id])
            return made
    except IntegrityError:
        return StaffRole.objects.get(user_id=user_id, region=region, role=role, ended_at__isnull=True)


def tell_of_tasks(user_ids: Iterable[uuid.UUID]) -> None:
    """Let rooms above know that somebody's tasks began or ended. In the transaction in which they did."""
    for user_id in user_ids:
        for room in doors.tasks_changed:
            room.tell(user_id)


def erase(user_id: uuid.UUID) -> None:
    """Remove every membership and staff role of a person who erases themselves. Repeatable."""
    Membership.objects.filter(user_id=user_id).delete()
    StaffRole.objects.filter(user_id=user_id).delete()
    OrganisationBlock.objects.filter(owner_id=user_id).delete()
    Membership.objects.filter(confirmed_by=user_id).update(confirmed_by=None)
    StaffRole.objects.filter(given_by=user_id).update(given_by=None)
    Organisation.objects.filter(checked_by=user_id).update(checked_by=None)
    ContactPoint.objects.filter(checked_by=user_id).update(checked_by=None)
    Promise.objects.filter(by=user_id).update(by=None)
    for field in ("asked_by", "confirmed_by", "ended_by"):
        Opening.objects.filter(**{field: user_id}).update(**{field: None})
    raise_edition()
