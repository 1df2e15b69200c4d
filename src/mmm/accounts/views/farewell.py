"""Going away: erasing now or later, coming back, and what happens when somebody is not there any more."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access, farewells, forms, policy, services
from mmm.accounts.actors import SignedInRequest, home_of
from mmm.design.shapes import Answer
from mmm.foundation import once
from mmm.foundation.policy import Denied

if TYPE_CHECKING:
    from mmm.accounts.models import Farewell


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_self
@access.recently(15)
@once.form("accounts.erase")
def erase(request: SignedInRequest) -> HttpResponse:
    """Erase everything: what happens, now or in fourteen days, one button."""
    decision = policy.may_erase(request.actor)
    form = forms.EraseForm(request.POST or None)
    if decision and form.is_valid():
        if form.cleaned_data["when"] == "now":
            services.erase(request.actor)
            place = reverse("accounts:erased")
        else:
            due = localtime(farewells.erase_later(request.actor).due_at).date()
            place = f"{reverse('accounts:erased_later')}?dag={due.isoformat()}"
        services.sign_out(request)
        return HttpResponseRedirect(place)
    reason = decision.reason if isinstance(decision, Denied) else ""
    return TemplateResponse(request, "accounts/erase.html", {"form": form, "reason": reason})


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The receipt: everything is erased, and what is in backups for how long."""
    return TemplateResponse(request, "accounts/erased.html")


@require_safe
def erased_later(request: HttpRequest) -> HttpResponse:
    """The receipt: nobody sees anything any more, and until when one can come back (`?dag=`)."""
    try:
        day = dt.date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        day = None
    return TemplateResponse(request, "accounts/erased_later.html", {"day": day})


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.back")
def back(request: HttpRequest) -> HttpResponse:
    """The one page of who waits to be erased and signed in: stay, or (of one's own choice) go at once."""
    found = farewells.proved(request)
    if found is None:
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': home_of('self')})}")
    user, waiting = found
    if request.method == "POST" and "stay" in request.POST:
        farewells.come_back(user.id)
        return services.enter(request, user) or HttpResponseRedirect(home_of("self"))
    if request.method == "POST" and "go" in request.POST and farewells.erase_at_once(user.id):
        services.sign_out(request)
        return HttpResponseRedirect(reverse("accounts:erased"))
    return TemplateResponse(request, "accounts/back.html", {"waiting": waiting, "answers": _told(waiting)})


def _told(waiting: "Farewell") -> list[Answer]:
    """Who reported a death and who checked it, as far as that is known."""
    if waiting.reported_at is None:
        return []
    on = date_format(localtime(waiting.reported_at), "j F Y")
    rows = [
        Answer(_("Reported on"), on),
        Answer(_("Reported by"), waiting.reporter),
        Answer(_("Checked by"), waiting.checker),
    ]
    return [row for row in rows if row.answer]


@require_safe
@access.as_self
def later(request: SignedInRequest) -> HttpResponse:
    """When I am not there any more: what happens then, also with a story passed on."""
    context = {"reports": farewells.past_reports(request.actor)}
    return TemplateResponse(request, "accounts/later.html", context)
