from django.apps import AppConfig
from django.core import checks


class CryptoConfig(AppConfig):
    name = "mmm.foundation.crypto"
    label = "crypto"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.foundation.crypto.checks import keys_are_safe

        checks.register(keys_are_safe, checks.Tags.security)
