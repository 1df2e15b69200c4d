"""How tests make letters and codes on paper, and use them by the pages."""

from typing import Any

from django.test import Client

from mmm.accounts import letters
from mmm.accounts.actors import Actor
from tests import cast
from tests.accounts.doors import post


def letter(helper: Actor | None = None) -> letters.Printed:
    """A new letter, as a helper of the region prints it."""
    return letters.print_letter(helper or cast.staff("helper"))


def type_letter(
    client: Client, made: letters.Printed, *, pin: str = "", shared: str = "no", **extra: Any
) -> Any:
    """Code, then PIN; returns the answer to the PIN."""
    asked = post(client, "accounts:letter", {"code": made.code, "shared": shared}, **extra)
    assert asked.status_code == 302, asked.content.decode()
    return post(client, "accounts:letter_pin", {"pin": pin or made.pin}, **extra)


def join_by_letter(client: Client, made: letters.Printed, name: str = "Mus", **extra: Any) -> Any:
    """The whole way to an account; returns the answer to the name."""
    answer = type_letter(client, made, **extra)
    assert answer.status_code == 302, answer.content.decode()
    return post(client, "accounts:letter_name", {"name": name, "sixteen": "on"})


def wrong(pin: str) -> str:
    """Another PIN."""
    return f"{(int(pin) + 1) % 10**6:06d}"
