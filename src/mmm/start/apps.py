from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "mmm.start"
    label = "start"
    default_auto_field = "django.db.models.BigAutoField"
