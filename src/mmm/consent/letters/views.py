"""Pages of letters: making one, the page on paper, and reading one without an account."""

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts import browser
from mmm.accounts.access import as_self, recently, signed_in
from mmm.accounts.actors import Actor, SignedInRequest
from mmm.consent.letters import codes, forms, policy, selectors, services
from mmm.consent.selectors import NotThere
from mmm.design.paper import as_pdf
from mmm.foundation import once, pdf
from mmm.foundation.crypto import server_box
from mmm.foundation.policy import NotAllowed

COOKIE = "mmm_letter"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@read_or_write
@signed_in
@as_self
@once.form("consent:letter_for")
def letter_for(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Step 2: for whom the letter is, and until when."""
    choices, status = _choices(request, draft_id), 200
    if request.method == "POST":
        form = forms.LetterForm(request.POST)
        if form.is_valid():
            services.choose(request.actor, draft_id=draft_id, **form.cleaned_data)
            return redirect("consent:letter_confirm", draft_id)
        status = 422
    else:
        employer = {None: None, True: "yes", False: "no"}[choices.employer]
        until = choices.until or policy.last_day()
        form = forms.LetterForm(initial={"reader": choices.reader, "employer": employer, "until": until})
    context = {"form": form, "choices": choices}
    return TemplateResponse(request, "consent/letters/for.html", context, status=status)


@read_or_write
@recently(15)
@as_self
@once.form("consent:letter_confirm")
def letter_confirm(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Step 3: exactly what the reader gets, a moment to think, and the button."""
    choices = _choices(request, draft_id)
    if not choices.complete:
        return redirect("consent:letter_for", draft_id)
    asks = {"paper": bool(choices.strict), "health": bool(choices.health_words)}
    form, status, reason = forms.MakeForm(**asks), 200, None
    if request.method == "POST":
        form = forms.MakeForm(request.POST, **asks)
        if form.is_valid():
            given = form.cleaned_data
            try:
                letter = services.make(
                    request.actor,
                    draft_id=draft_id,
                    version=given["version"],
                    knows_paper=given["paper"],
                    not_about_health=given["health"],
                )
            except NotAllowed as denied:
                reason = denied.reason
            else:
                return redirect("consent:letter", letter.id)
        status = 422
    context = {"form": form, "choices": choices, "reason": reason}
    return TemplateResponse(request, "consent/letters/confirm.html", context, status=status)


@require_safe
@signed_in
@as_self
def letter(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """The page on paper as long as the code works, and how the letter stands."""
    return TemplateResponse(request, "consent/letters/letter.html", _paper(request, letter_id))


@require_safe
@signed_in
@as_self
def letter_pdf(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """The same page as a PDF, under a name that says nothing."""
    context = _paper(request, letter_id)
    if not context["letter"].code:
        raise Http404
    try:
        made = as_pdf("consent/letters/paper.html", context)
    except (pdf.NotInstalled, pdf.Failed):
        return TemplateResponse(
            request, "consent/letters/letter.html", context | {"no_pdf": True}, status=503
        )
    headers = {"Content-Disposition": 'attachment; filename="brief.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_POST
@signed_in
@as_self
@once.form("consent:letter_take_back")
def letter_take_back(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    """Take it back, at once."""
    try:
        services.take_back(request.actor, letter_id=letter_id)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("Taken back. The code does not work any more."))
    return redirect("consent:letter", letter_id)


# -- who reads: no account needed --


@read_or_write
@once.form("consent:letter_code")
def letter_code(request: HttpRequest) -> HttpResponse:
    """Type the code. This opens nothing and uses nothing up; a wrong one learns nothing."""
    form = forms.LetterCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _code_page(request, form, status=422 if form.is_bound else 200)
    network = browser.network(request)
    verdict = codes.may_try(network)
    if not verdict.allowed:
        return _code_page(request, form, status=429, retry_at=verdict.retry_at)
    letter_id = selectors.by_code(form.cleaned_data["letter_code"], viewer=_viewer(request))
    if letter_id is None:
        codes.was_wrong()
        form.add_error("letter_code", _("This code does not work. Look at it once more."))
        return _code_page(request, form, status=422)
    codes.was_right(network)
    response = redirect("consent:letter_ready")
    data = {"letter": letter_id.hex, "mark": secrets.token_hex(16)}
    response.set_cookie(
        COOKIE,
        server_box.seal_token("letter", data, bound_to=COOKIE),
        max_age=2 * selectors.VIEW,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@read_or_write
@once.form("consent:letter_ready")
def letter_ready(request: HttpRequest) -> HttpResponse:
    """What happens when somebody presses *Lees nu*; and that button, which uses the code up."""
    held = _held(request)
    if held is None:
        return redirect("consent:letter_code")
    viewer = _viewer(request)
    if request.method != "POST":
        if not selectors.may_be_opened(held["letter_id"], viewer=viewer):
            return redirect("consent:letter_code")
        return TemplateResponse(request, "consent/letters/ready.html")
    if services.open_once(**held, viewer=viewer):
        return redirect("consent:letter_text")
    form = forms.LetterCodeForm({"letter_code": ""})
    form.errors["letter_code"] = form.error_class([_("This code does not work. Look at it once more.")])
    return _code_page(request, form, status=422)


@require_safe
def letter_text(request: HttpRequest) -> HttpResponse:
    """The text, for half an hour in the browser that opened it; each load is a look in the owner's log."""
    held = _held(request)
    try:
        if held is None:
            raise NotThere
        text = services.read(**held, viewer=_viewer(request))
    except NotThere:
        return redirect("consent:letter_code")
    return TemplateResponse(request, "consent/letters/text.html", {"text": text})


def _choices(request: SignedInRequest, draft_id: UUID) -> selectors.Choices:
    try:
        choices = selectors.choices_for(request.actor, draft_id)
    except NotThere:
        raise Http404 from None
    if not choices.things and not choices.left_out:
        raise Http404
    return choices


def _paper(request: SignedInRequest, letter_id: UUID) -> dict[str, Any]:
    try:
        found = selectors.letter_for(request.actor, letter_id)
    except NotThere:
        raise Http404 from None
    return {"letter": found, "address": f"{settings.BASE_URL}{reverse('consent:letter_code')}"}


def _code_page(
    request: HttpRequest, form: forms.LetterCodeForm, *, status: int, retry_at: Any = None
) -> TemplateResponse:
    context = {"form": form, "retry_at": retry_at}
    return TemplateResponse(request, "consent/letters/code.html", context, status=status)


def _viewer(request: HttpRequest) -> Actor | None:
    """Who is signed in here, if anybody: a code on paper asks for no account."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    return actor


def _held(request: HttpRequest) -> dict[str, Any] | None:
    """The letter whose code this browser typed, and the browser's mark."""
    token = request.COOKIES.get(COOKIE, "")
    data = server_box.open_token("letter", token, bound_to=COOKIE, max_age=2 * selectors.VIEW)
    return {"letter_id": UUID(hex=data["letter"]), "mark": data["mark"]} if data else None
