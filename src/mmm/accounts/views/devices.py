"""My devices: where I am signed in, and ending that."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mmm.accounts import access, devices
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("accounts.devices")
def mine(request: SignedInRequest) -> HttpResponse:
    """The list; end one, or all but this one. Ending what ended already is no error."""
    here = request.session.session_key or ""
    if request.method == "POST":
        if "others" in request.POST:
            devices.end_others(request.actor, here=here)
        else:
            devices.end(request.actor, device_id=request.POST.get("device", ""))
        return HttpResponseRedirect(f"{reverse('accounts:devices')}?gedaan=1")
    context = {"devices": devices.of(request.actor, here=here), "done": "gedaan" in request.GET}
    return TemplateResponse(request, "accounts/devices.html", context)
