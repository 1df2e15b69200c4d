"""Reports of death, for the coordinator and deputy of a region."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.foundation.policy import NotAllowed
from mmm.region import deaths, forms, policy


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.deaths")
def report(request: SignedInRequest) -> HttpResponse:
    """Report a death by the exact address, or check a report. The answer never says whether it is known."""
    form = forms.DeathForm(request.POST or None)
    if form.is_valid():
        try:
            deaths.report(request.actor, address=form.cleaned_data["email"])
        except NotAllowed as refused:
            form.add_error("email", str(refused.reason))
        else:
            return HttpResponseRedirect(f"{reverse('region:deaths')}?gemeld=1")
    context = {
        "form": form,
        "told": "gemeld" in request.GET,
        "reports": [(row, row.reported_by == request.actor.id) for row in deaths.reports_for(request.actor)],
    }
    return TemplateResponse(request, "region/deaths.html", context)
