from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "mmm.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.content import library_classes, lists, own_data  # noqa: F401 - declares itself
        from mmm.foundation import doors

        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.shipped.register(doors.Shipped("content", lists.load))
