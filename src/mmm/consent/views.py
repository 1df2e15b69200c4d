"""Pages of consent: choosing what to share, who may read, who read, and the reader's pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts.access import as_member, as_self, recently, signed_in
from mmm.accounts.actors import SignedInRequest
from mmm.consent import forms, selectors, services, shown, things
from mmm.consent.letters import selectors as letters
from mmm.consent.selectors import Choices, NotThere
from mmm.foundation import once
from mmm.foundation.paging import number_from
from mmm.foundation.policy import NotAllowed
from mmm.region import selectors as region

LOOKS_ON_A_PAGE = 30
PERIODS = {"7": 7, "30": 30, "365": 365}
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@read_or_write
@signed_in
@as_self
@once.form("consent:begin")
def begin(request: SignedInRequest) -> HttpResponse:
    """Page 1 of sharing: which parts."""
    mine = things.of(request.actor.id)
    if request.method == "POST":
        form = forms.ThingsForm(request.POST, things=mine)
        if form.is_valid():
            draft = services.begin(request.actor, chosen=form.chosen())
            return redirect("consent:reader", draft.id)
        status = 422
    else:
        chosen = [thing.id.hex for thing in mine if thing.id.hex == request.GET.get("deel")]
        form, status = forms.ThingsForm(things=mine, initial={"things": chosen}), 200
    return TemplateResponse(request, "consent/begin.html", {"form": form, "things": mine}, status=status)


@read_or_write
@signed_in
@as_self
@once.form("consent:reader")
def reader(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Page 2 of sharing: who."""
    choices = _draft(request, draft_id)
    status, error = 200, ""
    if request.method == "POST":
        form = forms.ReaderForm(request.POST)
        if form.is_valid():
            membership_id = form.cleaned_data["membership"]
            if region.reader_directory(owner_id=request.actor.id, membership_id=membership_id):
                services.choose(request.actor, draft_id=draft_id, membership=membership_id)
                return redirect("consent:purpose", draft_id)
            error = _("This person cannot be found any more. Choose somebody else.")
        else:
            error = _("Choose who may read it.")
        status = 422
    search = forms.SearchForm(request.GET)
    search.is_valid()
    query, region_id = search.cleaned_data.get("q", ""), search.cleaned_data.get("region")
    context = {
        "choices": choices,
        "query": query,
        "region_id": region_id,
        "regions": region.regions(),
        "readers": [
            found
            for found in region.reader_directory(region_id=region_id, query=query, owner_id=request.actor.id)
            if found.user_id != request.actor.id
        ],
        "error": error,
    }
    return TemplateResponse(request, "consent/reader.html", context, status=status)


