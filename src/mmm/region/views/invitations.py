"""Inviting somebody by mail or letter, and accepting. Opening a link changes nothing."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts import access, printed
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.foundation.policy import NotAllowed
from mmm.region import forms, invitations, policy, selectors

PRINT = "invitation"


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*policy.COORDINATORS)
@once.form("region.invite")
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite somebody; below it the invitations that nobody accepted yet."""
    region = selectors.region_to_manage(request.actor)
    form, made = forms.InvitationForm(request.POST or None, region=region), None
    if form.is_valid():
        try:
            made = invitations.invite(request.actor, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error("address", str(refused.reason))
    if made is not None:
        if made.invitation.address:
            return HttpResponseRedirect(f"{reverse('region:invite')}?verstuurd=1")
        data = {"link": made.link, "invitation": made.invitation.id.hex}
        printed.keep(request, request.actor, PRINT, data)
        return HttpResponseRedirect(reverse("region:invitation_letter", args=[made.invitation.id]))
    context = {
        "form": form,
        "open": invitations.open_in_region(request.actor),
        "sent": "verstuurd" in request.GET,
    }
    return TemplateResponse(request, "region/invite.html", context)


@require_safe
@access.as_staff(*policy.COORDINATORS)
def letter(request: SignedInRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """The link to print, for a quarter of an hour."""
    data = printed.kept(request, request.actor, PRINT)
    link = data["link"] if data is not None and data["invitation"] == invitation_id.hex else ""
    return TemplateResponse(request, "region/invitation_letter.html", {"link": link})


@require_POST
@access.as_staff(*policy.COORDINATORS)
@once.form("region.withdraw")
def withdraw(request: SignedInRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    if not invitations.withdraw(request.actor, invitation_id=invitation_id):
        raise Http404
    return HttpResponseRedirect(reverse("region:invite"))


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("region.invitation")
def invitation(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What somebody is invited for, and one button. A mail program that opens the link uses nothing up."""
    row = invitations.by_token(token)
    if row is None:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and actor is None:
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?next={request.path}")
    if request.method == "POST" and not actor.is_self:
        return access.switch_page(request, "self")
    form = None
    if actor is not None:
        form = forms.AcceptForm(request.POST or None, initial={"name": actor.user.name})
        if form.is_valid():
            try:
                got = invitations.accept(actor, token=token, name=form.cleaned_data["name"])
            except NotAllowed as denied:
                form.add_error("name", str(denied.reason))
            else:
                if got is None:
                    raise Http404
                place = "region:mine" if row.organisation_id else "accounts:role"
                return HttpResponseRedirect(reverse(place))
    return TemplateResponse(
        request, "region/invitation.html", {"row": row, "form": form, "path": request.path}
    )
