"""The first page of who has a task for a region, and the checklist that opens it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.foundation.policy import Denied, NotAllowed
from mmm.region import contacts, policy, selectors
from mmm.region import opening as openings
from mmm.region.reports import selectors as reports


@require_safe
@access.as_staff(*policy.EVERY_TASK)
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits, and the way to everything of the region. Who only helps reads what the task is."""
    role = request.actor.role.staff_role
    if role not in policy.COORDINATORS:
        waits = role in policy.HANDLERS and bool(reports.tasks_for(request.actor))
        return TemplateResponse(request, "region/task.html", {"waits": waits})
    waiting, _confirmed = selectors.memberships_to_manage(request.actor)
    context = {
        "waiting": len(waiting),
        "reports": len(reports.tasks_for(request.actor)),
        "state": openings.state_for(request.actor),
        "old": contacts.nearly_old(request.actor),
    }
    return TemplateResponse(request, "region/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.opening")
def opening(request: SignedInRequest) -> HttpResponse:
    """The checklist. `act` of the button: open (ask), yes (the second person), done/undone with an item."""
    if request.method == "POST":
        act, item = request.POST.get("act", ""), request.POST.get("item", "")
        try:
            if act == "done":
                openings.promise(request.actor, item=item)
            elif act == "undone":
                openings.take_back(request.actor, item=item)
            elif act == "ask":
                openings.ask(request.actor)
                messages.success(request, _("Now the other of you has to say yes. Then the region is open."))
            elif act == "yes":
                openings.confirm(request.actor)
                messages.success(request, _("The region is open. People can share here now."))
        except NotAllowed as denied:
            messages.error(request, str(denied.reason))
        return HttpResponseRedirect(reverse("region:opening"))
    state = openings.state_for(request.actor)
    second = state.opening and policy.may_say_the_second_yes(request.actor, state.opening)
    context = {
        "state": state,
        "may_say_yes": bool(second),
        "reason": second.reason if isinstance(second, Denied) else "",
    }
    return TemplateResponse(request, "region/opening.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.close")
def close(request: SignedInRequest) -> HttpResponse:
    """Close the region: what that means, and one button."""
    if request.method == "POST":
        openings.close(request.actor)
        return HttpResponseRedirect(reverse("region:opening"))
    return TemplateResponse(request, "region/close.html")
