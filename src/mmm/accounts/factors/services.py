"""What people do with their second steps and their password. Each change sends the person a notice."""

from allauth.mfa.models import Authenticator

from mmm.accounts import notices, policy, ways_in, ways_log
from mmm.accounts.actors import Actor
from mmm.accounts.factors import keys, own, paper, totp
from mmm.foundation import ids
from mmm.foundation.policy import require

CHANGED = "accounts.way_in_changed"


def set_up_app(actor: Actor, *, secret: str, typed: str) -> bool:
    """Let this app's codes count from now on, if the typed code is its code now; else False.

    Who has no codes on paper yet gets them with it.
    """
    with ways_log.changing(actor.id):
        if not (new := totp.set_up(actor.user, secret, typed)):
            return new is None
        if not own.of(actor.user).paper:
            paper.make(actor.user)
        _tell(actor)
        return True


def make_paper(actor: Actor) -> None:
    """New codes on paper; those from before no longer work.

    Raises:
        NotAllowed: there is no second step that they could stand in for.
    """
    require(policy.may_make_paper(own.of(actor.user)))
    with ways_log.changing(actor.id):
        paper.make(actor.user)
        _tell(actor)


def remove_app(actor: Actor) -> None:
    """The app's codes no longer count. With the last second step the codes on paper go, too.

    Raises:
        NotAllowed: it is the last second step of somebody who needs one (with the reason).
    """
    with ways_log.changing(actor.id):
        require(policy.may_remove_step(actor, own.of(actor.user), "app"))
        Authenticator.objects.filter(user_id=actor.id, type=own.Type.TOTP).delete()
        _drop_idle_paper(actor)
        _tell(actor)


def add_key(actor: Actor, *, state: str, answer: str, name: str) -> bool:
    """Keep the passkey that the device made; False when its answer is not good (any more)."""
    with ways_log.changing(actor.id):
        if not keys.add(actor.user, state=state, answer=answer, name=name):
            return False
        if not own.of(actor.user).paper:
            paper.make(actor.user)
        _tell(actor)
        return True


def remove_key(actor: Actor, *, key_id: int) -> None:
    """This passkey opens nothing any more.

    Raises:
        NotAllowed: it is the last second step of somebody who needs one, or their last way in (with the
            reason).
    """
    with ways_log.changing(actor.id):
        factors = own.of(actor.user)
        if key_id not in {key.id for key in factors.keys}:
            return
        require(policy.may_remove_step(actor, factors, "key"))
        require(policy.may_lose(ways_in.of(actor.id), "key"))
        Authenticator.objects.filter(user_id=actor.id, id=key_id, type=own.Type.WEBAUTHN).delete()
        _drop_idle_paper(actor)
        _tell(actor)


def set_password(actor: Actor, *, password: str) -> None:
    """Sign in with this password and a second step from now on. Other sessions of the person end.

    Raises:
        NotAllowed: there is no second step beside it.
    """
    with ways_log.changing(actor.id):
        require(policy.may_set_password(own.of(actor.user)))
        actor.user.set_password(password)
        actor.user.save(update_fields=["password"])
        _tell(actor)


def remove_password(actor: Actor) -> None:
    """The password opens nothing any more; a code by mail always did."""
    with ways_log.changing(actor.id):
        actor.user.set_unusable_password()
        actor.user.save(update_fields=["password"])
        _tell(actor)


def _tell(actor: Actor) -> None:
    notices.send(actor.id, kind=CHANGED, view="accounts:second_step", key=ids.new().hex)


def _drop_idle_paper(actor: Actor) -> None:
    if not own.of(actor.user).any:
        Authenticator.objects.filter(user_id=actor.id).delete()