@read_or_write
@signed_in
@as_self
@once.form("consent:unchecked")
def unchecked(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Before page 3, once for a reader whose organisation nobody checked: what that means."""
    choices = _draft(request, draft_id)
    if not choices.asks_unchecked:
        return redirect("consent:purpose", draft_id)
    if _seen(request, choices):
        services.choose(request.actor, draft_id=draft_id, knows_unchecked=True)
        return redirect("consent:purpose", draft_id)
    return TemplateResponse(request, "consent/unchecked.html", {"choices": choices})


@read_or_write
@signed_in
@as_self
@once.form("consent:income")
def income(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Before page 3, when who decides on benefits would get more than P2: what that may mean (rule 14)."""
    choices = _draft(request, draft_id)
    if not choices.asks_income:
        return redirect("consent:purpose", draft_id)
    if _seen(request, choices) and "only" in request.POST and choices.within_p2:
        left = [thing.id.hex for thing in choices.within_p2]
        services.choose(request.actor, draft_id=draft_id, things=left)
        return redirect("consent:purpose", draft_id)
    if _seen(request, choices) and "know" in request.POST:
        services.choose(request.actor, draft_id=draft_id, knows_income=True)
        return redirect("consent:purpose", draft_id)
    return TemplateResponse(request, "consent/income.html", {"choices": choices})


@read_or_write
@signed_in
@as_self
@once.form("consent:purpose")
def purpose(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Page 3 of sharing: what for and until when."""
    choices = _draft(request, draft_id)
    if before := _to_read_first(choices):
        return redirect(before, draft_id)
    status = 200
    if request.method == "POST":
        form = forms.PurposeForm(request.POST)
        if form.is_valid():
            services.choose(request.actor, draft_id=draft_id, **form.cleaned_data)
            return redirect("consent:confirm", draft_id)
        status = 422
    else:
        form = forms.PurposeForm(
            initial={
                "purpose": choices.purpose,
                "words": choices.words,
                "until": choices.until or forms.in_months(3),
            }
        )
    return TemplateResponse(
        request, "consent/purpose.html", {"form": form, "choices": choices}, status=status
    )


@read_or_write
@recently(15)
@as_self
@once.form("consent:confirm")
def confirm(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Page 4 of sharing: exactly what the reader gets, a moment to think, and the button."""
    choices = _draft(request, draft_id)
    if _to_read_first(choices) or choices.reader is None or choices.until is None:
        return redirect("consent:purpose", draft_id)
    ticks = choices.warns_of_income and not choices.knows_income
    preview = selectors.preview_for(request.actor, choices)
    words = preview.health_words if choices.reader.employer else []
    asks = {"income": ticks, "health": bool(words)}
    form, status, reason = forms.ConfirmForm(**asks), 200, None
    if request.method == "POST":
        form = forms.ConfirmForm(request.POST, **asks)
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.share(
                    request.actor,
                    draft_id=draft_id,
                    version=given["version"],
                    not_about_health=given["health"],
                )
            except NotAllowed as denied:
                reason = denied.reason
            except NotThere:
                reason = _("This person cannot be found any more. Choose somebody else.")
            else:
                messages.success(
                    request,
                    _("%(name)s can read it now. “Who read what?” will tell you when that happens.")
                    % {"name": choices.reader.name},
                )
                return redirect("consent:who")
        status = 422
    context = {
        "choices": choices,
        "ticks": ticks,
        "health_words": words,
        "form": form,
        "reason": reason,
        "sheet": _sheet(preview),
    }
    return TemplateResponse(request, "consent/confirm.html", context, status=status)


@require_safe
@signed_in
@as_self
def who(request: SignedInRequest) -> HttpResponse:
    """*Wie mag wat lezen?*: parts x readers."""
    matrix = selectors.matrix_for(request.actor)
    return TemplateResponse(
        request,
        "consent/who.html",
        {"matrix": matrix, "shown": shown.matrix(matrix), "letters": letters.letters_for(request.actor)},
    )


@read_or_write
@signed_in
@as_self
@once.form("consent:stop")
def stop(request: SignedInRequest, grant_id: UUID) -> HttpResponse:
    """Take it back: one part, or everything this reader has. Works at the next request."""
    matrix = selectors.matrix_for(request.actor)
    found = [
        (column, given) for column in matrix.columns for given in column.given if given.grant_id == grant_id
    ]
    if request.method == "POST":
        try:
            services.revoke(request.actor, grant_id=grant_id, everything="everything" in request.POST)
        except NotThere:
            raise Http404 from None
        messages.success(request, _("Stopped. From now on this cannot be read any more."))
        return redirect("consent:who")
    if not found:
        raise Http404
    column, given = found[0]
    return TemplateResponse(request, "consent/stop.html", {"column": column, "given": given})


@require_safe
@signed_in
@as_self
def looks(request: SignedInRequest) -> HttpResponse:
    """*Wie las wat?*: per day, in plain words, with a way to stop beside each line."""
    period = request.GET.get("periode", "")
    page = number_from(request.GET.get("bladzijde"))
    found = selectors.looks_for(
        request.actor,
        days=PERIODS.get(period),
        limit=LOOKS_ON_A_PAGE + 1,
        offset=(page - 1) * LOOKS_ON_A_PAGE,
    )
    context = {
        "days": shown.days(found[:LOOKS_ON_A_PAGE]),
        "period": period if period in PERIODS else "",
        "page_number": page,
        "older": page + 1 if len(found) > LOOKS_ON_A_PAGE else None,
        "newer": page - 1 or None,
    }
    return TemplateResponse(request, "consent/looks.html", context)


@require_safe
@signed_in
@as_member
def shared_with_me(request: SignedInRequest) -> HttpResponse:
    """*Met mij gedeeld*: who opened something to this professional. No text on this page."""
    return TemplateResponse(
        request, "consent/shared_with_me.html", {"sharers": selectors.shared_with(request.actor)}
    )


@require_safe
@signed_in
@as_member
def read(request: SignedInRequest, owner_id: UUID) -> HttpResponse:
    """The reader reads. The look is in the log before the text is opened; a HEAD is a look too."""
    try:
        reading = services.read(request.actor, owner_id=owner_id)
    except NotThere:
        raise Http404 from None
    context = {"owner_name": reading.owner_name, "sheets": [_sheet(sheet) for sheet in reading.sheets]}
    return TemplateResponse(request, "consent/read.html", context)


@require_safe
@signed_in
@as_member
def worrying(request: HttpRequest) -> HttpResponse:
    """*Maak je je zorgen om wat je las?*: one page for readers (rule 13)."""
    return TemplateResponse(request, "consent/worrying.html")


def _draft(request: SignedInRequest, draft_id: UUID) -> Choices:
    try:
        choices = selectors.draft_for(request.actor, draft_id)
    except NotThere:
        raise Http404 from None
    if not choices.things:
        raise Http404
    return choices


def _to_read_first(choices: Choices) -> str | None:
    """The page that comes before what for and until when; None when there is nothing left to read."""
    if choices.reader is None:
        return "consent:reader"
    if choices.asks_unchecked:
        return "consent:unchecked"
    return "consent:income" if choices.asks_income else None


def _seen(request: HttpRequest, choices: Choices) -> bool:
    """Whether this post comes from a page that showed the draft as it is now."""
    form = forms.SeenForm(request.POST)
    return request.method == "POST" and form.is_valid() and form.cleaned_data["version"] == choices.version


def _sheet(sheet: selectors.Sheet) -> dict[str, Any]:
    """One sheet for `consent/_sheet.html`, which both the reader and the owner's preview get."""
    purpose = forms.PURPOSE_WORDS.get(sheet.purpose, "")
    return {"until": sheet.until, "purpose": purpose, "words": sheet.words, "html": sheet.html}
