"""Demo only: look along as each of the cast, and see what was mailed. Not installed in any other mode."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mmm.accounts import selectors as accounts
from mmm.accounts import services
from mmm.accounts.actors import home_for, roles_of
from mmm.accounts.factors import step, totp
from mmm.demo.cast import APP_OF, APP_SECRET, BY_KEY, CAST
from mmm.foundation import once
from mmm.foundation.tasks import outbox

GROUPS = {
    "story": _("People with a story"),
    "professional": _("Professionals"),
    "employer": _("Employers"),
    "region": _("People who work for the region"),
}


@require_safe
def cast(request: HttpRequest) -> HttpResponse:
    """*Kijk mee als ...*: the cast, one button each, under four headings."""
    groups = [
        (heading, [person for person in CAST if person.group == group]) for group, heading in GROUPS.items()
    ]
    return TemplateResponse(request, "demo/cast.html", {"groups": groups})


@require_POST
@once.form("demo:look_along")
def look_along(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cast, in the role that person is in the cast for; the second step is done."""
    person = BY_KEY.get(key)
    user = accounts.by_address(person.address) if person else None
    if person is None or user is None:
        raise Http404
    services.sign_in(request, user=user, address=person.address)
    step.mark(request, "demo")
    role = next((role for role in roles_of(user) if role.kind == person.kind), roles_of(user)[0])
    services.choose_role(request, user=user, key=role.key)
    return redirect(home_for(role))


@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """What was mailed, newest first."""
    code = totp.code_now(APP_SECRET)
    context = {"mail": outbox.recent(50), "code": f"{code[:3]} {code[3:]}", "owner": BY_KEY[APP_OF]}
    return TemplateResponse(request, "demo/post.html", context)
