from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "mmm.book"
    label = "book"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.book import finding, loading
        from mmm.foundation import doors

        finding.register()
        doors.shipped.register(doors.Shipped("book", loading.load))
