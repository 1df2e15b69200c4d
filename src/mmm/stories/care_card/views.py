"""Pages of the card: choose, show, print."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mmm.accounts.access import as_self, signed_in
from mmm.accounts.actors import SignedInRequest
from mmm.design.paper import as_pdf
from mmm.foundation import once, pdf
from mmm.stories.care_card import selectors, services
from mmm.stories.care_card.forms import CareCardForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@as_self
@once.form("stories:care_card")
def care_card(request: SignedInRequest) -> HttpResponse:
    """Choose what goes on the card; nothing else can be changed here."""
    card, status = selectors.card_for(request.actor), 200
    if request.method == "POST":
        form = CareCardForm(request.POST, choices=card.choices)
        if form.is_valid():
            services.keep(request.actor, **{"answers": [], **form.cleaned_data})
            return redirect("stories:care_card_show")
        status = 422
    else:
        form = CareCardForm(initial=dict(card.chosen), choices=card.choices)
    return TemplateResponse(
        request, "stories/care_card/choose.html", {"form": form, "card": card}, status=status
    )


@require_safe
@signed_in
@as_self
def care_card_show(request: SignedInRequest) -> HttpResponse:
    """The card over the whole page: to show on the own phone, or to print."""
    context = {"card": selectors.card_for(request.actor), "name": request.actor.user.name}
    return TemplateResponse(request, "stories/care_card/show.html", context)


@require_safe
@signed_in
@as_self
def care_card_pdf(request: SignedInRequest) -> HttpResponse:
    """The card as a PDF, under a name that says nothing."""
    context = {"card": selectors.card_for(request.actor), "name": request.actor.user.name}
    try:
        made = as_pdf("stories/care_card/paper.html", context)
    except (pdf.NotInstalled, pdf.Failed):
        return TemplateResponse(
            request, "stories/care_card/show.html", {**context, "no_pdf": True}, status=503
        )
    headers = {"Content-Disposition": 'attachment; filename="kaart.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_POST
@signed_in
@as_self
@once.form("stories:care_card_forget")
def care_card_forget(request: SignedInRequest) -> HttpResponse:
    """Forget what was chosen."""
    services.forget(request.actor)
    return redirect("stories:overview")
