"""Pages of the editor: the list, one story, a question, a no."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation import once
from mmm.stories.offers import editing, forms, policy, selectors
from mmm.stories.offers.steps import NotThere, Overtaken

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access.as_staff(policy.EDITOR)
def given(request: SignedInRequest) -> HttpResponse:
    """What people of the region gave. No word of theirs on this page."""
    return TemplateResponse(
        request, "stories/offers/given.html", {"rows": selectors.given_for(request.actor)}
    )


@read_or_write
@access.as_staff(policy.EDITOR)
@once.form("stories:given_edit")
def given_edit(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Read it (the person sees that), edit it, propose it.

    A form with mistakes comes back with the words just typed and nothing else: what is rolled back with it
    would be the look.
    """
    try:
        if request.method != "POST":
            found = editing.read(request.actor, offer_id=offer_id)
            form = forms.EditForm(initial={"version": found.version, **found.words.as_dict()})
            context = {"form": form, "found": found, "id": found.id}
            return TemplateResponse(request, "stories/offers/edit.html", context)
        form = forms.EditForm(request.POST, proposing="propose" in request.POST)
        version = selectors.may_edit_now(request.actor, offer_id)
        if version is None:
            raise NotThere
        if form.is_valid():
            editing.edit(
                request.actor,
                offer_id=offer_id,
                words=form.words,
                version=form.cleaned_data["version"],
                propose=form.proposing,
            )
            if form.proposing:
                messages.success(request, _("The writer gets your text. Only the writer can say yes."))
                return redirect("stories:given")
            return redirect("stories:given_edit", offer_id)
    except NotThere:
        raise Http404 from None
    except Overtaken:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = version  # type: ignore[index]
        form.add_error(None, _("Somebody wrote meanwhile. Your words stand here. Read the other text first."))
    context = {"form": form, "found": None, "id": offer_id}
    return TemplateResponse(request, "stories/offers/edit.html", context, status=422)


@read_or_write
@access.as_staff(policy.EDITOR)
@once.form("stories:given_ask")
def given_ask(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """Ask the writer something. No word of theirs on this page."""
    return _say(request, offer_id, "ask")


@read_or_write
@access.as_staff(policy.EDITOR)
@once.form("stories:given_refuse")
def given_refuse(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    """A no with a reason. No word of the writer's on this page."""
    return _say(request, offer_id, "refuse")


def _say(request: SignedInRequest, offer_id: UUID, what: str) -> HttpResponse:
    label = _("What do you want to ask?") if what == "ask" else _("Why not?")
    form, status = (
        forms.NoteForm(request.POST or None, label=label, help_text=_("The writer reads this.")),
        200,
    )
    try:
        if selectors.may_edit_now(request.actor, offer_id) is None:
            raise NotThere
        if request.method == "POST":
            if form.is_valid():
                words = form.cleaned_data["words"]
                if what == "ask":
                    editing.ask(request.actor, offer_id=offer_id, words=words)
                else:
                    editing.refuse(request.actor, offer_id=offer_id, reason=words)
                messages.success(request, _("The writer gets your words."))
                return redirect("stories:given")
            status = 422
    except NotThere:
        raise Http404 from None
    context = {"form": form, "what": what, "id": offer_id}
    return TemplateResponse(request, "stories/offers/say.html", context, status=status)
