"""Settings: how pages look (also without an account), how one hears of what is new, and the quick way out."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from mmm.accounts import access, browser, notices, preferences, services
from mmm.accounts.actors import SignedInRequest
from mmm.accounts.settings_forms import DisplayForm, NoticesForm
from mmm.design import display
from mmm.design.display import Display
from mmm.foundation import once


@require_http_methods(["GET", "HEAD", "POST"])
@once.form("accounts.settings")
def pages(request: HttpRequest) -> HttpResponse:
    """How pages look; the page itself shows it. `usual` puts everything back."""
    actor = request.actor  # type: ignore[attr-defined]
    now = translation.get_language() or "nl"
    back = "usual" in request.POST
    form = DisplayForm(
        request.POST if request.method == "POST" and not back else None,
        initial={**asdict(display.of(request)), "language": now},
    )
    if back or form.is_valid():
        data = {} if back else {**form.cleaned_data}
        language = data.pop("language", now)
        chosen = Display(**data)
        if actor is not None:
            preferences.prefer(actor, chosen=chosen, language=language)
        with translation.override(language):
            response = HttpResponseRedirect(f"{reverse('accounts:settings')}?bewaard=1")
        preferences.remember(request, response, chosen)
        return response
    return TemplateResponse(
        request, "accounts/settings.html", {"form": form, "saved": "bewaard" in request.GET}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@once.form("accounts.notice_settings")
def news(request: SignedInRequest) -> HttpResponse:
    """How one hears of what is new: per kind, the quiet hours, and a pause of all mail."""
    form = NoticesForm(request.POST or None, initial=None)
    if form.is_valid():
        data = form.cleaned_data
        notices.choose(
            request.actor,
            ways=form.chosen(),
            quiet_from=int(data["quiet_from"]),
            quiet_until=int(data["quiet_until"]),
            paused=data["paused"],
        )
        return HttpResponseRedirect(f"{reverse('accounts:notice_settings')}?bewaard=1")
    if request.method != "POST":
        hours = notices.hours_of(request.actor.user)
        ways = notices.ways_of(request.actor.user, hours)
        form.initial = {
            "paused": hours.paused,
            "quiet_from": str(hours.quiet_from),
            "quiet_until": str(hours.quiet_until),
            **{name: ways[door.kind] for name, door in form.kinds.items()},
        }
    context = {"form": form, "saved": "bewaard" in request.GET, "always": notices.always_titles()}
    return TemplateResponse(request, "accounts/notice_settings.html", context)


@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The quick way out: the session ends, and a white page without any name leads elsewhere at once.

    Without csrf token and once-key, so that nothing can hold it up: the worst that a forged or repeated post
    does is to end a session. `Clear-Site-Data` (W3C) empties what this site kept in the browser.
    """
    services.sign_out(request)
    response = render(request, "accounts/elsewhere.html")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    browser.clear_challenge(response)
    return response
