"""The second step: what somebody has, proving it, the code app and the codes on paper."""

import datetime as dt
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access, browser, carry, forms, fresh, policy, selectors
from mmm.accounts.actors import SignedInRequest, home_of
from mmm.accounts.factors import checking, keys, own, paper, services, step, totp
from mmm.accounts.views.targets import after, safe
from mmm.foundation import once
from mmm.foundation.crypto import server_box
from mmm.foundation.policy import Denied


class StepsRequest(SignedInRequest):
    """What a view behind `access.changing_steps` receives."""

    factors: own.Factors


@require_safe
@access.signed_in
@access.before_second_step
def second_step(request: SignedInRequest) -> HttpResponse:
    """Which second steps somebody has, and which there are."""
    target = safe(request, request.GET.get("next", ""))
    factors = own.of(request.actor.user)
    if factors.any and not step.is_done(request):
        return _to("accounts:step", target or request.get_full_path())
    return TemplateResponse(
        request, "accounts/second_step.html", {"factors": factors, **carry.carried("", target)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@access.before_second_step
@carry.once_unless_carried("accounts.step")
def prove(request: SignedInRequest) -> HttpResponse:
    """The second step: a code from the app or from paper. A right one is also a fresh proof (`fresh`)."""
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    words, user = request.POST.get("words", ""), request.actor.user
    factors = own.of(user)
    if not factors.any:
        return _to("accounts:second_step", target)
    form = forms.StepForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "factors": factors,
        "retry_at": None,
        "asked": keys.ask(user) if factors.keys else None,
        **carry.carried(words, target),
    }
    if not request.POST.get("answer") and not form.is_valid():
        return TemplateResponse(request, "accounts/step.html", context)
    place = browser.place_of(request, selectors.own_address(request.actor))
    tried = checking.posted(user, request.POST, place=place)
    if tried.retry_at is not None:
        context["retry_at"] = tried.retry_at
        return TemplateResponse(request, "accounts/step.html", context, status=429)
    if tried.how is None:
        form.add_error("code", forms.STEP_NOT_RIGHT)
        return TemplateResponse(request, "accounts/step.html", context)
    step.mark(request, tried.how)
    fresh.mark(request)
    return after(request, words, target, target or home_of(request.actor.role.kind))


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@carry.once_unless_carried("accounts.app")
def app(request: StepsRequest) -> HttpResponse:
    """Set up the code app. The secret travels sealed in the form, so that showing the page writes nothing."""
    user = request.actor.user
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    words, token = request.POST.get("words", ""), request.POST.get("secret", "")
    kept = server_box.open_token("totp", token, bound_to=user.id.hex, max_age=totp.SETTING_UP)
    secret = kept["secret"] if kept else totp.new_secret()
    form = forms.AppForm(request.POST if kept else None)
    if form.is_valid():
        if services.set_up_app(request.actor, secret=secret, typed=form.cleaned_data["code"]):
            step.mark(request, "app")
            if words:
                return after(request, words, target, "")
            return _to("accounts:paper", target)
        form.add_error(
            "code", _("This code does not fit. Wait for the next one in your app, and fill that in.")
        )
    context = {
        "form": form,
        "link": totp.link(user, secret),
        "groups": totp.groups(secret),
        "secret": token if kept else server_box.seal_token("totp", {"secret": secret}, bound_to=user.id.hex),
        "had": request.factors.app,
        **carry.carried(words, target),
    }
    return TemplateResponse(request, "accounts/step_app.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.app_off")
def app_off(request: StepsRequest) -> HttpResponse:
    """Remove the code app: what that means, one button; or why it has to stay."""
    decision = policy.may_remove_step(request.actor, request.factors, "app")
    if request.method == "POST" and decision:
        services.remove_app(request.actor)
        return HttpResponseRedirect(reverse("accounts:second_step"))
    context = {"what": "app", "reason": decision.reason if isinstance(decision, Denied) else ""}
    return TemplateResponse(request, "accounts/step_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.paper")
def codes_on_paper(request: StepsRequest) -> HttpResponse:
    """The codes, for ten minutes after they were made; later only how many are left, and making new ones."""
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        if policy.may_make_paper(request.factors):
            services.make_paper(request.actor)
        return _to("accounts:paper", target)
    decision = policy.may_make_paper(request.factors)
    context = {
        "codes": paper.just_made(request.actor.user) if request.factors.paper else [],
        "factors": request.factors,
        "reason": decision.reason if isinstance(decision, Denied) else "",
        "minutes": paper.SHOWN // dt.timedelta(minutes=1),
        **carry.carried("", target),
    }
    return TemplateResponse(request, "accounts/step_paper.html", context)


def _to(name: str, target: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': target})}" if target else reverse(name))
