"""Who may make a letter of what."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.consent.letters.selectors import Choices
from mmm.consent.policy import may_decide
from mmm.foundation import clock
from mmm.foundation.policy import ALLOWED, Decision, Denied

LONGEST_DAYS = 14


def last_day() -> dt.date:
    """The last day until which a letter made today may be read."""
    return clock.today() + dt.timedelta(days=LONGEST_DAYS)


def may_make(actor: Actor, choices: Choices, *, knows_paper: bool, not_about_health: bool) -> Decision:
    """Whether this letter may be made.

    `knows_paper`: the person has read what it may mean that a P3 part lies on the street with a code.
    `not_about_health`: they said so of the health words found in what goes to an employer (house rule 2).
    """
    if not (decision := may_decide(actor)):
        return decision
    if actor.user.paused_at:
        return Denied(_("You are having a break. Nobody can read now. Be back first, then share."))
    if any(thing.owner_id != actor.id for thing in choices.things):
        return Denied(_("This is not yours to share."))
    if not choices.things:
        return Denied(_("An employer never gets these parts. Choose other parts."))
    if choices.until is None or not clock.today() <= choices.until <= last_day():
        return Denied(_("Choose a day between today and two weeks from now."))
    if choices.strict and not knows_paper:
        return Denied(_("Tick that you have read this first."))
    if choices.health_words and not not_about_health:
        return Denied(_("Look at these words first."))
    return ALLOWED
