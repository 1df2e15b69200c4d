"""Who may do what with an account."""

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation import doors
from mmm.foundation.policy import ALLOWED, Decision, Denied


def may_pause(actor: Actor) -> Decision:
    """Everybody, at any moment, acting for themselves: a break is about one's own story."""
    if actor.is_self:
        return ALLOWED
    return Denied(_("You are now acting for your work. Switch to yourself first."))


def may_erase(actor: Actor) -> Decision:
    """Everybody may, acting for themselves, unless a room says what has to be handed on first."""
    if not actor.is_self:
        return Denied(_("You are now acting for your work. Switch to yourself first."))
    for veto in doors.leaving:
        decision = veto.may_leave(actor.id)
        if isinstance(decision, Denied):
            return decision
    return ALLOWED


def may_wish(actor: Actor) -> Decision:
    """What happens when somebody is not there any more is their own, and said as themselves."""
    if actor.is_self:
        return ALLOWED
    return Denied(_("You are now acting for your work. Switch to yourself first."))
