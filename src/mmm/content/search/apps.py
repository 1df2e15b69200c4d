from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mmm.foundation import doors


class SearchConfig(AppConfig):
    name = "mmm.content.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        places = frozenset({"public", "self", "member", "staff", "foot"})
        doors.nav.register(doors.NavItem("search:search", _("Search"), places, 80))
