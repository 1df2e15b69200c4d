"""Passkeys (WebAuthn level 2): a key that stays on somebody's device and opens with a finger, face or PIN.

The challenge travels through the browser in a sealed token instead of a session, so that showing a page
writes nothing; each is good once, for five minutes.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mmm.accounts.factors.adapter import Adapter
from mmm.accounts.models import User
from mmm.foundation import clock, limits
from mmm.foundation.crypto import server_box

GOOD_FOR = dt.timedelta(minutes=5)
MOST = 10  # passkeys of one person


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page's script asks the device (JSON), and the sealed token that its answer belongs to."""

    options: str
    state: str


def ask_new(user: User) -> Asked:
    """Ask the device to make a passkey that can sign in by itself."""
    who = Adapter().get_public_key_credential_user_entity(user)
    data, state = _server().register_begin(
        user=PublicKeyCredentialUserEntity(**who),
        credentials=auth.get_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(data, state, f"new {user.id.hex}")


def add(user: User, *, state: str, answer: str, name: str) -> bool:
    """Keep the passkey that the device made; False when its answer is not good (any more)."""
    opened, credential = _open(state, f"new {user.id.hex}"), _read(answer)
    if opened is None or credential is None:
        return False
    if Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.WEBAUTHN).count() >= MOST:
        return False
    try:
        _server().register_complete(opened, credential)
    except (ValueError, TypeError, KeyError):
        return False
    data = {"name": name, "credential": credential}
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data=data,
        created_at=clock.now(),
        last_used_at=clock.now(),
    )
    return True


def ask(user: User | None = None) -> Asked:
    """Ask for one of this person's passkeys, or (None) for any that the device has for this site."""
    credentials = auth.get_credentials(user) if user is not None else []
    data, state = _server().authenticate_begin(
        credentials=credentials, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _asked(data, state, f"use {user.id.hex if user else ''}")


def check(*, state: str, answer: str, user: User | None = None) -> User | None:
    """Whose passkey answered; None when the answer is not good. `user`: only this person's counts."""
    opened = _open(state, f"use {user.id.hex if user else ''}")
    response = _read(answer)
    if opened is None or response is None:
        return None
    owner = user or _named_in(response)
    if owner is None:
        return None
    try:
        used = _server().authenticate_complete(opened, auth.get_credentials(owner), response)
    except (ValueError, TypeError, KeyError):
        return None
    row: Authenticator | None = auth.get_authenticator_by_credential_id(owner, used.credential_id)
    if row is None:
        return None
    row.last_used_at = clock.now()
    row.save(update_fields=["last_used_at"])
    return owner


def _server() -> Fido2Server:
    site = PublicKeyCredentialRpEntity(**Adapter().get_public_key_credential_rp_entity())
    return Fido2Server(site, verify_origin=_is_ours)


def _is_ours(origin: str) -> bool:
    """Exactly this installation; outside production also by the name `localhost` (see `adapter.site`)."""
    if origin == settings.BASE_URL.rstrip("/"):
        return True
    port = urlsplit(settings.BASE_URL).port
    return not settings.PRODUCTION and origin == f"http://localhost:{port}"


def _asked(data: Any, state: dict[str, Any], bound_to: str) -> Asked:
    return Asked(json.dumps(dict(data)), server_box.seal_token("key", dict(state), bound_to=bound_to))


def _open(token: str, bound_to: str) -> dict[str, Any] | None:
    """The challenge, the first time it is asked for; so an answer that was overheard is of no use."""
    state = server_box.open_token("key", token, bound_to=bound_to, max_age=GOOD_FOR)
    if state is None:
        return None
    first = limits.hit("key-used", state["challenge"], limit=1, window=GOOD_FOR + dt.timedelta(minutes=2))
    return state if first.allowed else None


def _read(answer: str) -> dict[str, Any] | None:
    try:
        read = json.loads(answer)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _named_in(response: dict[str, Any]) -> User | None:
    """The person whose handle the device sends along."""
    try:
        owner = uuid.UUID(bytes=websafe_decode(response["response"]["userHandle"]))
    except (KeyError, TypeError, ValueError):
        return None
    return User.objects.filter(id=owner).first()
