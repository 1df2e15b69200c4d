"""Pages of blocking: whom I blocked, and blocking somebody."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mmm.accounts.access import as_self
from mmm.accounts.actors import SignedInRequest
from mmm.consent.blocks import forms, selectors, services
from mmm.consent.selectors import NotThere
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@as_self
@once.form("consent:blocks")
def blocks(request: SignedInRequest) -> HttpResponse:
    """Whom I blocked, with a way to undo it; and the readers whom I could block."""
    if request.method == "POST":
        form = forms.UnblockForm(request.POST)
        if not form.is_valid():
            raise Http404
        if person_id := form.cleaned_data["person"]:
            services.unblock_person(request.actor, person_id=person_id)
        if organisation_id := form.cleaned_data["organisation"]:
            services.unblock_organisation(request.actor, organisation_id=organisation_id)
        messages.success(request, _("Not blocked any more. Nothing is shared: that is up to you."))
        return redirect("consent:blocks")
    return TemplateResponse(
        request, "consent/blocks/blocks.html", {"found": selectors.blocks_of(request.actor)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@as_self
@once.form("consent:block")
def block(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Block this reader, or the whole organisation: what it means, and two buttons."""
    try:
        reader = selectors.to_block(request.actor, membership_id)
        if request.method == "POST":
            services.block(
                request.actor, membership_id=membership_id, organisation="organisation" in request.POST
            )
            messages.success(request, _("Blocked. Nothing of yours can be read there any more."))
            return redirect("consent:blocks")
    except NotThere:
        raise Http404 from None
    return TemplateResponse(request, "consent/blocks/block.html", {"reader": reader})
