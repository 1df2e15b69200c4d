from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "mmm.stories"
    label = "stories"

    def ready(self) -> None:
        from mmm.accounts import actors
        from mmm.foundation import doors
        from mmm.stories import own_data, sharing

        actors.register_home("self", "stories:overview")
        doors.shareable.register(sharing.SHAREABLE)
        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.nav.register(doors.NavItem("stories:overview", _("My story"), frozenset({"self"}), 10))
