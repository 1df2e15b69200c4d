"""Who has a task for the region."""

import datetime as dt
import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.accounts.forms import normal_address
from mmm.accounts.selectors import by_address
from mmm.foundation import limits, once
from mmm.foundation.policy import Denied, NotAllowed
from mmm.region import desk_forms, policy
from mmm.region import staff as tasks

# Whether an address has an account is told to a coordinator who knows it already, not to who tries many.
TRIES, WINDOW = 20, dt.timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.staff")
def staff(request: SignedInRequest) -> HttpResponse:
    """Everybody with a task; give somebody one by the exact address of the account."""
    form = desk_forms.AppointForm(request.POST or None)
    if form.is_valid() and _appointed(request, form):
        return HttpResponseRedirect(reverse("region:staff"))
    context = {
        "form": form,
        "rows": tasks.roles_to_end(request.actor),
    }
    return TemplateResponse(request, "region/staff.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.staff_end")
def staff_end(request: SignedInRequest, role_id: uuid.UUID) -> HttpResponse:
    """End a task: what that means, and one button."""
    row = tasks.role_here(request.actor, role_id)
    if row is None:
        raise Http404
    decision = tasks.may_end(request.actor, row)
    if request.method == "POST" and not isinstance(decision, Denied):
        tasks.end(request.actor, row=row)
        own = row.user_id == request.actor.id
        return HttpResponseRedirect(reverse("accounts:mine" if own else "region:staff"))
    context = {"row": row, "reason": decision.reason if isinstance(decision, Denied) else ""}
    return TemplateResponse(request, "region/staff_end.html", context)


def _appointed(request: SignedInRequest, form: desk_forms.AppointForm) -> bool:
    if not limits.hit("appoint", request.actor.id.hex, limit=TRIES, window=WINDOW).allowed:
        form.add_error("email", _("You tried many addresses. Wait an hour."))
        return False
    user = by_address(normal_address(form.cleaned_data["email"]))
    if user is None:
        form.add_error("email", _("Nobody signs in with this address yet. Ask this person to join first."))
        return False
    try:
        tasks.appoint(request.actor, user_id=user.id, role=form.cleaned_data["role"])
    except NotAllowed as denied:
        form.add_error("role", str(denied.reason))
        return False
    return True
