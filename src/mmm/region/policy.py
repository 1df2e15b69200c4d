"""Who may do what with memberships and staff roles."""

import uuid

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation.policy import ALLOWED, Decision, Denied, require
from mmm.region.models import Membership, Opening, StaffRoleName

COORDINATORS = ("coordinator", "deputy")
HANDLERS = (*COORDINATORS, "outside")  # of reports; the last one when nobody in the region may
EVERY_TASK = tuple(StaffRoleName.values)


def may_coordinate(actor: Actor, region_id: uuid.UUID) -> Decision:
    """Coordinator and deputy, of their own region only: elsewhere they are strangers."""
    role = actor.role
    if role.kind == "staff" and role.staff_role in COORDINATORS and role.region_id == region_id:
        return ALLOWED
    return Denied(_("Only the coordinator of this region can do this."))


def may_handle_reports(actor: Actor, region_id: uuid.UUID) -> Decision:
    """Who looks after this region, and its contact outside; which reports, `reports.selectors` says."""
    role = actor.role
    if role.kind == "staff" and role.staff_role in HANDLERS and role.region_id == region_id:
        return ALLOWED
    return Denied(_("Only the coordinator of this region can do this."))


def may_appoint(actor: Actor, role: str, region_id: uuid.UUID) -> Decision:
    """The coordinator gives every task but that of who stands above the region."""
    if role == StaffRoleName.OUTSIDE:
        return Denied(_("Who keeps this website chooses the contact outside the region."))
    return may_coordinate(actor, region_id)


def region_of(actor: Actor) -> uuid.UUID:
    """The region that this coordinator or deputy acts for. Raises `NotAllowed` for everybody else."""
    region_id = actor.role.region_id or uuid.UUID(int=0)
    require(may_coordinate(actor, region_id))
    return region_id


def may_confirm(actor: Actor, membership: Membership) -> Decision:
    """The coordinator, and the contact of the organisation, confirm others; nobody confirms themselves.

    The contact acts in the membership that makes them the contact, which is active as long as it is a role.
    """
    if membership.user_id == actor.id:
        return Denied(_("You cannot confirm yourself. Ask the other coordinator."))
    contact_id = membership.organisation.contact_id
    if contact_id is not None and actor.role.kind == "member" and actor.role.membership_id == contact_id:
        return ALLOWED
    return may_coordinate(actor, membership.organisation.region_id)


def may_say_the_second_yes(actor: Actor, opening: Opening) -> Decision:
    """A region is opened by two people: who asked is not the one who confirms."""
    if opening.asked_by == actor.id:
        return Denied(_("You asked. Somebody else has to say yes: the coordinator or the deputy."))
    return may_coordinate(actor, opening.region_id)


def may_end(actor: Actor, membership: Membership) -> Decision:
    """The member, and the coordinator of the region of the organisation."""
    if membership.user_id == actor.id:
        return ALLOWED
    return may_coordinate(actor, membership.organisation.region_id)


def may_change_own(actor: Actor, membership: Membership) -> Decision:
    """Accepting secrecy and being found in the directory are the member's own."""
    if membership.user_id == actor.id and membership.ended_at is None:
        return ALLOWED
    return Denied(_("This is not your work."))
