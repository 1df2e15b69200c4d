"""Ways back in: what to do, codes on paper, the sentence, and stopping a request that was not yours."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access, devices, letters, numbers, paper_codes, printed, recovery
from mmm.accounts import letter_forms as forms
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once

PRINT = "paper codes"


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """I cannot get in any more: what there is, one after the other."""
    return TemplateResponse(request, "accounts/recovery.html")


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_self
@access.recently(15)
@once.form("accounts.paper_codes")
def codes(request: SignedInRequest) -> HttpResponse:
    """Eight codes on paper, each good once. Making new ones ends the old ones."""
    if request.method == "POST":
        made = paper_codes.make(request.actor)
        printed.keep(request, request.actor, PRINT, {"codes": made})
        return HttpResponseRedirect(reverse("accounts:paper_codes_print"))
    return TemplateResponse(
        request, "accounts/paper_codes.html", {"left": paper_codes.left(request.actor.id)}
    )


@require_safe
@access.as_self
def codes_print(request: SignedInRequest) -> HttpResponse:
    """The codes, to print or to write down; gone after a quarter of an hour."""
    data = printed.kept(request, request.actor, PRINT)
    if data is None:
        return HttpResponseRedirect(reverse("accounts:paper_codes"))
    return TemplateResponse(
        request, "accounts/paper_codes_print.html", {"codes": [*map(numbers.shown, data["codes"])]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_self
@access.recently(15)
@once.form("accounts.sentence")
def sentence(request: SignedInRequest) -> HttpResponse:
    """Choose a sentence, or another one. It is never shown again, to nobody."""
    form = forms.SentenceForm(request.POST or None)
    if form.is_valid():
        recovery.choose_sentence(request.actor, sentence=form.cleaned_data["sentence"])
        return HttpResponseRedirect(f"{reverse('accounts:mine')}?zin=1")
    context = {"form": form, "chosen": recovery.has_sentence(request.actor.id)}
    return TemplateResponse(request, "accounts/sentence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_self
@access.recently(15)
@once.form("accounts.pin")
def pin(request: SignedInRequest) -> HttpResponse:
    """Another PIN for one's own letter; other sessions end. 404 for who does not sign in with a letter."""
    if letters.of(request.actor.id) is None:
        raise Http404
    form = forms.NewPinForm(request.POST or None)
    if form.is_valid():
        letters.change_pin(request.actor, pin=form.cleaned_data["pin"])
        devices.end_others(request.actor, here=request.session.session_key or "")
        return HttpResponseRedirect(f"{reverse('accounts:mine')}?pincode=1")
    return TemplateResponse(request, "accounts/pin.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("accounts.recovery_going_on")
def going_on(request: SignedInRequest) -> HttpResponse:
    """A request for a new way in that goes on now, and a button that stops it; or lets helpers ask again."""
    if request.method == "POST":
        if request.POST.get("again"):
            recovery.allow_again(request.actor)
        else:
            recovery.stop(request.actor.id)
        return HttpResponseRedirect(reverse("accounts:recovery_going_on"))
    context = {
        "row": recovery.going_on(request.actor.id),
        "blocked_until": recovery.blocked_until(request.actor.id),
    }
    return TemplateResponse(request, "accounts/recovery_going_on.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.recovery_stop")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Opening it changes nothing: mail programs open links by themselves."""
    row = recovery.by_token(token)
    if row is None:
        raise Http404
    goes_on = recovery.state_of(row) in {recovery.State.WAITING, recovery.State.READY}
    if request.method == "POST" and row.user_id is not None:
        if goes_on:
            recovery.stop(row.user_id)
        return HttpResponseRedirect(request.path)
    context = {"goes_on": goes_on, "stopped": recovery.state_of(row) == recovery.State.STOPPED}
    return TemplateResponse(request, "accounts/recovery_stop.html", context)


@require_safe
@access.signed_in
def recovered(request: SignedInRequest) -> HttpResponse:
    """You are in again: what changed, and what to do so that this stays so."""
    return TemplateResponse(request, "accounts/recovered.html")
