"""Who may share what with whom, and who may read."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.dataclass import P2, P3
from mmm.foundation.doors import SharedThing
from mmm.foundation.policy import ALLOWED, Decision, Denied
from mmm.region.selectors import Reader

MONTHS_FILLED_IN = 3
LONGEST_DAYS = 366  # house rule of the consent room: twelve months at most


def may_decide(actor: Actor) -> Decision:
    """Only the person decides about their own story, and only when here as themselves."""
    if actor.is_self:
        return ALLOWED
    return Denied(_("You are here in your working role. Switch to yourself to decide who reads your story."))


def may_share(
    actor: Actor,
    thing: SharedThing,
    reader: Reader,
    *,
    until: dt.date,
    knows_unchecked: bool = False,
    knows_income: bool = False,
) -> Decision:
    """Whether `actor` may open `thing` to `reader` until and including that day.

    `knows_unchecked`: the person has read what it means that nobody checked the reader's organisation.
    `knows_income`: what it may mean that this reader works where benefits are decided (house rule 14).
    """
    if not (decision := may_decide(actor)):
        return decision
    if actor.user.paused_at:
        return Denied(_("You are having a break. Nobody can read now. Be back first, then share."))
    if thing.owner_id != actor.id:
        return Denied(_("This is not yours to share."))
    if reader.user_id == actor.id:
        return Denied(_("You cannot share with yourself. You can always read your own story."))
    if not (ceiling := may_be_read_by(thing.data_class.value, reader)):
        return ceiling
    if not reader.checked and not knows_unchecked:
        return Denied(_("Nobody checked this organisation yet. First read what that means."))
    if thing.data_class == P3 and reader.decides_on_benefits and not knows_income:
        return Denied(_("This reader works where benefits are decided. First read what that may mean."))
    if not clock.today() <= until <= clock.today() + dt.timedelta(days=LONGEST_DAYS):
        return Denied(_("Choose a day between today and one year from now."))
    return ALLOWED


def may_be_read_by(data_class: str, reader: Reader) -> Decision:
    """The ceiling of a kind of reader: an employer gets P2 at most (house rules 2 and 14)."""
    if data_class == P2.value or not reader.employer:
        return ALLOWED
    return Denied(_("An employer never gets this part. You can share your dreams and what you need."))
