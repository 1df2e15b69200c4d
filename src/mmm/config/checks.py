"""Production does not start unsafe: each unsafe setting is one sentence, said before the first request.

`manage check` and every command run these as Django's system checks; the server runs them in `config.asgi`.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections

from mmm.foundation import crypto

# 256 bits of base64 are 43 characters; Django itself warns below 50.
SECRET_IS_AT_LEAST = 50
SENDS_MAIL = "django.core.mail.backends.smtp.EmailBackend"


def _unsafe() -> Iterator[tuple[str, str]]:
    """(name, sentence) of everything unsafe in the settings of production."""
    if settings.DEBUG:
        yield "debug", "MMM_DEBUG is on; it shows source and settings to visitors."
    if len(settings.SECRET_KEY) < SECRET_IS_AT_LEAST:
        yield "secret", f"MMM_SECRET_KEY is shorter than {SECRET_IS_AT_LEAST} characters."
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield "hosts", "MMM_HOSTS must name the hosts of this installation, and not be *."
    base = urlsplit(settings.BASE_URL)
    if base.scheme != "https" or base.path not in {"", "/"}:
        yield "address", "MMM_BASE_URL must be the https address of this installation, without a path."
    elif base.hostname not in settings.ALLOWED_HOSTS:
        yield "address", "MMM_BASE_URL must be at one of MMM_HOSTS."
    if settings.EMAIL_BACKEND != SENDS_MAIL:
        yield "mail", "MMM_EMAIL_BACKEND must be left out: production sends its mail by SMTP."
    elif not settings.EMAIL_HOST:
        yield "mail", "MMM_SMTP_HOST is empty; people cannot sign in without mail."
    if not settings.HELP_PHONE:
        yield "phone", "MMM_PHONE is empty; every page tells people which number a human answers."
    try:
        crypto.key_encryption_keys()
    except crypto.KeysMissing as error:
        yield "keys", f"The key-encryption keys (MMM_KEKS or MMM_KEK_FILE) are not safe: {error}"


@checks.register(checks.Tags.security)
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """An error for everything unsafe; nothing outside production."""
    if not settings.PRODUCTION:
        return []
    return [checks.Error(sentence, id=f"mmm.{name}") for name, sentence in _unsafe()]


@checks.register(checks.Tags.security, deploy=True)
def production_is_advised(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """A warning for what works, but not for long or for many."""
    return [*_of_the_gate(), *_of_the_database()]


def _of_the_gate() -> list[checks.CheckMessage]:
    if not settings.GATE:
        return []
    from mmm.region import gate  # it has models; the server reads this file before apps are loaded

    try:
        lacking = gate.missing()
    except DatabaseError:  # not made yet
        return []
    if not lacking:
        return []
    told = "Not on record, so nobody can join or write yet (manage record_gate): "
    return [checks.Warning(told + "; ".join(lacking) + ".", id="mmm.gate")]


def _of_the_database() -> list[checks.CheckMessage]:
    if settings.PRODUCTION and any(connections[alias].vendor == "sqlite" for alias in connections):
        return [
            checks.Warning(
                "SQLite serves one small region on one machine; for more give PostgreSQL in "
                "MMM_DATABASE_URL, MMM_KEYS_DATABASE_URL and MMM_CACHE_DATABASE_URL.",
                id="mmm.sqlite",
            )
        ]
    return []


def refuse_unsafe() -> None:
    """For the server's start. Raises SystemExit with the sentences when production is unsafe."""
    if settings.PRODUCTION and (found := [sentence for _, sentence in _unsafe()]):
        raise SystemExit("\n".join(found))
