"""My e-mail: another address, a second one, removing one; and undoing it from the old mailbox."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mmm.accounts import access, address_forms, addresses, browser, codes, policy, ways_in
from mmm.accounts.views.second_step import StepsRequest
from mmm.foundation import once
from mmm.foundation.policy import Denied


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.email")
def mine(request: StepsRequest) -> HttpResponse:
    """Which addresses let somebody in; and a form for another one, which has to be proved first."""
    own = addresses.of(request.actor.id)
    form = address_forms.NewAddressForm(request.POST or None, own=[each.email for each in own])
    if form.is_valid():
        new = form.cleaned_data["email"]
        if not codes.may_ask(browser.place_of(request, new)).allowed:
            return TemplateResponse(request, "accounts/wait.html", status=429)
        addresses.ask(request.actor, new=new, spare=form.cleaned_data["spare"])
        return HttpResponseRedirect(reverse("accounts:email_code"))
    context = {"form": form, "own": own, "saved": "bewaard" in request.GET, "gone": "weg" in request.GET}
    return TemplateResponse(request, "accounts/email.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.email_code")
def code(request: StepsRequest) -> HttpResponse:
    """The code from the new mailbox. The page is the same for an address that is somebody else's."""
    row = addresses.asked(request.actor)
    if row is None:
        return HttpResponseRedirect(reverse("accounts:email"))
    form = address_forms.ProveForm(request.POST or None)
    context = {"form": form, "address": row.new, "retry_at": None}
    if not form.is_valid():
        return TemplateResponse(request, "accounts/email_code.html", context)
    guess = addresses.prove(
        request.actor,
        form.cleaned_data["code"],
        place=browser.place_of(request, row.new),
        browser=request.session.session_key or "",
    )
    if guess.retry_at is not None:
        context["retry_at"] = guess.retry_at
        return TemplateResponse(request, "accounts/email_code.html", context, status=429)
    if not guess.right:
        form.add_error("code", _("This code does not fit. Look at it once more, or ask for a new one."))
        return TemplateResponse(request, "accounts/email_code.html", context)
    response = HttpResponseRedirect(f"{reverse('accounts:email')}?bewaard=1")
    if row.was_main and not browser.is_shared(request):
        browser.set_device(response, row.new)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@access.changing_steps
@once.form("accounts.email_off")
def remove(request: StepsRequest, address_id: int) -> HttpResponse:
    """Remove an address: what that means, one button; or why it has to stay. 404 when it is not one's own."""
    address = next((each for each in addresses.of(request.actor.id) if each.id == address_id), None)
    if address is None:
        raise Http404
    decision = policy.may_lose(ways_in.of(request.actor.id), "address")
    if request.method == "POST" and decision:
        addresses.remove(request.actor, address_id=address_id)
        return HttpResponseRedirect(f"{reverse('accounts:email')}?weg=1")
    context = {
        "address": address.email,
        "reason": decision.reason if isinstance(decision, Denied) else "",
    }
    return TemplateResponse(request, "accounts/email_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.email_stop")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Opening it changes nothing: mail programs open links by themselves."""
    row = addresses.by_token(token)
    if row is None:
        raise Http404
    if request.method == "POST":
        addresses.stop(row)
        return HttpResponseRedirect(request.path)
    return TemplateResponse(request, "accounts/email_stop.html", {"state": addresses.state_of(row).value})
