"""Who may do what with an account."""

import uuid
from typing import Literal

from django.utils.translation import gettext_lazy as _

from mmm.accounts import ways_in
from mmm.accounts.actors import Actor, roles_of
from mmm.accounts.factors import own, step
from mmm.foundation import doors
from mmm.foundation.policy import ALLOWED, Decision, Denied, require


def may_block(actor: Actor, person_id: uuid.UUID | None) -> Decision:
    """Everybody, acting for themselves, may block anybody else. `person_id` None: organisations, a list."""
    if not actor.is_self:
        return Denied(_("You are now acting for your work. Switch to yourself first."))
    if person_id == actor.id:
        return Denied(_("You cannot block yourself."))
    return ALLOWED


def may_pause(actor: Actor) -> Decision:
    """Everybody, at any moment, acting for themselves: a break is about one's own story."""
    if actor.is_self:
        return ALLOWED
    return Denied(_("You are now acting for your work. Switch to yourself first."))


# Who helps people in without e-mail, and in again. None of them ever sees what somebody wrote.
HELPERS = ("helper", "coordinator", "deputy")


def may_print_letters(actor: Actor) -> Decision:
    """Helpers, coordinators and deputies, for their own region."""
    if actor.role.kind == "staff" and actor.role.staff_role in HELPERS and actor.role.region_id:
        return ALLOWED
    return Denied(_("Only a helper of the region can do this."))


def region_of_helper(actor: Actor) -> uuid.UUID:
    """The region this actor helps for. Raises NotAllowed: not a helper, coordinator or deputy."""
    require(may_print_letters(actor))
    return actor.role.region_id or uuid.UUID(int=0)


def may_erase(actor: Actor) -> Decision:
    """Everybody may, acting for themselves, unless a room says what has to be handed on first."""
    if not actor.is_self:
        return Denied(_("You are now acting for your work. Switch to yourself first."))
    for veto in doors.leaving:
        decision = veto.may_leave(actor.id)
        if isinstance(decision, Denied):
            return decision
    return ALLOWED


def may_lose(own: ways_in.Own, what: Literal["address", "key"]) -> Decision:
    """Never the last way in. A sentence alone is none: it takes a helper and three days."""
    gone = {"address": own.addresses, "key": own.keys}[what] > 0
    left = own.addresses + own.keys + own.letter + bool(own.paper_codes) - gone
    if left > 0:
        return ALLOWED
    return Denied(_("You have no other way in. Make one first, for instance codes on paper."))


def may_make_paper(factors: own.Factors) -> Decision:
    """Only beside an app or a passkey: codes on paper stand in for one of them."""
    if factors.any:
        return ALLOWED
    return Denied(_("First choose a code app or a passkey. Codes on paper are for when you do not have it."))


def may_set_password(factors: own.Factors) -> Decision:
    """A password alone opens nothing: it can be guessed or seen by others."""
    if factors.any:
        return ALLOWED
    return Denied(_("A password only works with a second step. First choose a code app or a passkey."))


def may_remove_step(actor: Actor, factors: own.Factors, what: str) -> Decision:
    """Nobody with work here stays without a second step, and a password never stands alone."""
    if not factors.last(what):
        return ALLOWED
    if any(role.kind in step.NEED_IT for role in roles_of(actor.user)):
        return Denied(
            _("You need this for your work. Set up another second step first. Then this one can go.")
        )
    if factors.password:
        return Denied(_("Your password only works with a second step. Remove your password first."))
    return ALLOWED
