"""Who may do what with memberships and staff roles."""

import uuid

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation.policy import ALLOWED, Decision, Denied
from mmm.region.models import Membership

COORDINATORS = ("coordinator", "deputy")


def may_coordinate(actor: Actor, region_id: uuid.UUID) -> Decision:
    """Coordinator and deputy, of their own region only: elsewhere they are strangers."""
    role = actor.role
    if role.kind == "staff" and role.staff_role in COORDINATORS and role.region_id == region_id:
        return ALLOWED
    return Denied(_("Only the coordinator of this region can do this."))


def may_confirm(actor: Actor, membership: Membership) -> Decision:
    """A coordinator confirms others; nobody confirms themselves."""
    if membership.user_id == actor.id:
        return Denied(_("You cannot confirm yourself. Ask the other coordinator."))
    return may_coordinate(actor, membership.organisation.region_id)


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
