"""Even pauze: one button to stop everything, one to be back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mmm.accounts import access
from mmm.accounts import pause as services
from mmm.accounts.actors import SignedInRequest, home_of
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_self
@once.form("accounts.pause")
def pause(request: SignedInRequest) -> HttpResponse:
    """What a break means; begin one, or end it (`back` in the post)."""
    if request.method == "POST" and "back" in request.POST:
        services.resume(request.actor)
        messages.success(request, _("Good that you are back. What you shared before can be read again."))
        return HttpResponseRedirect(home_of("self"))
    if request.method == "POST":
        services.pause(request.actor)
        return HttpResponseRedirect(reverse("accounts:pause"))
    return TemplateResponse(request, "accounts/pause.html")
