"""Production does not start without a safe key-encryption key."""

from typing import Any

from django.conf import settings
from django.core import checks

from mmm.foundation.crypto.errors import KeysMissing
from mmm.foundation.crypto.keys import key_encryption_keys


def keys_are_safe(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """An error with one sentence when production has no key-encryption key or a badly kept one."""
    if settings.PRODUCTION:
        try:
            key_encryption_keys()
        except KeysMissing as error:
            return [checks.Error(str(error), id="crypto.E003")]
    return []
