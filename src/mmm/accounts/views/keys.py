"""Passkeys: make one on this device, remove one, be asked once whether one wants one, sign in with one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access, browser, carry, forms, policy, selectors, ways_in
from mmm.accounts.actors import Actor, SignedInRequest, home_of
from mmm.accounts.entering import enter
from mmm.accounts.factors import keys, services, step
from mmm.accounts.views.second_step import StepsRequest
from mmm.accounts.views.targets import safe
from mmm.foundation import once
from mmm.foundation.policy import Denied


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.key")
def make(request: StepsRequest) -> HttpResponse:
    """Make a passkey on this device; not on a device that others use, too."""
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    context: dict[str, Any] = {"shared": browser.is_shared(request), **carry.carried("", target)}
    form = forms.KeyForm(request.POST or None)
    if form.is_valid() and not context["shared"]:
        done = services.add_key(
            request.actor,
            state=request.POST.get("state", ""),
            answer=request.POST.get("answer", ""),
            name=form.cleaned_data["name"],
        )
        if done:
            step.mark(request, "key")
            had = request.factors.paper
            place = (
                (target or reverse("accounts:second_step"))
                if had
                else _with(reverse("accounts:paper"), target)
            )
            return HttpResponseRedirect(place)
        form.add_error(None, _("This did not work. Press the button once more."))
    context |= {"form": form, "asked": keys.ask_new(request.actor.user)}
    return TemplateResponse(request, "accounts/key.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.key_off")
def remove(request: StepsRequest, key_id: int) -> HttpResponse:
    """Remove a passkey: what that means, one button; or why it has to stay. 404 when it is not one's own."""
    key = next((key for key in request.factors.keys if key.id == key_id), None)
    if key is None:
        raise Http404
    decision = policy.may_remove_step(request.actor, request.factors, "key")
    if decision:
        decision = policy.may_lose(ways_in.of(request.actor.id), "key")
    if request.method == "POST" and decision:
        services.remove_key(request.actor, key_id=key_id)
        return HttpResponseRedirect(reverse("accounts:second_step"))
    context = {"what": key.name, "reason": decision.reason if isinstance(decision, Denied) else ""}
    return TemplateResponse(request, "accounts/step_off.html", context)


@require_safe
@access.signed_in
@access.before_second_step
def offer(request: SignedInRequest) -> HttpResponse:
    """After signing in by code on an own device: would you like a passkey? Asked once in each browser."""
    target = safe(request, request.GET.get("next", ""))
    context = {"next": target or home_of(request.actor.role.kind)}
    return TemplateResponse(request, "accounts/key_offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.by_key")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey. It is something one has and something one knows or is: both steps at once."""
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    failed = False
    if answer := request.POST.get("answer", ""):
        user = keys.check(state=request.POST.get("state", ""), answer=answer)
        if user is not None and selectors.may_sign_in(user):
            address = selectors.own_address(Actor(user))
            shared = request.POST.get("shared") == "yes"
            return enter(request, user, address=address, shared=shared, how="key", goal=target)
        failed = True
    context = {
        "asked": keys.ask(),
        "whose": forms.whose_device(request.POST or None, shared=browser.is_shared(request)),
        "failed": failed,
        **carry.carried("", target),
    }
    return TemplateResponse(request, "accounts/by_key.html", context)


def _with(address: str, target: str) -> str:
    return f"{address}?{urlencode({'next': target})}" if target else address
