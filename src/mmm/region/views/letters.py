"""The helper's desk: letters for who has no e-mail. Nothing about anybody is typed, and nothing is seen."""

import uuid

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access, letters, numbers, printed
from mmm.accounts.actors import SignedInRequest
from mmm.accounts.policy import HELPERS
from mmm.design.paper import as_pdf
from mmm.foundation import once, pdf
from mmm.region import forms

PRINT = "letter"


@require_http_methods(["GET", "HEAD", "POST"])
@access.as_staff(*HELPERS)
@once.form("region.letters")
def desk(request: SignedInRequest) -> HttpResponse:
    """Make a letter; below it the letters of the last weeks: when made, whether used."""
    form = forms.GreetingForm(request.POST or None, initial={"greeting": "hello"})
    if form.is_valid():
        made = letters.print_letter(request.actor)
        keep(request, made, greeting=form.cleaned_data["greeting"])
        return HttpResponseRedirect(reverse("region:letter", args=[made.letter_id]))
    rows = [(row, letters.is_open(row)) for row in letters.printed_by_region(request.actor)]
    return TemplateResponse(request, "region/letters.html", {"form": form, "letters": rows})


@require_safe
@access.as_staff(*HELPERS)
def letter(request: SignedInRequest, letter_id: uuid.UUID) -> HttpResponse:
    """The letter to print, for a quarter of an hour; then nobody can see its code again."""
    context = _letter(request, letter_id)
    if context is None:
        return TemplateResponse(request, "region/letter_over.html")
    return TemplateResponse(request, "region/letter.html", {**context, "pdf_missing": False})


@require_safe
@access.as_staff(*HELPERS)
def letter_pdf(request: SignedInRequest, letter_id: uuid.UUID) -> HttpResponse:
    """The same as a PDF of one page."""
    context = _letter(request, letter_id)
    if context is None:
        raise Http404
    try:
        content = as_pdf("region/letter_paper.html", context)
    except (pdf.NotInstalled, pdf.Failed):
        return TemplateResponse(request, "region/letter.html", {**context, "pdf_missing": True})
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="brief.pdf"'
    return response


def keep(request: SignedInRequest, made: letters.Printed, *, greeting: str) -> None:
    """Remember the letter for its one print."""
    data = {
        "letter": made.letter_id.hex,
        "code": numbers.shown(made.code),
        "pin": made.pin,
        "until": made.expires_at.isoformat(),
        "greeting": greeting,
    }
    printed.keep(request, request.actor, PRINT, data)


def _letter(request: SignedInRequest, letter_id: uuid.UUID) -> dict[str, object] | None:
    data = printed.kept(request, request.actor, PRINT)
    if data is None or data["letter"] != letter_id.hex:
        return None
    return {
        "letter_id": letter_id,
        "code": data["code"],
        "pin": data["pin"],
        "until": parse_datetime(data["until"]),
        "greeting": data["greeting"],
        "phone": "" if settings.DEMO else settings.HELP_PHONE,
        "address": f"{settings.BASE_URL}{reverse('accounts:letter')}",
    }
