"""Signing up and in with a code on paper: a letter (code, then PIN) or a code somebody printed earlier."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import browser, carry, letters, paper_codes, recovery
from mmm.accounts import letter_forms as forms
from mmm.accounts.actors import Actor, home_for
from mmm.accounts.views.arriving import arrive
from mmm.accounts.views.targets import safe
from mmm.foundation import once


@require_safe
def without_mail(request: HttpRequest) -> HttpResponse:
    """I have no e-mail: who gives a letter, and what to do with it."""
    return TemplateResponse(request, "accounts/without_mail.html")


@require_http_methods(["GET", "HEAD", "POST"])
@carry.once_unless_carried("accounts.letter")
def code(request: HttpRequest) -> HttpResponse:
    """The code on the paper. Of a letter the PIN is asked next, whether there is such a letter or not."""
    words = request.POST.get("words", "")
    target = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.actor is not None and not words:  # type: ignore[attr-defined]
        return HttpResponseRedirect(target or home_for(request.actor.role))  # type: ignore[attr-defined]
    initial = {"shared": "yes" if browser.is_shared(request) else "no"}
    form = forms.LetterCodeForm(request.POST if "code" in request.POST else None, initial=initial)
    context: dict[str, Any] = {"form": form, "retry_at": None, **carry.carried(words, target)}
    if not form.is_valid():
        return TemplateResponse(request, "accounts/letter_code.html", context)
    typed, shared = form.cleaned_data["code"], form.cleaned_data["shared"]
    if len(typed) == paper_codes.DIGITS:
        guess = paper_codes.use(typed, network=browser.network(request))
        if guess.user is not None:
            who = Actor(guess.user)
            return arrive(request, who=who, shared=shared, place=target, words=words, target=target)
        context["retry_at"] = guess.retry_at
        if guess.retry_at is None:
            form.add_error("code", _("This code does not fit, or it was used. Take the next one."))
        status = 429 if guess.retry_at else 200
        return TemplateResponse(request, "accounts/letter_code.html", context, status=status)
    response: HttpResponse
    if words:
        page = {"form": forms.PinForm(), "retry_at": None, **carry.carried(words, target)}
        response = TemplateResponse(request, "accounts/letter_pin.html", page)
    else:
        response = HttpResponseRedirect(reverse("accounts:letter_pin"))
    browser.set_challenge(response, address="", letter=letters.mark(typed), shared=shared, next=target)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@carry.once_unless_carried("accounts.letter_pin")
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN of the letter. A right one signs in; with a new letter it goes on to a name."""
    challenge = browser.challenge(request) or {}
    words, target = request.POST.get("words", ""), safe(request, request.POST.get("next", ""))
    marked = challenge.get("letter")
    if marked is None:
        return HttpResponseRedirect(reverse("accounts:letter"))
    form = forms.PinForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "retry_at": None, **carry.carried(words, target)}
    if not form.is_valid():
        return TemplateResponse(request, "accounts/letter_pin.html", context)
    place = browser.place_of(request, marked)
    guess = letters.check(marked, form.cleaned_data["pin"], place=place)
    if guess.retry_at is not None:
        context["retry_at"] = guess.retry_at
        return TemplateResponse(request, "accounts/letter_pin.html", context, status=429)
    letter, shared = guess.letter, bool(challenge["shared"])
    if letter is not None and letter.user is None:
        response: HttpResponse = HttpResponseRedirect(reverse("accounts:letter_name"))
        browser.set_challenge(response, address="", new_letter=letter.id.hex, mark=marked, shared=shared)
        return response
    if letter is not None and letter.used_at is None:
        response = HttpResponseRedirect(reverse("accounts:letter_own_pin"))
        browser.set_challenge(response, address="", back_letter=letter.id.hex, mark=marked, shared=shared)
        return response
    if letter is None or letter.user is None:
        form.add_error("pin", _("Code and PIN do not fit together. Look at both once more."))
        return TemplateResponse(request, "accounts/letter_pin.html", context)
    return arrive(
        request,
        who=Actor(letter.user),
        shared=shared,
        place=challenge["next"],
        device=marked,
        words=words,
        target=target,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.letter_name")
def name(request: HttpRequest) -> HttpResponse:
    """The letter is new: choose what we call you, and there is an account."""
    challenge = browser.challenge(request) or {}
    if "new_letter" not in challenge:
        return HttpResponseRedirect(reverse("accounts:letter"))
    letter_id = uuid.UUID(hex=challenge["new_letter"])
    form = forms.NicknameForm(request.POST or None, letter_id=letter_id)
    if form.is_valid():
        called, own = form.cleaned_data["name"], form.cleaned_data["pin"]
        user = letters.begin(letter_id, name=called, pin=own, language=get_language() or "nl")
        if user is not None:
            there, shared = reverse("accounts:welcome"), bool(challenge["shared"])
            mark = challenge["mark"]
            response = arrive(request, who=Actor(user), shared=shared, place=there, device=mark, tell=False)
            browser.set_challenge(response, address="", welcome=form.cleaned_data["situation"], next="")
            return response
        form.add_error(None, _("This letter was used already. Ask for a new one."))
    return TemplateResponse(request, "accounts/letter_name.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.letter_own_pin")
def own_pin(request: HttpRequest) -> HttpResponse:
    """The letter of a recovery: choose a PIN that no helper saw, and you are back."""
    challenge = browser.challenge(request) or {}
    if "back_letter" not in challenge:
        return HttpResponseRedirect(reverse("accounts:letter"))
    letter_id = uuid.UUID(hex=challenge["back_letter"])
    form = forms.OwnPinForm(request.POST or None, letter_id=letter_id)
    if form.is_valid():
        back = recovery.complete(letter_id, pin=form.cleaned_data["pin"])
        if back is not None:
            there, shared = reverse("accounts:recovered"), bool(challenge["shared"])
            mark = challenge["mark"]
            return arrive(request, who=Actor(back), shared=shared, place=there, device=mark, tell=False)
        form.add_error(None, _("This letter no longer works. Ask for a new one."))
    return TemplateResponse(request, "accounts/letter_own_pin.html", {"form": form})
