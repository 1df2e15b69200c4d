"""My data: what is kept, what we call you, and which role you are in."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mmm.accounts import access, forms, selectors, services
from mmm.accounts.actors import SignedInRequest, home_for, roles_of
from mmm.design.shapes import Answer
from mmm.foundation import doors, once


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("accounts.mine")
def mine(request: SignedInRequest) -> HttpResponse:
    """What we keep about you; change what we call you."""
    form = forms.NameForm(request.POST or None, initial={"name": request.actor.user.name})
    if form.is_valid():
        services.rename(request.actor, name=form.cleaned_data["name"])
        return HttpResponseRedirect(f"{reverse('accounts:mine')}?bewaard=1")
    context = {
        "form": form,
        "answers": [
            Answer(_("Your e-mail address"), selectors.own_address(request.actor) or _("No e-mail address")),
            Answer(
                _("Your account exists since"), date_format(localtime(request.actor.user.created_at), "j F Y")
            ),
            Answer(_("You now"), request.actor.role.label),
        ],
        "roles": roles_of(request.actor.user),
        "saved": next((what for what in ("bewaard", "zin", "pincode") if what in request.GET), ""),
        "corrections": [
            (text, reverse(view)) for room in doors.personal_data for text, view in room.corrections
        ],
        "slots": [slot.render(request) for slot in doors.slots if slot.place == "accounts.mine"],
    }
    return TemplateResponse(request, "accounts/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@access.before_second_step
@once.form("accounts.role")
def role(request: SignedInRequest) -> HttpResponse:
    """Choose as whom you act now."""
    target = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        chosen = services.choose_role(request, user=request.actor.user, key=request.POST.get("role", ""))
        ours = url_has_allowed_host_and_scheme(target, {request.get_host()}) and target.startswith("/")
        return HttpResponseRedirect(target if ours else home_for(chosen))
    context = {"roles": roles_of(request.actor.user), "next": target}
    return TemplateResponse(request, "accounts/role.html", context)
