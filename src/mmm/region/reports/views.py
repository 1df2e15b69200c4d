"""Pages of reports: making one, reading the answers, and the coordinator's list."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.region import policy
from mmm.region.reports import forms, selectors, services
from mmm.region.reports.selectors import NotThere

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@read_or_write
@access.signed_in
@once.form("region.report")
def report(request: SignedInRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """Tell the coordinator that something is not right."""
    try:
        thing = services.find(request.actor, kind=kind, thing_id=thing_id)
    except NotThere:
        raise Http404 from None
    form, status = forms.ReportForm(lines=thing.lines), 200
    if request.method == "POST":
        form = forms.ReportForm(request.POST, lines=thing.lines)
        if form.is_valid():
            services.report(request.actor, kind=kind, thing_id=thing_id, **form.cleaned_data)
            return redirect("region:my_reports")
        status = 422
    context = {"form": form, "thing": thing}
    return TemplateResponse(request, "region/reports/report.html", context, status=status)


@require_safe
@access.signed_in
def my_reports(request: SignedInRequest) -> HttpResponse:
    """What I reported, and what came of it."""
    context = {"reports": selectors.reports_of(request.actor)}
    return TemplateResponse(request, "region/reports/mine.html", context)


@require_safe
@access.as_staff(*policy.HANDLERS)
def reports(request: SignedInRequest) -> HttpResponse:
    """Open reports of the region, each with its deadline. No text on this page."""
    return TemplateResponse(
        request, "region/reports/list.html", {"tasks": selectors.tasks_for(request.actor)}
    )


@read_or_write
@access.as_staff(*policy.HANDLERS)
@once.form("region.reply")
def reply(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """One report: what was told, and the answer. The reporter sees in the look log that it was read.

    A form with mistakes comes back without the report: what is rolled back with it would be the look.
    """
    try:
        if request.method != "POST":
            found = services.read(request.actor, report_id=report_id)
            context = {"form": forms.ReplyForm(can_hide=found.can_hide), "report": found}
            return TemplateResponse(request, "region/reports/reply.html", context)
        form = forms.ReplyForm(request.POST, can_hide=selectors.may_hide(request.actor, report_id))
        if form.is_valid():
            services.answer(request.actor, report_id=report_id, **form.cleaned_data)
            return redirect("region:reports")
    except NotThere:
        raise Http404 from None
    return TemplateResponse(request, "region/reports/reply.html", {"form": form, "report": None}, status=422)
