"""The mails of signing in. Quiet outside: subject and sender say nothing about anyone."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from mmm.foundation.tasks import outbox

CODE = gettext_lazy("Your code")


def send_code(address: str, code: str, *, language: str, key: str) -> None:
    """Mail a code, written in groups of four digits."""
    groups = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
    _post(address, "accounts/mail/code.txt", {"code": groups}, language=language, key=key)


def send_no_account(address: str, *, language: str, key: str) -> None:
    """Tell the owner of the address that there is no account with it yet, and how to make one."""
    context = {"link": f"{settings.BASE_URL}{reverse('accounts:join')}"}
    _post(address, "accounts/mail/no_account.txt", context, language=language, key=key)


def send_taken(address: str, *, language: str, key: str) -> None:
    """Tell the owner of the address that somebody wanted to add it elsewhere, which cannot be."""
    context = {"link": f"{settings.BASE_URL}{reverse('accounts:sign_in')}"}
    _post(address, "accounts/mail/address_taken.txt", context, language=language, key=key)


def send_address_changed(address: str, *, token: str, language: str, key: str) -> None:
    """Tell what was the main address that ways in changed, with a link that undoes it."""
    context = {"link": f"{settings.BASE_URL}{reverse('accounts:email_stop', args=[token])}"}
    _post(
        address,
        "accounts/mail/address_changed.txt",
        context,
        language=language,
        key=key,
        kind="address",
        subject=gettext_lazy("A message for you"),
    )


def send_address_gone(address: str, *, language: str, key: str) -> None:
    """Tell a spare address that it lets nobody in any more."""
    _post(
        address,
        "accounts/mail/address_gone.txt",
        {},
        language=language,
        key=key,
        kind="address",
        subject=gettext_lazy("A message for you"),
    )


def send_recovery(address: str, what: str, *, token: str, language: str, key: str) -> None:
    """Tell that somebody asked for a new way in ("begun"), or that it was "stopped" or "used"."""
    context = {
        "link": f"{settings.BASE_URL}{reverse('accounts:recovery_stop', args=[token])}" if token else ""
    }
    template = f"accounts/mail/recovery_{what}.txt"
    _post(
        address,
        template,
        context,
        language=language,
        key=key,
        kind="recovery",
        subject=gettext_lazy("A message for you"),
    )


def _post(
    address: str,
    template: str,
    context: dict[str, str],
    *,
    language: str,
    key: str,
    kind: str = "code",
    subject: str | Promise = CODE,
) -> None:
    with translation.override(language):
        body = render_to_string(template, context)
        outbox.post(to=address, subject=str(subject), body=body, kind=kind, key=key)
