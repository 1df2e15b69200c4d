"""Signing up, signing in and signing out. Pages never differ between known and unknown addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts import (
    access,
    browser,
    carry,
    codes,
    forms,
    fresh,
    letter_forms,
    proving,
    selectors,
    services,
)
from mmm.accounts.actors import SignedInRequest, home_for, home_of, roles_of
from mmm.accounts.factors import own
from mmm.accounts.views.targets import in_own_language
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.join")
def join(request: HttpRequest) -> HttpResponse:
    """Sign up on one page; `?als=professional` asks for the own name and continues with the work."""
    if request.actor is not None:  # type: ignore[attr-defined]
        return HttpResponseRedirect(home_of("professional") if _professional(request) else _home(request))
    professional = _professional(request)
    form_class = forms.JoinAsProfessionalForm if professional else forms.JoinForm
    form = form_class(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        if not codes.may_ask(browser.place_of(request, data["email"])).allowed:
            return _wait(request)
        services.ask_code(data["email"], joining=True)
        response = HttpResponseRedirect(reverse("accounts:code"))
        joining = {"name": data["name"], "situation": data.get("situation", ""), "professional": professional}
        path = _safe(request, request.GET.get("next", "")) or (
            home_of("professional") if professional else ""
        )
        browser.set_challenge(response, address=data["email"], join=joining, next=path)
        return response
    return TemplateResponse(request, "accounts/join.html", {"form": form, "professional": professional})


@require_http_methods(["GET", "HEAD", "POST"])
@carry.once_unless_carried("accounts.sign_in")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Which mailbox is yours? A code goes there; the next page is the same with and without account."""
    target = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    words = request.POST.get("words", "")
    if request.actor is not None and not words:  # type: ignore[attr-defined]
        return HttpResponseRedirect(target or _home(request))
    form = forms.AddressForm(request.POST or None)
    if not form.is_valid():
        return TemplateResponse(
            request, "accounts/sign_in.html", {"form": form, **carry.carried(words, target)}
        )
    address = form.cleaned_data["email"]
    if not codes.may_ask(browser.place_of(request, address)).allowed:
        return _wait(request)
    services.ask_code(address, joining=False)
    return _to_code(request, words, target, address=address, next=target)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@access.before_second_step
@carry.once_unless_carried("accounts.again")
def again(request: SignedInRequest) -> HttpResponse:
    """Before something that matters: a fresh code to the own mailbox."""
    target = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    words = request.POST.get("words", "")
    address = selectors.own_address(request.actor)
    if request.method != "POST":
        return TemplateResponse(request, "accounts/again.html", carry.again_context(address, words, target))
    if not address:
        return _again_on_paper(request, words, target)
    services.ask_code(address, joining=False)
    return _to_code(request, words, target, address=address, next=target, again=True)


@require_http_methods(["GET", "HEAD", "POST"])
@carry.once_unless_carried("accounts.code")
def code(request: HttpRequest) -> HttpResponse:
    """The code from the mail. A right one signs in (or up), or proves once more who is signed in."""
    challenge = browser.challenge(request)
    if challenge is not None and not challenge.get("address"):
        challenge = None  # only a welcome, see `welcome`
    words, target = request.POST.get("words", ""), _safe(request, request.POST.get("next", ""))
    if challenge is None:
        if request.actor is not None:  # type: ignore[attr-defined]
            return HttpResponseRedirect(_home(request))
        if words:
            context = {"form": forms.AddressForm(), **carry.carried(words, target)}
            return TemplateResponse(request, "accounts/sign_in.html", context)
        return HttpResponseRedirect(reverse("accounts:sign_in"))
    form = forms.CodeForm(
        request.POST or None, initial=forms.shared_choice(shared=browser.is_shared(request))
    )
    address = challenge["address"]
    page = _code_page(form, again=bool(challenge.get("again")), address=address)
    context = {**page, **carry.carried(words, target)}
    if not form.is_valid():
        return TemplateResponse(request, "accounts/code.html", context)
    guess = codes.check(
        address,
        form.cleaned_data["code"],
        place=browser.place_of(request, address),
        browser=challenge["browser"],
    )
    if guess.retry_at is not None:
        context["retry_at"] = guess.retry_at
        return TemplateResponse(request, "accounts/code.html", context, status=429)
    shared = form.cleaned_data["shared"]
    response = _enter(request, challenge, words, target, shared=shared) if guess.right else None
    if response is None:
        form.add_error("code", _("This code does not fit. Look at it once more, or ask for a new one."))
        return TemplateResponse(request, "accounts/code.html", context)
    return response


