"""Reading a list of organisations that somebody pastes: first what would change, then the button."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.region import desk_forms, policy, selectors
from mmm.region import importing as lists


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.organisations_import")
def organisations(request: SignedInRequest) -> HttpResponse:
    """Paste the list; see what would change; carry it out with the same words."""
    region = selectors.region_to_manage(request.actor)
    form = desk_forms.ListForm(request.POST or None)
    plan = None
    if form.is_valid():
        plan = lists.plan_organisations(request.actor, form.cleaned_data["rows"], region=region)
        if not plan.problems and request.POST.get("act") == "do":
            plan.carry_out()
            messages.success(request, _("The list is read: %s new.") % len(plan.new))
            return HttpResponseRedirect(reverse("region:organisations"))
    context = {"form": form, "plan": plan, "shown": plan.problems[:SHOWN] if plan else [], "limit": SHOWN}
    return TemplateResponse(request, "region/organisations_import.html", context)


SHOWN = 50
