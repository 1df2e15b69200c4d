"""Who gets further with a code: everybody without an account, and not every signed-in reader."""

from mmm.accounts import blocks as persons
from mmm.accounts.actors import Actor
from mmm.consent.models import Letter
from mmm.region import blocks as organisations


def may_open(viewer: Actor | None, letter: Letter | None) -> bool:
    """Whether this code works for who types it. Without an account the paper says it all.

    Not for somebody whom the owner blocked, or of an organisation they blocked; and for who is here for an
    employer only when the letter was made for one (house rules 2 and 14). To them it is a wrong code.
    """
    if letter is None:
        return False
    if viewer is None:
        return True
    if viewer.role.employer and not letter.for_employer:
        return False
    blocked = persons.is_blocked(letter.owner_id, viewer.id)
    return not blocked and not organisations.works_where_blocked(letter.owner_id, viewer.id)
