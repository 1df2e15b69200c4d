"""What is new for you."""

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mmm.accounts import access, notices
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("accounts.notices")
def what_is_new(request: SignedInRequest) -> HttpResponse:
    """The lines; a button opens what a line is about and marks it as seen, another marks all."""
    if request.method != "POST":
        return TemplateResponse(
            request,
            "accounts/notices.html",
            {
                "lines": notices.lines_for(request.actor),
                "news": notices.news_of(request.actor),
                "elsewhere": notices.news_elsewhere(request.actor),
            },
        )
    if "all" in request.POST:
        notices.see_all(request.actor)
        return HttpResponseRedirect(reverse("accounts:notices"))
    try:
        target = notices.see(request.actor, notice_id=uuid.UUID(hex=request.POST.get("notice", "")))
    except ValueError:
        target = None
    if target is None:
        raise Http404
    return HttpResponseRedirect(target)
