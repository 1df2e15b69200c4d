"""Pages of the person: begin, write, look, say yes, take back. And the public page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts.access import as_self, signed_in
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.foundation.public import public_page
from mmm.stories.offers import forms, public, selectors, services
from mmm.stories.offers.steps import NotThere, Overtaken
from mmm.stories.offers.words import LONGEST, Words

read_or_write = require_http_methods(["GET", "HEAD", "POST"])
LABELS = {
    "answer": gettext_lazy("Your answer to the editor"),
    "back": gettext_lazy("What has to be different?"),
}


@read_or_write
@signed_in
@as_self
@once.form("stories:offers")
def offers(request: SignedInRequest) -> HttpResponse:
    """*Geef je verhaal door*: what it means, what you passed on, and how to begin."""
    actor, status = request.actor, 200
    parts = selectors.parts_to_copy(actor)
    form = forms.BeginForm(parts=parts, initial={"part": "new"})
    if request.method == "POST":
        form = forms.BeginForm(request.POST, parts=parts)
        if form.is_valid():
            kind = form.cleaned_data["part"]
            words = Words() if kind == "new" else selectors.copy_of(actor, kind)
            return redirect("stories:offer", services.begin(actor, words=words).id)
        status = 422
    lines = selectors.lines_for(actor)
    context = {
        "form": form,
        "lines": lines,
        "busy": any(line.state in {"draft", "sent", "editing", "proposed", "approved"} for line in lines),
    }
    return TemplateResponse(request, "stories/offers/offers.html", context, status=status)


@read_or_write
@signed_in
@as_self
@once.form("stories:offer")
def offer(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """One story to pass on: write it, or see how it stands."""
    own = _own(request, offer_id)
    if own.state != "draft":
        if request.method == "POST":  # sent from another page meanwhile
            return _overtaken(request, own, forms.WordsForm(request.POST))
        return TemplateResponse(request, "stories/offers/offer.html", {"own": own})
    if request.method != "POST":
        form = forms.SendForm(initial={"version": own.version, **own.words.as_dict()})
        return _write_page(request, own, form)
    form = forms.SendForm(request.POST, sending="send" in request.POST)
    if not form.is_valid():
        return _write_page(request, own, form, status=422)
    given = form.cleaned_data
    try:
        services.save(request.actor, offer_id=offer_id, words=form.words, version=given["version"])
        if "send" in request.POST:
            services.send(
                request.actor,
                offer_id=offer_id,
                region_id=UUID(given["region"]),
                adult=given["adult"],
            )
    except Overtaken:
        return _overtaken(request, own, form)
    if "send" in request.POST:
        messages.success(request, _("Your story lies with the editors now."))
    if "stop" in request.POST:
        return redirect("stories:offers")
    return redirect("stories:offer", offer_id)


@read_or_write
@signed_in
@as_self
@once.form("stories:offer_answer")
def offer_answer(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Say something to the editor: an answer, or what has to be different."""
    own, status = _own(request, offer_id), 200
    if own.state not in {"sent", "editing", "proposed", "approved"}:
        raise Http404
    what = "answer" if own.may_answer else "back"
    form = forms.NoteForm(request.POST or None, label=LABELS[what])
    if request.method == "POST":
        if form.is_valid():
            services.answer(request.actor, offer_id=offer_id, words=form.cleaned_data["words"])
            messages.success(request, _("The editor reads your words."))
            return redirect("stories:offer", offer_id)
        status = 422
    context = {"own": own, "form": form, "what": what}
    return TemplateResponse(request, "stories/offers/answer.html", context, status=status)


@require_POST
@signed_in
@as_self
@once.form("stories:offer_approve")
def offer_approve(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Yes to the text that the page showed, and to no other."""
    form = forms.ApproveForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        services.approve(request.actor, offer_id=offer_id, version=form.cleaned_data["version"])
    except NotThere:
        raise Http404 from None
    except Overtaken:
        messages.warning(request, _("The text changed meanwhile. Read it once more before you say yes."))
    return redirect("stories:offer", offer_id)


@read_or_write
@signed_in
@as_self
@once.form("stories:offer_withdraw")
def offer_withdraw(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Take it back: what that does, and one button. A draft or what ended is thrown away for good."""
    own = _own(request, offer_id)
    if request.method == "POST":
        if own.may_withdraw:
            services.withdraw(request.actor, offer_id=offer_id)
            messages.success(request, _("You took your story back. Nobody can open it here any more."))
            return redirect("stories:offer", offer_id)
        services.throw_away(request.actor, offer_id=offer_id)
        messages.success(request, _("It is thrown away."))
        return redirect("stories:offers")
    return TemplateResponse(request, "stories/offers/withdraw.html", {"own": own})


@require_safe
@public_page
def given_story(request: HttpRequest, slug: str) -> HttpResponse:
    """A story that a real person gave. Taken back: 410, without a word about who or why."""
    story = public.published_offer(slug)
    if story is not None:
        return TemplateResponse(request, "stories/offers/story.html", {"story": story})
    if public.was_published(slug):
        return TemplateResponse(request, "stories/offers/gone.html", status=410)
    raise Http404


def _own(request: SignedInRequest, offer_id: UUID) -> selectors.Own:
    try:
        return selectors.own(request.actor, offer_id)
    except NotThere:
        raise Http404 from None


def _write_page(
    request: SignedInRequest, own: selectors.Own, form: forms.SendForm, *, status: int = 200, **more: Any
) -> TemplateResponse:
    context = {"own": own, "form": form, "longest": LONGEST, **more}
    return TemplateResponse(request, "stories/offers/write.html", context, status=status)


def _overtaken(request: SignedInRequest, own: selectors.Own, form: forms.WordsForm) -> HttpResponse:
    """Both texts, the one that stands there and the one just typed: nothing is lost."""
    typed = {each: request.POST.get(each, "") for each in ("title", "text", "name", "note")}
    context = {"own": own, "typed": typed, "form": form}
    return TemplateResponse(request, "stories/offers/two_texts.html", context, status=409)
