"""How the tests of this room walk through its pages: only by what a person sees and clicks."""

import re
import secrets
from typing import Any

from django.test import Client
from django.urls import reverse

from mmm.accounts.factors import step
from mmm.foundation.tasks import outbox

CODE = re.compile(r"^(\d{4}(?: \d{4})+)$", re.MULTILINE)


def once() -> str:
    """A fresh once-key, as the form would have printed."""
    return secrets.token_hex(16)


def post(client: Client, name: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """Post to the page with this URL name."""
    return client.post(reverse(name), {"once": once(), **(data or {})}, **extra)


def mails_to(address: str) -> list[outbox.Message]:
    """What lies in this mailbox, newest first."""
    return [message for message in outbox.recent(100) if message.to == address]


def code_for(address: str) -> str:
    """The code in the newest mail to this address, as it is written there."""
    found = [code for mail in mails_to(address) if (code := CODE.search(mail.body))]
    assert found, [mail.body for mail in mails_to(address)]
    return found[0].group(1)


def join(client: Client, address: str = "sam@example.nl", name: str = "Sam", **fields: str) -> Any:
    """Sign up by the pages; returns the answer to the code."""
    asked = post(client, "accounts:join", {"name": name, "email": address, "sixteen": "on", **fields})
    assert asked.status_code == 302, asked.content.decode()
    return post(client, "accounts:code", {"code": code_for(address)})


def enter(client: Client, address: str = "sam@example.nl", **extra: Any) -> Any:
    """Sign in by the pages; returns the answer to the code."""
    post(client, "accounts:sign_in", {"email": address}, **extra)
    return post(client, "accounts:code", {"code": code_for(address)}, **extra)


def did_second_step(client: Client) -> None:
    """Go on in this browser as after a second step."""
    session = client.session
    session[step.SESSION_STEP] = "app"
    session.save()