@require_safe
@access.signed_in
def welcome(request: SignedInRequest) -> HttpResponse:
    """A welcome that fits what somebody ticked at sign-up. The answer travelled in the browser."""
    challenge = browser.challenge(request) or {}
    situation = challenge.get("welcome", "")
    response = TemplateResponse(
        request, "accounts/welcome.html", {"situation": situation, "home": home_of("self")}
    )
    browser.clear_challenge(response)
    return response


@require_POST
@once.form("accounts.sign_out")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; also when it had ended already."""
    services.sign_out(request)
    return HttpResponseRedirect(reverse("accounts:signed_out"))


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Says that you are out, and what to do on a device of somebody else."""
    return TemplateResponse(request, "accounts/signed_out.html")


def _again_on_paper(request: SignedInRequest, words: str, target: str) -> HttpResponse:
    """The same for who has no e-mail: the PIN of the letter, or a code on paper."""
    form = letter_forms.AgainForm(request.POST if "pin" in request.POST else None)
    context = {**carry.again_context("", words, target), "form": form}
    if not form.is_valid():
        return TemplateResponse(request, "accounts/again.html", context)
    guess = proving.prove(request, form.cleaned_data["pin"])
    if guess.right:
        fresh.mark(request)
        return _after(request, words, target, target or _home(request))
    context["retry_at"] = guess.retry_at
    if guess.retry_at is None:
        form.add_error("pin", _("This does not fit. Look at it once more."))
    return TemplateResponse(request, "accounts/again.html", context, status=429 if guess.retry_at else 200)


def _code_page(form: forms.CodeForm, *, again: bool, address: str) -> dict[str, Any]:
    """Context of the page with the code. Who only proves once more who they are said it at the sign-in."""
    return {"form": form, "ask_shared": not again, "address": address, "retry_at": None}


def _enter(
    request: HttpRequest, challenge: dict[str, Any], words: str, target: str, *, shared: bool
) -> HttpResponse | None:
    """What follows a right code; None when there is nobody to sign in."""
    address, joining = challenge["address"], challenge.get("join")
    user = selectors.to_sign_in(address)
    if challenge.get("again"):
        if user is None or request.user != user:
            return None
        fresh.mark(request)
        response = _after(request, words, target, challenge["next"] or _home(request))
        browser.clear_challenge(response)
        return response
    new = user is None
    if user is None:
        if not joining:
            return None
        user = services.sign_up(
            address=address, name=joining["name"], language=get_language() or "nl", shared=shared
        )
    known = browser.place_of(request, address).device is not None
    answer = services.sign_in(request, user=user, address=address, shared=shared)
    browser.remember_shared(answer, shared=shared)
    if request.user != user:  # a further stage of signing in (a second factor) comes first
        return answer
    roles = roles_of(user)
    goal = in_own_language(request, user.language, challenge["next"]) if challenge["next"] else ""
    place = goal or home_of("self")
    if new and not goal:
        place = reverse("accounts:welcome")
    elif len(roles) > 1:
        place = f"{reverse('accounts:role')}?{urlencode({'next': goal})}"
    if not new and not known:
        services.tell_new_device(user, key=challenge["browser"])
    offer = known and not shared and not words and browser.may_offer_key(request) and not own.of(user).keys
    if offer:
        place = in_own_language(request, user.language, place)
        place = f"{reverse('accounts:key_offer')}?{urlencode({'next': place})}"
    response = _after(request, words, target, in_own_language(request, user.language, place))
    browser.clear_challenge(response)
    if offer:
        browser.key_offered(response)
    if new and joining:
        browser.set_challenge(response, address="", welcome=joining["situation"], next="")
    browser.remember_shared(response, shared=shared)
    if not shared:
        browser.set_device(response, address)
    return response


def _after(request: HttpRequest, words: str, target: str, place: str) -> HttpResponse:
    if words:
        return carry.offer(request, words, target, request.user)  # type: ignore[arg-type]
    return HttpResponseRedirect(place)


def _to_code(request: HttpRequest, words: str, target: str, **challenge: Any) -> HttpResponse:
    response: HttpResponse
    if words:
        form = forms.CodeForm(initial=forms.shared_choice(shared=browser.is_shared(request)))
        page = _code_page(form, again=bool(challenge.get("again")), address=challenge["address"])
        context = {**page, **carry.carried(words, target)}
        response = TemplateResponse(request, "accounts/code.html", context)
    else:
        response = HttpResponseRedirect(reverse("accounts:code"))
    browser.set_challenge(response, **challenge)
    return response


def _wait(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/wait.html", status=429)


def _professional(request: HttpRequest) -> bool:
    return request.GET.get("als") == "professional"


def _safe(request: HttpRequest, target: str) -> str:
    """The address to go to afterwards, if it is one of ours; else nothing."""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and target.startswith("/") else ""


def _home(request: HttpRequest) -> str:
    return home_for(request.actor.role)  # type: ignore[attr-defined]
