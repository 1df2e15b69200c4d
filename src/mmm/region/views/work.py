"""My work: where I work, the secrecy statement, whether I can be found, and stopping."""

import uuid
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.region import forms, policy, selectors, services
from mmm.region.reports import names

if TYPE_CHECKING:
    from mmm.region.models import Membership


@require_safe
@access.signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Where I work, and how far each of them is."""
    context = {
        "memberships": selectors.my_memberships(request.actor),
        "declined": selectors.declined(request.actor),
        "hidden": names.hidden_lines(request.actor),
    }
    return TemplateResponse(request, "region/work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_member
@once.form("region.colleagues")
def colleagues(request: SignedInRequest) -> HttpResponse:
    """The contact of an organisation says who works there, beside the coordinator."""
    waiting = selectors.colleagues_to_confirm(request.actor)
    if waiting is None:
        raise Http404
    if request.method == "POST":
        wanted = [row for row in waiting if row.id.hex == request.POST.get("membership")]
        for row in wanted:
            if "why" in request.POST:
                services.decline_membership(request.actor, membership=row, why="unknown")
            elif policy.may_confirm(request.actor, row):
                services.confirm_membership(request.actor, membership=row)
        return HttpResponseRedirect(reverse("region:colleagues"))
    context = {"waiting": [(row, policy.may_confirm(request.actor, row)) for row in waiting]}
    return TemplateResponse(request, "region/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("region.request")
def request_membership(request: SignedInRequest) -> HttpResponse:
    """Two short steps: the region (a GET form), then organisation, profession and name."""
    slug = request.GET.get("regio", "")
    region = selectors.region(slug) if slug else None
    if region is None:
        # The link of "?regio=" with an unknown region starts the first step again, with its error.
        first = forms.RegionForm(request.GET if "regio" in request.GET else None)
        return TemplateResponse(request, "region/request_region.html", {"form": first})
    initial = {"name": request.actor.user.name}
    form = forms.MembershipForm(request.POST or None, region_id=region.id, initial=initial)
    if form.is_valid():
        membership = services.request_membership(request.actor, **form.cleaned_data)
        return HttpResponseRedirect(reverse("region:secrecy", args=[membership.id]))
    context = {"form": form, "region": region, "empty": not selectors.organisations(region.id).exists()}
    return TemplateResponse(request, "region/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("region.secrecy")
def secrecy(request: SignedInRequest, membership_id: uuid.UUID) -> HttpResponse:
    """The secrecy statement, to be accepted once, and the choice to be found."""
    membership = _own(request, membership_id)
    form = forms.SecrecyForm(request.POST or None, initial={"listed": membership.listed})
    if form.is_valid():
        services.accept_secrecy(request.actor, membership=membership)
        services.choose_listed(request.actor, membership=membership, listed=form.cleaned_data["listed"])
        return HttpResponseRedirect(reverse("region:mine"))
    return TemplateResponse(request, "region/secrecy.html", {"form": form, "membership": membership})


@require_POST
@access.signed_in
@once.form("region.listed")
def listed(request: SignedInRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Be found in the list of professionals, or not any more."""
    membership = _own(request, membership_id)
    if "peer" in request.POST:
        peer = request.POST["peer"] == "1"
        services.choose_listed_as_peer(request.actor, membership=membership, listed=peer)
        return HttpResponseRedirect(reverse("region:mine"))
    services.choose_listed(request.actor, membership=membership, listed=request.POST.get("listed") == "1")
    return HttpResponseRedirect(reverse("region:mine"))


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("region.leave")
def leave(request: SignedInRequest, membership_id: uuid.UUID) -> HttpResponse:
    """I do not work here any more: what that means, and one button."""
    membership = _own(request, membership_id)
    if request.method == "POST":
        services.leave(request.actor, membership=membership)
        return HttpResponseRedirect(reverse("region:mine"))
    return TemplateResponse(request, "region/leave.html", {"membership": membership})


def _own(request: SignedInRequest, membership_id: uuid.UUID) -> "Membership":
    membership = selectors.my_membership(request.actor, membership_id)
    if membership is None:
        raise Http404
    return membership
