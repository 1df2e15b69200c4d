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
from mmm.foundation import limits, once
from mmm.foundation.policy import Denied
from mmm.region import desk_forms, invitations, policy
from mmm.region import staff as tasks

# A project choice: more mails than this in an hour is not how somebody looks for people to do a task.
MAILS, WINDOW = 20, dt.timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.staff")
def staff(request: SignedInRequest) -> HttpResponse:
    """Everybody with a task; ask somebody for one by mail.

    The answer is the same whether or not there is an account with the address, and nobody has a task before
    they said yes to it.
    """
    form = desk_forms.AskForm(request.POST or None)
    if form.is_valid():
        if limits.hit("staff-mail", request.actor.id.hex, limit=MAILS, window=WINDOW).allowed:
            invitations.invite(request.actor, **form.cleaned_data)
            return HttpResponseRedirect(f"{reverse('region:staff')}?verstuurd=1")
        form.add_error("address", _("You sent many mails. Wait an hour."))
    context = {
        "form": form,
        "rows": tasks.roles_to_end(request.actor),
        "sent": "verstuurd" in request.GET,
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
