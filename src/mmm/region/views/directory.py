"""Who does what: a list for people who signed in."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from mmm.accounts import access
from mmm.accounts.actors import SignedInRequest
from mmm.foundation.paging import number_from
from mmm.region import directory, forms, selectors


@require_safe
@access.signed_in
def who_does_what(request: SignedInRequest) -> HttpResponse:
    """Professionals who chose to be found; the filters are a GET form, the pages are links."""
    form = forms.DirectoryForm(
        request.GET,
        professions=[(row.nr, row.name) for row in selectors.professions()],
        municipalities=[(row.id.hex, row.name) for row in directory.municipalities()],
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    page = directory.who_does_what(
        request.actor,
        profession=chosen.get("beroep"),
        municipality_id=chosen.get("gemeente"),
        number=number_from(request.GET.get("bladzijde")),
    )
    kept = urlencode({name: request.GET.get(name, "") for name in ("beroep", "gemeente")})
    return TemplateResponse(request, "region/directory.html", {"form": form, "found": page, "kept": kept})
