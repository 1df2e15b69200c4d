"""Who may answer an exercise: the reader, here as themselves, and nobody else (house rule 1)."""

from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.foundation.policy import ALLOWED, Decision, Denied


def may_answer(actor: Actor) -> Decision:
    """Only somebody who is here as themselves, and only their own."""
    if actor.is_self:
        return ALLOWED
    return Denied(_("You are here in your working role. Switch to yourself to open your own answers."))
