from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mmm.foundation import doors


class StartConfig(AppConfig):
    name = "mmm.start"
    label = "start"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.start import finding

        doors.searchable.register(doors.Searchable("pagina", _("Page of this website"), finding.documents))
        everywhere = frozenset({"foot"})
        doors.nav.register(
            doors.NavItem("stories:first_visit", _("What do you need?"), frozenset({"public"}), 5)
        )
        doors.nav.register(doors.NavItem("start:your_data", _("How we treat your data"), everywhere, 10))
        doors.nav.register(doors.NavItem("start:accessibility", _("Accessibility"), everywhere, 20))
        doors.nav.register(doors.NavItem("start:about", _("About this website"), everywhere, 90))
