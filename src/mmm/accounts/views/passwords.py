"""Passwords: signing in with one and a second step; choosing and removing one."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mmm.accounts import access, browser, forms, policy, selectors
from mmm.accounts.entering import enter
from mmm.accounts.factors import checking, keys, own, passwords, services
from mmm.accounts.views.second_step import StepsRequest
from mmm.accounts.views.targets import safe
from mmm.foundation import once
from mmm.foundation.policy import Denied

NOT_RIGHT = _("Address and password do not fit. Look once more, or use a code by mail.")


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.by_password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address and password. The answer is the same whether or not there is such an account."""
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    form = forms.PasswordSignInForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "retry_at": None, "next": target}
    if not form.is_valid():
        return TemplateResponse(request, "accounts/by_password.html", context)
    address = form.cleaned_data["email"]
    place = browser.place_of(request, address)
    tried = passwords.check(address, form.cleaned_data["password"], place=place)
    if tried.retry_at is not None:
        context["retry_at"] = tried.retry_at
        return TemplateResponse(request, "accounts/by_password.html", context, status=429)
    if tried.user is None:
        form.add_error("password", NOT_RIGHT)
        return TemplateResponse(request, "accounts/by_password.html", context)
    response = HttpResponseRedirect(reverse("accounts:by_step"))
    browser.set_challenge(response, address="", password=tried.user.id.hex, at=address, next=target)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.by_step")
def second(request: HttpRequest) -> HttpResponse:
    """After the password: the second step. Nobody is signed in before it."""
    challenge = browser.challenge(request) or {}
    address = challenge.get("at", "")
    user = selectors.to_sign_in(address) if challenge.get("password") else None
    if user is None or user.id.hex != challenge.get("password"):
        return HttpResponseRedirect(reverse("accounts:by_password"))
    form = forms.StepForm(
        request.POST or None, initial=forms.shared_choice(shared=browser.is_shared(request))
    )
    factors = own.of(user)
    context: dict[str, Any] = {
        "form": form,
        "factors": factors,
        "retry_at": None,
        "asked": keys.ask(user) if factors.keys else None,
        "whose": forms.whose_device(request.POST or None, shared=browser.is_shared(request)),
    }
    by_key = bool(request.POST.get("answer"))
    if not by_key and not form.is_valid():
        return TemplateResponse(request, "accounts/by_step.html", context)
    tried = checking.posted(user, request.POST, place=browser.place_of(request, address))
    if tried.retry_at is not None:
        context["retry_at"] = tried.retry_at
        return TemplateResponse(request, "accounts/by_step.html", context, status=429)
    if tried.how is None:
        form.add_error("code", forms.STEP_NOT_RIGHT)
        return TemplateResponse(request, "accounts/by_step.html", context)
    shared = request.POST.get("shared") == "yes"
    return enter(request, user, address=address, shared=shared, how=tried.how, goal=challenge["next"])


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.password")
def choose(request: StepsRequest) -> HttpResponse:
    """Choose, change or remove a password. Other sessions end with a change."""
    decision = policy.may_set_password(request.factors)
    if request.method == "POST" and "remove" in request.POST:
        services.remove_password(request.actor)
        update_session_auth_hash(request, request.actor.user)
        return HttpResponseRedirect(reverse("accounts:second_step"))
    form = forms.NewPasswordForm(request.POST or None)
    if form.is_valid() and decision:
        services.set_password(request.actor, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.actor.user)
        return HttpResponseRedirect(reverse("accounts:second_step"))
    context = {
        "form": form,
        "factors": request.factors,
        "reason": decision.reason if isinstance(decision, Denied) else "",
    }
    return TemplateResponse(request, "accounts/password.html", context)
