"""What people do with their account: sign up, sign in, choose a role, change a name, erase everything."""

import datetime as dt
import uuid

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from mmm.accounts import addresses, codes, devices, farewell_log, fresh, notices, policy, presence, selectors
from mmm.accounts.actors import SELF, SESSION_ROLE, Actor, Role, resolve, roles_of
from mmm.accounts.browser import SESSION_SHARED
from mmm.accounts.middleware import SESSION_SEEN
from mmm.accounts.models import Block, Farewell, Letter, Recovery, Session, User
from mmm.accounts.sessions import SESSION_ENDS, ends_at
from mmm.foundation import clock, crypto, doors, ids, once, tasks
from mmm.foundation.policy import require

ask_code = codes.ask
IDLE = {"self": dt.timedelta(hours=12), "member": dt.timedelta(minutes=60), "staff": dt.timedelta(minutes=60)}
IDLE_SHARED = dt.timedelta(minutes=10)


def sign_up(*, address: str, name: str, language: str, shared: bool = False) -> User:
    """Make an account for somebody who just proved to have this address; the one there is when there is one.

    Nothing is stored about why somebody is here. `shared`: others use the device, so nothing is mailed but
    codes until the person chooses it.
    """
    known = selectors.to_sign_in(address)
    if known is not None:
        return known
    vault_id = crypto.create_vault("user")
    try:
        with transaction.atomic():
            user = User.objects.create_user(name=name, vault_id=vault_id, language=language)
            EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
            if shared:
                notices.only_on_page(user.id)
            return user
    except IntegrityError:  # the same person, twice at the same moment
        crypto.destroy_vault(vault_id)
        return User.objects.get(emailaddress__email=address, emailaddress__verified=True)


def sign_in(
    request: HttpRequest, *, user: User, address: str | None = None, shared: bool = False
) -> HttpResponse:
    """Sign this browser in, by the library, so that its further stages (a second factor) come in between.

    `shared`: somebody else uses this device, too. It is written in the session before anything else, so that
    it outlives further stages. `address` is None for who comes with a code on paper. Returns the library's
    answer: while `request.user` is not this person, a further stage asks something.
    """
    request.session[SESSION_SHARED] = shared
    record_authentication(request, user, method="code", email=address)
    response: HttpResponse = perform_login(request, user, email_verification="none", email=address)
    if request.user.is_authenticated:
        request.session[SESSION_SHARED] = shared  # once more: after somebody else it began empty
        fresh.mark(request)
        devices.remember(request)
        choose_role(request, user=user, key=SELF.key)
        User.objects.filter(id=user.id, last_seen_on__lt=clock.today()).update(last_seen_on=clock.today())
    return response


def enter(request: HttpRequest, user: User) -> HttpResponse | None:
    """Sign somebody in who came back; None when that is done, else what a further stage answers."""
    user.refresh_from_db()
    address = selectors.own_address(Actor(user))
    shared = bool(request.session.get(SESSION_SHARED))
    answer = sign_in(request, user=user, address=address, shared=shared)
    return None if request.user == user else answer


def tell_new_device(user: User, *, key: str = "") -> None:
    """Tell the person that they signed in on a device we did not know; the page ends sessions.

    `key`: of the code they asked for, so that the same code posted twice tells them once.
    """
    notices.send(user.id, kind="accounts.new_device", view="accounts:devices", key=key or ids.new().hex)


def sign_out(request: HttpRequest) -> None:
    """End this session."""
    get_adapter().logout(request)


def choose_role(request: HttpRequest, *, user: User, key: str) -> Role:
    """Act in this role from now on; "self" when the person does not have it. Sets how long idle may last."""
    role = resolve(user, key)
    request.actor = Actor(user, role)  # type: ignore[attr-defined]
    request.session[SESSION_ROLE] = role.key
    request.session[SESSION_SEEN] = clock.now().isoformat()
    # Seconds, not a timedelta: that would be a fixed moment, and the session would not slide.
    idle = IDLE_SHARED if request.session.get(SESSION_SHARED) else IDLE[role.kind]
    request.session.set_expiry(int(idle.total_seconds()))
    since = request.session.get(devices.SESSION_SINCE)
    begun = dt.datetime.fromisoformat(since) if since else clock.now()
    shared = bool(request.session.get(SESSION_SHARED))
    request.session[SESSION_ENDS] = ends_at(begun, kind=role.kind, shared=shared).isoformat()
    return role


def rename(actor: Actor, *, name: str) -> User:
    """Change what we call somebody."""
    actor.user.name = name
    actor.user.save(update_fields=["name"])
    return actor.user


def erase(actor: Actor) -> None:
    """Erase this person: invisible at once, then the key, then every row, in every room.

    First a task is written that can do all of it, so that nothing stays behind when this process is killed
    half-way. Once that is committed the work is done here, too, and the task finds little left to do.

    Raises:
        NotAllowed: not acting for oneself, or a room has a veto (with its reason).
    """
    require(policy.may_erase(actor))
    begin_erasing(actor.user)


def begin_erasing(user: User) -> None:
    """Erasing, for who has asked policy: invisible, a task that can do all, and then doing it."""
    user_id, vault_id = user.id, user.vault_id
    with transaction.atomic():
        tell_work_ends(user)
        User.objects.filter(id=user_id).update(is_active=False)
        presence.changed(user_id)
        Session.objects.filter(user_id=user_id).delete()
        Farewell.objects.filter(user_id=user_id, ended_at=None).update(due_at=clock.now())  # no way back
        payload = {"user": user_id.hex, "vault": vault_id.hex}
        tasks.enqueue("accounts.erase", key=user_id.hex, payload=payload)
        transaction.on_commit(lambda: farewell_log.went(user_id, Farewell.Cause.OWN, clock.now()))
        transaction.on_commit(lambda: erase_now(user_id, vault_id))


def tell_work_ends(user: User) -> None:
    """Whoever shares with this person hears that their work ends, as when they leave; just before it does."""
    works = [role.membership_id for role in roles_of(user) if role.membership_id is not None]
    for room in doors.work_ends if works else ():
        room.tell(works)


def erase_now(user_id: uuid.UUID, vault_id: uuid.UUID) -> None:
    """All steps of erasing, in their order; each can be repeated. Rows go in one transaction per room."""
    crypto.destroy_vault(vault_id)
    for room in reversed(tuple(doors.personal_data)):  # from the top of the house down; accounts is the last
        with transaction.atomic():
            room.erase(user_id, vault_id)


def erase_rows(user_id: uuid.UUID, vault_id: uuid.UUID) -> None:
    """What this room and the cellar hold: codes, mails, answered posts, sessions, addresses, the person."""
    own = EmailAddress.objects.filter(user_id=user_id).values_list("email", flat=True)
    for address in {*own, *addresses.written_to(user_id)}:
        codes.forget(address)
        tasks.outbox.forget(address)
    once.forget(user_id)
    Session.objects.filter(user_id=user_id).delete()
    EmailAddress.objects.filter(user_id=user_id).delete()
    # The name of who reported a death, in the farewell of somebody else.
    Farewell.objects.filter(reported_by=user_id).update(reported_by=None, reporter="")
    Farewell.objects.filter(checked_by=user_id).update(checked_by=None, checker="")
    Authenticator.objects.filter(user_id=user_id).delete()
    Block.objects.filter(Q(owner_id=user_id) | Q(blocked_id=user_id)).delete()
    Letter.objects.filter(made_by=user_id).update(made_by=None)
    Recovery.objects.filter(helped_by=user_id).update(helped_by=None)
    User.objects.filter(id=user_id).delete()
