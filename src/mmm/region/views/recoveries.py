"""The helper's desk: a new way in for who lost everything but their sentence. No text of anybody is seen."""

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mmm.accounts import access, recovery
from mmm.accounts.actors import SignedInRequest
from mmm.accounts.policy import HELPERS
from mmm.foundation import once
from mmm.region import forms
from mmm.region.views.letters import keep


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*HELPERS)
@once.form("region.recoveries")
def desk(request: SignedInRequest) -> HttpResponse:
    """Begin a request; below it those of the last weeks: a number and how far it is, no names."""
    if request.method == "POST":
        row = recovery.request(request.actor)
        return HttpResponseRedirect(reverse("region:recovery", args=[row.id]))
    rows = [(row, recovery.state_of(row)) for row in recovery.in_region(request.actor)[:100]]
    return TemplateResponse(request, "region/recoveries.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*HELPERS)
@once.form("region.recovery")
def one(request: SignedInRequest, recovery_id: uuid.UUID) -> HttpResponse:
    """One request: name and sentence, the wait, the sentence once more and the new letter."""
    row = recovery.one(request.actor, recovery_id)
    if row is None:
        raise Http404
    state = recovery.state_of(row)
    form_class = {"requested": forms.WhoForm, "ready": forms.OnceMoreForm}.get(state)
    if request.method == "POST" and form_class is None:
        return HttpResponseRedirect(request.path)
    form = form_class(request.POST or None) if form_class else None
    context = {"row": row, "state": state, "form": form, "told": recovery.Told(fits=False)}
    if form is None or not form.is_valid():
        return TemplateResponse(request, "region/recovery.html", context)
    if state == recovery.State.READY:
        made = recovery.hand_letter(request.actor, row=row, sentence=form.cleaned_data["sentence"])
        if made is not None:
            keep(request, made, greeting="hello")
            return HttpResponseRedirect(reverse("region:letter", args=[made.letter_id]))
    else:
        told = recovery.tell(request.actor, row=row, **form.cleaned_data)
        if told.fits:
            return HttpResponseRedirect(request.path)
        context["told"] = told
    form.refuse()
    return TemplateResponse(request, "region/recovery.html", context)
