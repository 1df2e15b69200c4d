"""*Even pauze*: in one tap nobody can read, nothing is sent and no clock runs, until the person returns.

`User.paused_at` is all there is. Nothing is copied from it: who asks whether something may be read, sent or
tidied away looks at it at that moment.
"""

from django.db import transaction

from mmm.accounts import policy, presence
from mmm.accounts.actors import Actor
from mmm.accounts.models import User
from mmm.foundation import clock
from mmm.foundation.policy import require
from mmm.foundation.public import raise_edition


@transaction.atomic
def pause(actor: Actor) -> User:
    """Have a break from now on; a second time changes nothing. Raises `NotAllowed`.

    Who is reading at this very moment finishes first (`consent.services.read` holds the row); after that
    nobody reads.
    """
    require(policy.may_pause(actor))
    raise_edition()  # a story that they passed on rests, too
    User.objects.filter(id=actor.id, paused_at=None).update(paused_at=clock.now())
    presence.changed(actor.id)
    return _told(actor)


@transaction.atomic
def resume(actor: Actor) -> User:
    """Be back: what was open and has not ended meanwhile is open again. Raises `NotAllowed`."""
    require(policy.may_pause(actor))
    raise_edition()
    User.objects.filter(id=actor.id).update(paused_at=None)
    presence.changed(actor.id)
    return _told(actor)


def _told(actor: Actor) -> User:
    actor.user.refresh_from_db(fields=["paused_at"])
    return actor.user
