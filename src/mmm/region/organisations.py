"""What a coordinator does with organisations: look, change, check, choose a contact, close."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mmm.accounts.actors import Actor
from mmm.foundation import clock, doors
from mmm.foundation.policy import NotAllowed, require
from mmm.foundation.public import raise_edition
from mmm.region import policy, restored
from mmm.region.models import ContactPoint, Membership, Organisation, StaffRole, StaffRoleName


def here(actor: Actor) -> list[Organisation]:
    """The organisations of the coordinator's region that are not closed, by name. Raises `NotAllowed`."""
    rows = Organisation.objects.filter(region_id=policy.region_of(actor), closed_at__isnull=True)
    return list(rows.order_by("name"))


def find(actor: Actor, organisation_id: uuid.UUID) -> Organisation | None:
    """One of them with its region; None elsewhere or when closed, as if it were not there."""
    rows = Organisation.objects.select_related("region", "part_of", "contact")
    return rows.filter(id=organisation_id, region_id=policy.region_of(actor), closed_at__isnull=True).first()


def people_of(actor: Actor, organisation: Organisation) -> list[Membership]:
    """Who is confirmed there, by name. Raises `NotAllowed`."""
    require(policy.may_coordinate(actor, organisation.region_id))
    rows = Membership.objects.filter(
        organisation=organisation, confirmed_at__isnull=False, ended_at__isnull=True
    )
    return list(rows.order_by("name", "id"))


def change(
    actor: Actor,
    *,
    organisation: Organisation,
    name: str,
    kind: str,
    chain_link: str,
    part_of: Organisation | None,
    contact: Membership | None,
) -> Organisation:
    """Write an organisation anew. With another kind or link it has to be checked again.

    Raises:
        NotAllowed: not the coordinator of this region, or the name is taken.
    """
    require(policy.may_coordinate(actor, organisation.region_id))
    if part_of is not None and (part_of.id == organisation.id or part_of.part_of_id is not None):
        raise NotAllowed(_("Choose the organisation that stands above, not one that is a part itself."))
    if (organisation.kind, organisation.chain_link) != (kind, chain_link):
        organisation.checked_at = organisation.checked_by = None
    organisation.name, organisation.kind, organisation.chain_link = name, kind, chain_link
    organisation.part_of, organisation.contact = part_of, contact
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        raise NotAllowed(_("This name stands on the list already.")) from None
    raise_edition()
    return organisation


@transaction.atomic
def close(actor: Actor, *, organisation: Organisation) -> None:
    """This organisation takes part no more: its memberships end, so what people shared there closes at once.

    Listeners who work nowhere else stop counting for the list of the region; that is computed there.
    Raises `NotAllowed`.
    """
    require(policy.may_coordinate(actor, organisation.region_id))
    now = clock.now()
    ending = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    at_work = list(ending.values_list("id", flat=True))
    for room in doors.work_ends:
        room.tell(at_work)
    ending.update(ended_at=now)
    restored.work_ended(at_work)
    ContactPoint.objects.filter(organisation=organisation).delete()
    Organisation.objects.filter(part_of=organisation).update(part_of=None)
    Organisation.objects.filter(id=organisation.id, closed_at__isnull=True).update(
        closed_at=now, contact=None
    )
    raise_edition()


def listeners_at(organisation: Organisation) -> bool:
    """Whether somebody who listens for the region works here: closing it may close the region."""
    return StaffRole.objects.filter(
        role=StaffRoleName.LISTENER,
        ended_at__isnull=True,
        region_id=organisation.region_id,
        user__memberships__organisation=organisation,
        user__memberships__ended_at__isnull=True,
    ).exists()
