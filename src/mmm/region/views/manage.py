"""What the coordinator and deputy of a region manage: who works where. Elsewhere they are strangers: 404."""

import uuid
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.foundation.policy import Denied
from mmm.region import forms, policy, selectors, services

if TYPE_CHECKING:
    from mmm.region.models import Membership


@require_safe
@access.as_staff(*policy.COORDINATORS)
def memberships(request: SignedInRequest) -> HttpResponse:
    """Requests to confirm, and who takes part now."""
    waiting, confirmed = selectors.memberships_to_manage(request.actor)
    context = {
        "waiting": [(row, policy.may_confirm(request.actor, row)) for row in waiting],
        "confirmed": confirmed,
    }
    return TemplateResponse(request, "region/memberships.html", context)


@require_POST
@access.as_staff(*policy.COORDINATORS)
@once.form("region.confirm")
def confirm(request: SignedInRequest, membership_id: uuid.UUID) -> HttpResponse:
    """This person works there."""
    membership = _here(request, membership_id)
    if isinstance(policy.may_confirm(request.actor, membership), Denied):
        raise Http404
    services.confirm_membership(request.actor, membership=membership)
    return HttpResponseRedirect(reverse("region:memberships"))


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.end")
def end(request: SignedInRequest, membership_id: uuid.UUID) -> HttpResponse:
    """This person does not work there (any more): what that means, and one button."""
    membership = _here(request, membership_id)
    if request.method == "POST":
        services.leave(request.actor, membership=membership)
        return HttpResponseRedirect(reverse("region:memberships"))
    return TemplateResponse(request, "region/end.html", {"membership": membership})


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.organisations")
def organisations(request: SignedInRequest) -> HttpResponse:
    """Which organisations people of this region can say they work for; put one on the list."""
    region = selectors.region_to_manage(request.actor)
    form = forms.OrganisationForm(request.POST or None)
    if form.is_valid():
        services.add_organisation(request.actor, region=region, **form.cleaned_data)
        return HttpResponseRedirect(reverse("region:organisations"))
    return TemplateResponse(request, "region/organisations.html", {"form": form, "region": region})


def _here(request: SignedInRequest, membership_id: uuid.UUID) -> "Membership":
    membership = selectors.membership_to_manage(request.actor, membership_id)
    if membership is None:
        raise Http404
    return membership
