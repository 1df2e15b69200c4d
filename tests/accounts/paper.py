"""How tests make letters and codes on paper, and use them by the pages."""

from typing import Any

from django.test import Client

from mmm.accounts import letters
from mmm.accounts.actors import Actor
from mmm.accounts.models import Letter
from tests import cast
from tests.accounts.doors import post

OWN_PIN = "84719302"


def letter(helper: Actor | None = None) -> letters.Printed:
    """A new letter, as a helper of the region prints it."""
    return letters.print_letter(helper or cast.staff("helper"))


def type_letter(
    client: Client, made: letters.Printed, *, pin: str = "", shared: str = "no", **extra: Any
) -> Any:
    """Code, then PIN (the printed one, or the own one of a letter in use); returns the answer to the PIN."""
    in_use = Letter.objects.filter(id=made.letter_id, used_at__isnull=False).exists()
    asked = post(client, "accounts:letter", {"code": made.code, "shared": shared}, **extra)
    assert asked.status_code == 302, asked.content.decode()
    return post(client, "accounts:letter_pin", {"pin": pin or (OWN_PIN if in_use else made.pin)}, **extra)


def join_by_letter(client: Client, made: letters.Printed, name: str = "Mus", **extra: Any) -> Any:
    """The whole way to an account; returns the answer to the name."""
    answer = type_letter(client, made, **extra)
    assert answer.status_code == 302, answer.content.decode()
    return post(client, "accounts:letter_name", {"name": name, "pin": OWN_PIN, "sixteen": "on"})


def wrong(pin: str) -> str:
    """Another PIN."""
    return f"{(int(pin) + 1) % 10**6:06d}"
