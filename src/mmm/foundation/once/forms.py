"""The decorator that gives a posted form one effect and each repeat the first answer."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from mmm.foundation import clock
from mmm.foundation.crypto import server_box
from mmm.foundation.once import browser

if TYPE_CHECKING:
    from mmm.foundation.once.models import OnceKey

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponse)
Q = TypeVar("Q", bound=HttpRequest)
View = Callable[Concatenate[Q, P], HttpResponseBase]

FIELD: Final = "once"
LONGEST_ANSWER: Final = 2000
# A repeat may carry on in the session that the first post began only for as long as a double click or a
# lost answer takes.
SESSION_GRACE: Final = dt.timedelta(minutes=1)
_KEY = re.compile(r"[0-9a-f]{32}")


def form(name: str | None = None) -> Callable[[View[Q, P]], View[Q, P]]:
    """Decorator of a view that handles a POST form; put it directly under the sign-in decorators.

    `name` tells forms apart (default: the view's module and name). The view runs inside one transaction with
    the key. When it answers with a redirect, or with a response marked by `done`, all is committed and a
    repeat (same browser, form, key and words) gets that answer again. Any other answer (form errors, a
    conflict page; an *unrendered* TemplateResponse, or an error status) rolls everything back and leaves the
    key free. What must survive that - counting tries - belongs in `limits`, which has its own database.

    Raises BadRequest (page 400) when the field `once` is missing or malformed, and TypeError when the view
    answers with a page that was already rendered inside the transaction.
    """

    def decorate(view: View[Q, P]) -> View[Q, P]:
        form_name = name or f"{view.__module__}.{view.__name__}"

        @wraps(view)
        def inner(request: Q, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            return _post(form_name, request, lambda: view(request, *args, **kwargs))

        return inner

    return decorate


def done(response: R) -> R:
    """Mark an answer that is no redirect as final: it is kept for repeats, and must hold no personal text.

    Raises TypeError for template responses and ValueError when the body is over 2,000 bytes: an answer to
    keep is a few words such as `{"saved": "14:03", "version": 7}`.
    """
    if isinstance(response, SimpleTemplateResponse):
        raise TypeError("Only a short plain answer can be kept for a repeat.")
    if len(response.content) > LONGEST_ANSWER:
        raise ValueError("The answer is too long to keep for a repeat.")
    response.once_done = True  # type: ignore[attr-defined]
    return response


def answered(request: HttpRequest) -> HttpResponse | None:
    """The first answer to this post when the first one changed who may post here; else None.

    For the decorators that ask who somebody is: the first click of a double click ended or replaced the
    session (erasing oneself, a new password) or set up what is asked now (a second step), and the second one
    must not lead to signing in again. One query.
    """
    from mmm.foundation.once.models import OnceKey

    session = browser.session_name(request)
    if session is None or not _KEY.fullmatch(request.POST.get(FIELD, "")):
        return None
    who = [session, *([browser.user_name(request.user.pk)] if request.user.is_authenticated else [])]
    kept = OnceKey.objects.filter(who__in=who, key=_key(request)).first()
    return _again(request, kept) if kept else None


def forget(user_id: UUID) -> None:
    """Remove what this person posted while signed in: part of erasing somebody. May be repeated."""
    from mmm.foundation.once.models import OnceKey

    OnceKey.objects.filter(who=browser.user_name(user_id)).delete()


def _post(form_name: str, request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    from mmm.foundation.once.models import OnceKey

    key, who = _key(request), browser.names(request)
    session_before, session_name = request.session.session_key, browser.session_name(request)
    others = {*who[1:], *([session_name] if session_name else [])} - {who[0]}
    with transaction.atomic():
        # On PostgreSQL the insert waits until a parallel first post ends; on SQLite the transaction did. Only
        # then is it known what else this browser was answered under: erasing oneself takes the first row.
        row = OnceKey(who=who[0], form=form_name, key=key, status=0, answer="", made_at=clock.now())
        answers = OnceKey.objects.filter(form=form_name, key=key)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            kept = answers.filter(who__in=[who[0], *others]).first()
            if kept is None:
                raise
        else:
            kept = answers.filter(who__in=others).first() if others else None
            if kept is not None:
                row.delete()
        if kept is not None:
            return _again(request, kept)
        response = view()
        if not _is_final(response):
            transaction.set_rollback(True)
            return response
        if request.session.modified and not request.session.is_empty():
            request.session.save()  # one transaction with the effect; the middleware only sends the cookie
        session_after = request.session.session_key
        if session_after and session_after != session_before:
            row.session = server_box.seal_token("once", {"key": session_after}, bound_to=row.key)
        row.status = response.status_code
        row.answer = _answer(response)
        row.save(update_fields=["status", "answer", "session"])
        if session_name and session_name not in who and session_after != session_before:
            row.pk, row.who = None, session_name  # for `answered`: the session that came along is over
            row.save(force_insert=True)
    return response


def _key(request: HttpRequest) -> str:
    """Digest of the key and the words it came with.

    Words changed after "back" are a new post, not a repeat: nothing is lost. The random key, which is not
    kept, makes the digest say nothing about the words.
    """
    once = request.POST.get(FIELD, "")
    if not _KEY.fullmatch(once):
        raise BadRequest("the form came without its once-key")
    words = sorted(
        (field, values)
        for field, values in request.POST.lists()
        if field not in {FIELD, "csrfmiddlewaretoken"}
    )
    told = [once, "X-Autosave" in request.headers, request.path, words]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _is_final(response: HttpResponseBase) -> bool:
    if isinstance(response, HttpResponseRedirect) or getattr(response, "once_done", False):
        return True
    if isinstance(response, SimpleTemplateResponse):
        if response.is_rendered:
            raise TypeError(
                "A form view returns an unrendered TemplateResponse: pages render after the transaction."
            )
        return False
    if response.status_code >= 400:
        return False
    raise TypeError("A form view redirects, returns a TemplateResponse, or marks its answer with once.done.")


def _answer(response: HttpResponseBase) -> str:
    if isinstance(response, HttpResponseRedirect):
        return response.url
    assert isinstance(response, HttpResponse)  # noqa: S101 - `done` takes nothing else
    return json.dumps([response.headers["Content-Type"], response.content.decode()])


def _again(request: HttpRequest, kept: "OnceKey") -> HttpResponse:
    """The first answer again, in the session it was given in."""
    response: HttpResponse
    if 300 <= kept.status < 400:
        response = HttpResponseRedirect(kept.answer)
        response.status_code = kept.status
    else:
        content_type, body = json.loads(kept.answer)
        response = HttpResponse(body, content_type=content_type, status=kept.status)
    began = server_box.open_token("once", kept.session, bound_to=kept.key, max_age=SESSION_GRACE)
    if began:
        _carry_on(request, response, began["key"])
    return response


def _carry_on(request: HttpRequest, response: HttpResponse, session_key: str) -> None:
    # Without this the session middleware would see the old, replaced session and delete the cookie that
    # the first answer has just set: a double click on "sign in" would sign out.
    sessions: Any = import_module(settings.SESSION_ENGINE)
    store = sessions.SessionStore(session_key)
    if not store.exists(session_key):
        return
    request.session = store
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session_key,
        max_age=None if store.get_expire_at_browser_close() else store.get_expiry_age(),
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY,
        samesite=settings.SESSION_COOKIE_SAMESITE,  # type: ignore[arg-type]
    )
