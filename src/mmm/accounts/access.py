"""Decorators that say who may open a page.

    @access.signed_in            # somebody
    @access.recently(15)         # who proved it less than 15 minutes ago
    @access.as_self              # acting for themselves
    @access.as_member            # acting for an organisation
    @access.as_staff("coordinator", "deputy")   # acting for a region; 404 for everybody else

Who acts for work opens none of them before a second step (`factors.step`), but for a page that says
`@access.before_second_step`, directly above `once.form()`.

`signed_in` comes outermost, then `once.form()`, then the others; each of the others implies `signed_in`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from mmm.accounts import carry, fresh
from mmm.accounts.actors import roles_of
from mmm.accounts.factors import own, step
from mmm.foundation import once

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Anonymous readers go to the sign-in page and come back; anonymous writers keep their words.

    A POST of somebody whose session lapsed is answered with the sign-in page that carries the posted fields,
    sealed; after signing in as the same person they are offered again (see `carry`).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is not None:  # type: ignore[attr-defined]
            waits = step.is_missing(request, request.actor.role)  # type: ignore[attr-defined]
            if not waits or getattr(view, "before_second_step", False):
                return view(request, *args, **kwargs)
            # The one place that holds house rule "second factor for all but workers": every page that
            # needs somebody who is signed in comes through here.
            if request.method == "POST":
                return carry.given_back_as_self(request) or carry.step_page(request)
            return _to(request, "accounts:second_step")
        if request.method == "POST":
            # A second click on a button whose first click ended the session gets the first answer.
            return once.answered(request) or carry.sign_in_page(request)
        return _to(request, "accounts:sign_in")

    return guarded


def before_second_step(view: View) -> View:
    """This page opens without a second step, in every role: it shows nothing of anybody else."""
    view.before_second_step = True  # type: ignore[attr-defined]
    return view


def changing_steps(view: View) -> View:
    """Only for who proved less than 15 minutes ago to be themselves, by the second step if there is one.

    Else whoever gets into the mailbox could add a second step of their own. Puts `factors` on the request.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        factors = own.of(request.actor.user)  # type: ignore[attr-defined]
        if factors.any and not step.is_done(request):
            if request.method == "POST":
                # A second click on the button that set up the first step gets the first answer.
                return once.answered(request) or carry.step_page(request)
            return _to(request, "accounts:step")
        request.factors = factors  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return recently(15)(before_second_step(guarded))


def recently(minutes: int = 15) -> Callable[[View], View]:
    """Only for who proved less than `minutes` ago to be themselves; others get a fresh code by mail first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if fresh.is_fresh(request, minutes):
                return view(request, *args, **kwargs)
            if request.method == "POST":
                return carry.again_page(request)
            return _to(request, "accounts:again")

        return signed_in(guarded)

    return decorate


def as_self(view: View) -> View:
    """Only for somebody who acts for themselves; others are told how to switch."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.is_self:  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)
        return switch_page(request, "self")

    return signed_in(guarded)


def as_member(view: View) -> View:
    """Only for somebody who acts for an organisation; others with such a role are told how to switch."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.role.kind == "member":  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)
        return switch_page(request, "member")

    return signed_in(guarded)


def as_staff(*staff_roles: str) -> Callable[[View], View]:
    """Only for somebody who acts in one of these staff roles. Others get 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            role = request.actor.role  # type: ignore[attr-defined]
            if role.kind == "staff" and role.staff_role in staff_roles:
                return view(request, *args, **kwargs)
            raise Http404

        return signed_in(guarded)

    return decorate


def switch_page(request: HttpRequest, kind: str) -> HttpResponse:
    """A page that says in which role you are now, and offers the roles of this kind. 404 without any.

    Who posted a form that was opened in another role (and switched in another tab) gets the words back.
    """
    if request.method == "POST" and (words := carry.given_back(request)):
        return words
    roles = [role for role in roles_of(request.actor.user) if role.kind == kind]  # type: ignore[attr-defined]
    if not roles:
        raise Http404
    context = {"roles": roles, "next": request.get_full_path() if request.method == "GET" else ""}
    return TemplateResponse(request, "accounts/switch.html", context, status=403)


def _to(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
