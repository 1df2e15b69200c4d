"""Numbers, addresses and hours of a region."""

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.region import contacts as points
from mmm.region import desk_forms, hours, organisations, policy


@require_safe
@access.as_staff(*policy.COORDINATORS)
def contacts(request: SignedInRequest) -> HttpResponse:
    """Everything the region shows, by kind, with the day on which somebody looked."""
    context = {"kinds": points.by_kind(request.actor)}
    return TemplateResponse(request, "region/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.contact_new")
def contact_new(request: SignedInRequest, kind: str) -> HttpResponse:
    """Add one of a kind."""
    if kind not in points.KINDS:
        raise Http404
    form = desk_forms.ContactForm(
        request.POST or None, kind=kind, organisations=organisations.here(request.actor)
    )
    if form.is_valid():
        points.put(request.actor, kind=kind, **form.cleaned_data)
        return HttpResponseRedirect(reverse("region:contacts"))
    return TemplateResponse(request, "region/contact.html", {"form": form, "title": points.KINDS[kind]})


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.contact")
def contact(request: SignedInRequest, point_id: uuid.UUID) -> HttpResponse:
    """Look at one again, and write down that it is still right or what it is now."""
    point = points.find(request.actor, point_id)
    if point is None:
        raise Http404
    initial = {
        "name": point.name,
        "phone": point.phone,
        "web": point.web,
        "words": point.words,
        "organisation": point.organisation_id,
        "source": point.source,
    }
    form = desk_forms.ContactForm(
        request.POST or None,
        kind=point.kind,
        organisations=organisations.here(request.actor),
        initial=initial,
    )
    if form.is_valid():
        points.put(request.actor, point=point, kind=point.kind, **form.cleaned_data)
        return HttpResponseRedirect(reverse("region:contacts"))
    context = {"form": form, "title": points.KINDS[point.kind], "point": point}
    return TemplateResponse(request, "region/contact.html", context)


@require_POST
@access.as_staff(*policy.COORDINATORS)
@once.form("region.contact_remove")
def contact_remove(request: SignedInRequest, point_id: uuid.UUID) -> HttpResponse:
    """Take one off the list."""
    if points.find(request.actor, point_id) is None:
        raise Http404
    points.remove(request.actor, point_id=point_id)
    return HttpResponseRedirect(reverse("region:contacts"))


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.hours")
def opening_hours(request: SignedInRequest) -> HttpResponse:
    """When somebody answers the phone of the region."""
    phone = points.phone_of(request.actor)
    kept = hours.told(phone.hours if phone else {})
    now = {f"day{each.weekday}": [f"{each.opens:%-H.%M}", f"{each.closes:%-H.%M}"] for each in kept}
    form = desk_forms.HoursForm(request.POST or None, initial=now)
    if phone is not None and form.is_valid():
        points.set_hours(request.actor, hours=form.hours())
        return HttpResponseRedirect(reverse("region:contacts"))
    return TemplateResponse(request, "region/hours.html", {"form": form, "phone": phone})
