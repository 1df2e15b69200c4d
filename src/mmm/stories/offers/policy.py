"""Who may do what with a story to pass on."""

import uuid

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation.policy import ALLOWED, Decision, Denied, require

EDITOR = "editor"


def may_give(actor: Actor) -> Decision:
    """Only somebody who is here as themselves passes a story on, and only their own. Also approving it."""
    if actor.is_self:
        return ALLOWED
    return Denied(_("You are here in your working role. Switch to yourself to pass your story on."))


def may_edit(actor: Actor) -> Decision:
    """An editor of a region. Never may an editor approve: that is the person's alone (`may_give`)."""
    if actor.role.kind == "staff" and actor.role.staff_role == EDITOR and actor.role.region_id:
        return ALLOWED
    return Denied(_("Only an editor of the region can do this."))


def region_of_editor(actor: Actor) -> uuid.UUID:
    """The region this editor edits for. Raises `NotAllowed` for everybody else."""
    require(may_edit(actor))
    return actor.role.region_id or uuid.UUID(int=0)
