"""What somebody prefers: language, and how the pages look. With an account it follows the person."""

from dataclasses import asdict
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from mmm.accounts.actors import Actor
from mmm.accounts.models import Preferences, User
from mmm.design import display
from mmm.design.display import Display

COOKIE_AGE: Final = 365 * 24 * 60 * 60  # seconds
FIELDS: Final = ("text", "spacing", "contrast", "motion", "aloud", "exit")


def of(user: User) -> Display | None:
    """What this person chose; None when nothing. No query for a user that `backend` looked up."""
    row: Preferences | None = getattr(user, "preferences", None)
    return Display(**{name: getattr(row, name) for name in FIELDS}) if row else None


@transaction.atomic
def prefer(actor: Actor, *, chosen: Display, language: str) -> None:
    """Keep how this person wants to see the pages, and the language of pages and mails."""
    Preferences.objects.update_or_create(user=actor.user, defaults=asdict(chosen))
    User.objects.filter(id=actor.id).update(language=language)


def remember(request: HttpRequest, response: HttpResponse, chosen: Display) -> None:
    """Keep it in this browser too, for the pages before signing in; on a shared device until it is closed."""
    age = None if getattr(request, "shared_device", False) else COOKIE_AGE
    if chosen == display.USUAL:
        response.delete_cookie(settings.DISPLAY_COOKIE_NAME, samesite="Lax")
        return
    response.set_cookie(
        settings.DISPLAY_COOKIE_NAME,
        display.written(chosen),
        max_age=age,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def export(user: User) -> dict[str, str]:
    """What this person chose, readable for the person; empty when nothing."""
    chosen = of(user)
    return asdict(chosen) if chosen else {}
