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
from mmm.foundation.policy import Denied, NotAllowed
from mmm.region import desk_forms, forms, policy, selectors, services
from mmm.region import organisations as listed

if TYPE_CHECKING:
    from mmm.region.models import Membership, Organisation


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
@once.form("region.decline")
def decline(request: SignedInRequest, membership_id: uuid.UUID) -> HttpResponse:
    """No, with a reason to choose; the person reads it and may ask again."""
    membership = _here(request, membership_id)
    if membership.confirmed_at or isinstance(policy.may_confirm(request.actor, membership), Denied):
        raise Http404
    form = desk_forms.DeclineForm(request.POST or None)
    if form.is_valid():
        services.decline_membership(request.actor, membership=membership, why=form.cleaned_data["why"])
        return HttpResponseRedirect(reverse("region:memberships"))
    return TemplateResponse(request, "region/decline.html", {"form": form, "membership": membership})


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
    context = {"form": form, "region": region, "organisations": listed.here(request.actor)}
    return TemplateResponse(request, "region/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.organisation")
def organisation(request: SignedInRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """One organisation: write it anew, choose its contact; ways to check and to close it."""
    found = _organisation(request, organisation_id)
    initial = {
        "name": found.name,
        "kind": found.kind,
        "chain_link": found.chain_link,
        "part_of": found.part_of_id,
        "contact": found.contact_id,
    }
    form = desk_forms.ChangeOrganisationForm(request.POST or None, organisation=found, initial=initial)
    if form.is_valid():
        try:
            listed.change(request.actor, organisation=found, **form.cleaned_data)
        except NotAllowed as denied:
            form.add_error("name", str(denied.reason))
        else:
            return HttpResponseRedirect(reverse("region:organisations"))
    return TemplateResponse(request, "region/organisation.html", {"form": form, "organisation": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.check")
def check(request: SignedInRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """I looked: this organisation is what it says it is."""
    found = _organisation(request, organisation_id)
    form = desk_forms.CheckForm(request.POST or None, initial={"kvk": found.kvk})
    if form.is_valid():
        services.check_organisation(request.actor, organisation=found, kvk=form.cleaned_data["kvk"])
        return HttpResponseRedirect(reverse("region:organisations"))
    return TemplateResponse(request, "region/check.html", {"form": form, "organisation": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.organisation_close")
def organisation_close(request: SignedInRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """This organisation takes part no more: what ends, and one button."""
    found = _organisation(request, organisation_id)
    if request.method == "POST":
        listed.close(request.actor, organisation=found)
        return HttpResponseRedirect(reverse("region:organisations"))
    context = {
        "organisation": found,
        "people": listed.people_of(request.actor, found),
        "listeners": listed.listeners_at(found),
    }
    return TemplateResponse(request, "region/organisation_close.html", context)


def _organisation(request: SignedInRequest, organisation_id: uuid.UUID) -> "Organisation":
    found = listed.find(request.actor, organisation_id)
    if found is None:
        raise Http404
    return found


def _here(request: SignedInRequest, membership_id: uuid.UUID) -> "Membership":
    membership = selectors.membership_to_manage(request.actor, membership_id)
    if membership is None:
        raise Http404
    return membership
