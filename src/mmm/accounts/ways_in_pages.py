"""What stands about ways in on other pages: on "my data", above the story, while a request goes on."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mmm.accounts import ways_in
from mmm.accounts.actors import Actor
from mmm.foundation import clock


def section(request: HttpRequest) -> SafeString:
    """The part "how you get in" on the page "my data"; for who is here as themselves."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_self:
        return SafeString("")
    context = {"own": ways_in.of(actor.id)}
    return render_to_string("accounts/ways_in_section.html", context, request)


def only_one(request: HttpRequest) -> SafeString:
    """Before somebody writes: losing one thing would lock them out for good. Nothing when there is more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = ways_in.of(actor.id)
    return (
        render_to_string("accounts/only_one.html", {"own": own}, request) if own.only_one else SafeString("")
    )


def going_on(request: HttpRequest) -> SafeString:
    """On every page while somebody asks for a new way into this account. Costs no query."""
    actor: Actor | None = getattr(request, "actor", None)
    until = actor.user.recovery_until if actor else None
    if until is None or until <= clock.now():
        return SafeString("")
    return render_to_string("accounts/recovery_notice.html", {}, request)
