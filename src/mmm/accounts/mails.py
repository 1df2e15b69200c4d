"""The two mails of signing in. Quiet outside: subject and sender say nothing about anyone."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mmm.foundation.tasks import outbox


def send_code(address: str, code: str, *, language: str, key: str) -> None:
    """Mail a code, written in groups of four digits."""
    groups = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
    _post(address, "accounts/mail/code.txt", {"code": groups}, language=language, key=key)


def send_no_account(address: str, *, language: str, key: str) -> None:
    """Tell the owner of the address that there is no account with it yet, and how to make one."""
    context = {"link": f"{settings.BASE_URL}{reverse('accounts:join')}"}
    _post(address, "accounts/mail/no_account.txt", context, language=language, key=key)


def _post(address: str, template: str, context: dict[str, str], *, language: str, key: str) -> None:
    with translation.override(language):
        body = render_to_string(template, context)
        outbox.post(to=address, subject=_("Your code"), body=body, kind="code", key=key)
