"""What a browser knows: who is signing in, which device knows whom, whose form this is, who else uses it."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mmm.accounts.actors import Actor
from mmm.accounts.codes import Place, network_of
from mmm.foundation import crypto
from mmm.foundation.crypto import server_box

CHALLENGE, CHALLENGE_AGE = "mmm_signin", dt.timedelta(hours=1)
DEVICE, DEVICE_AGE = "mmm_device", dt.timedelta(days=180)
FORM_AGE = dt.timedelta(days=7)
# Only that somebody else uses this browser, too; nothing about anybody (house rule 15).
SHARED, SHARED_AGE = "mmm_shared", dt.timedelta(days=180)
SESSION_SHARED = "shared"
KEY_OFFERED = "mmm_key_offered"


def challenge(request: HttpRequest) -> dict[str, Any] | None:
    """What this browser is doing at the sign-in pages: address, purpose, where to go; None when nothing."""
    token = request.COOKIES.get(CHALLENGE, "")
    return server_box.open_token("challenge", token, bound_to=CHALLENGE, max_age=CHALLENGE_AGE)


def set_challenge(response: HttpResponse, **data: Any) -> None:
    """Remember, sealed in the browser only, what it is doing. Keys: address, next, join, again."""
    data["browser"] = secrets.token_hex(16)
    token = server_box.seal_token("challenge", data, bound_to=CHALLENGE)
    _set(response, CHALLENGE, token, CHALLENGE_AGE)


def clear_challenge(response: HttpResponse) -> None:
    """Forget it."""
    response.delete_cookie(CHALLENGE, samesite="Lax")


def set_device(response: HttpResponse, address: str) -> None:
    """Remember that this browser signed in with this address: it gets its own budget of guesses."""
    data = {"address": crypto.fingerprint("device", address), "device": secrets.token_hex(16)}
    _set(response, DEVICE, server_box.seal_token("device", data, bound_to=DEVICE), DEVICE_AGE)


def place_of(request: HttpRequest, address: str) -> Place:
    """The network, and the device when it signed in with this address before."""
    token = request.COOKIES.get(DEVICE, "")
    data = server_box.open_token("device", token, bound_to=DEVICE, max_age=DEVICE_AGE)
    # Who has no e-mail address shares the empty one with everybody else who has none: never known by that.
    known = bool(address) and data is not None and data["address"] == crypto.fingerprint("device", address)
    return Place(network=network(request), device=data["device"] if data and known else None)


def forget_device(response: HttpResponse) -> None:
    """Forget with which address this browser signed in."""
    response.delete_cookie(DEVICE, samesite="Lax")


def may_offer_key(request: HttpRequest) -> bool:
    """Whether nobody was asked in this browser yet if they want a passkey."""
    return KEY_OFFERED not in request.COOKIES


def key_offered(response: HttpResponse) -> None:
    """Remember that somebody was asked; nothing about anybody."""
    _set(response, KEY_OFFERED, "1", DEVICE_AGE)


def is_shared(request: HttpRequest) -> bool:
    """Whether somebody else uses this device, too: as was said at this sign-in, or at the last one here."""
    if getattr(request, "actor", None) is not None:
        return bool(request.session.get(SESSION_SHARED))
    return SHARED in request.COOKIES


def remember_shared(response: HttpResponse, *, shared: bool) -> None:
    """Keep the answer to "does somebody else use this device?" for the next sign-in. Default: nobody does."""
    if shared:
        _set(response, SHARED, "1", SHARED_AGE)
        forget_device(response)
    else:
        response.delete_cookie(SHARED, samesite="Lax")


def network(request: HttpRequest) -> str:
    """The reader's network. Behind a proxy the server (uvicorn) sets REMOTE_ADDR from the trusted header."""
    return network_of(request.META.get("REMOTE_ADDR", ""))


def mark_field(request: HttpRequest) -> SafeString | str:
    """The hidden field `wie` in every form: the sealed mark of who has it open, in which role.

    By it the words of a form can be given back after signing in again, and to nobody else (`carry`).
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return ""
    data = {"user": actor.id.hex, "role": actor.role.key}
    token = server_box.seal_token("mine", data, bound_to="form")
    return format_html('<input type="hidden" name="wie" value="{}">', token)


def read_mark(token: str) -> dict[str, Any] | None:
    """Whose form it was: `user` (hex) and `role`; None without a valid mark."""
    return server_box.open_token("mine", token, bound_to="form", max_age=FORM_AGE)


def _set(response: HttpResponse, name: str, value: str, age: dt.timedelta) -> None:
    response.set_cookie(
        name, value, max_age=age, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
