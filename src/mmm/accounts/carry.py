"""Lost words: what somebody typed survives a session that lapsed.

A POST that needs a (new) sign-in is answered with the sign-in page. The posted fields travel along in a
hidden field, sealed with a server key, bound to the address of the page, for one hour. After signing in as
the same person (the form's field `wie`) a page offers them again with one button. They are never in a
session, a cache, a database or the browser's storage. Anybody else gets nothing: the words are dropped, and
the page says so.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse

from mmm.accounts import browser, forms, letter_forms, selectors, services
from mmm.accounts.actors import SELF, Actor
from mmm.accounts.factors import keys, own
from mmm.accounts.models import User
from mmm.foundation import once
from mmm.foundation.crypto import server_box

# `Any`: some views take a `SignedInRequest`.
View = Callable[[Any], HttpResponseBase]
AGE = dt.timedelta(hours=1)
NOT_CARRIED = {"csrfmiddlewaretoken", "wie"}


def sealed_words(request: HttpRequest) -> str:
    """The posted fields of this request, sealed for this page and one hour."""
    data = {"fields": _fields(request), "wie": request.POST.get("wie", "")}
    return server_box.seal_token("words", data, bound_to=request.get_full_path())


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The sign-in page that carries the posted fields. 403, so that a script sees that nothing was saved."""
    context = {"form": forms.AddressForm(), **carried(sealed_words(request), request.get_full_path())}
    return TemplateResponse(request, "accounts/sign_in.html", context, status=403)


def again_page(request: HttpRequest) -> HttpResponse:
    """The page that asks for a fresh code and carries the posted fields."""
    address = selectors.own_address(request.actor)  # type: ignore[attr-defined]
    context = again_context(address, sealed_words(request), request.get_full_path())
    return TemplateResponse(request, "accounts/again.html", context, status=403)


def step_page(request: HttpRequest) -> HttpResponse:
    """The page that asks for a second step, or helps to set one up, and carries the posted fields."""
    words = carried(sealed_words(request), request.get_full_path())
    user: User = request.user  # type: ignore[assignment]
    factors = own.of(user)
    if not factors.any:
        return TemplateResponse(
            request, "accounts/second_step.html", {"factors": factors, **words}, status=403
        )
    context: dict[str, Any] = {"form": forms.StepForm(), "factors": factors, "retry_at": None, **words}
    context["asked"] = keys.ask(user) if factors.keys else None
    return TemplateResponse(request, "accounts/step.html", context, status=403)


def again_context(address: str, words: str, path: str) -> dict[str, Any]:
    """Context of the page that asks for a proof: a code by mail, or without e-mail something on paper."""
    form = None if address else letter_forms.AgainForm()
    return {"form": form, "retry_at": None, **carried(words, path)}


def carried(words: str, path: str) -> dict[str, str]:
    """Template context of the hidden fields `next` and `words`."""
    return {"next": path, "words": words}


def offer(request: HttpRequest, words: str, path: str, user: User) -> HttpResponse:
    """After the code: the page that gives the words back, or says calmly that they are not this person's."""
    data = server_box.open_token("words", words, bound_to=path, max_age=AGE)
    mark: dict[str, Any] = (browser.read_mark(data["wie"]) if data else None) or {}
    if data is None or mark.get("user") != user.id.hex:
        return TemplateResponse(request, "accounts/words_dropped.html", {"expired": data is None})
    # The words were written in this role; the page would refuse them in another.
    services.choose_role(request, user=user, key=mark["role"])
    fields = [(name, value) for name, values in data["fields"] for value in values]
    return TemplateResponse(request, "accounts/words.html", {"fields": fields, "path": path})


def given_back(request: HttpRequest) -> HttpResponse | None:
    """The words of a form that this person opened before signing in or switching role in another tab.

    None unless the form was this very person's: nobody else's form is ever offered for posting.
    """
    mark = browser.read_mark(request.POST.get("wie", ""))
    user = request.user
    if mark is None or not isinstance(user, User) or mark["user"] != user.id.hex:
        return None
    role = services.choose_role(request, user=user, key=mark["role"])
    if role.key != mark["role"]:  # the work has ended: the page would only refuse the words again
        return None
    request.actor = Actor(user, role)  # type: ignore[attr-defined]  # this comes before the middleware that sets it
    fields = [(name, value) for name, values in _fields(request) for value in values]
    context = {"fields": fields, "path": request.get_full_path()}
    return TemplateResponse(request, "accounts/words.html", context, status=403)


def given_back_as_self(request: HttpRequest) -> HttpResponse | None:
    """The words of a form that this person opened as themselves: for those no second step is needed."""
    mark = browser.read_mark(request.POST.get("wie", ""))
    return given_back(request) if mark is not None and mark["role"] == SELF.key else None


def _fields(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [
        (name, [str(value) for value in values])
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED
    ]


def once_unless_carried(name: str) -> Callable[[View], View]:
    """`once.form`, but not for a post that carries words: its answer is a page.

    Repeating such a post does no harm: a mail goes out once a minute, and a right code is right again for the
    same browser within a minute.
    """

    def decorate(view: View) -> View:
        once_view = once.form(name)(view)

        @wraps(view)
        def chosen(request: HttpRequest) -> HttpResponseBase:
            return (view if request.POST.get("words") else once_view)(request)

        return chosen

    return decorate
