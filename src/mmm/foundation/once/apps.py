from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "mmm.foundation.once"
    label = "once"
    default_auto_field = "django.db.models.BigAutoField"
