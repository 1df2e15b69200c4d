from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "mmm.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.content import editors, library_classes, lists, own_data, publishing  # noqa: F401 - declares
        from mmm.foundation import doors

        doors.personal_data.register(own_data.PERSONAL_DATA)
        publishing.connect()
        editors_only = frozenset({"staff:editor"})
        doors.nav.register(doors.NavItem("wagtailadmin_home", _("Write for the site"), editors_only, 15))
        doors.tasks_changed.register(doors.TasksChanged("content", editors.keep_in_step))
        doors.notice_kinds.register(
            doors.NoticeKind(
                "content.stale",
                _("A rule with a date must be looked at"),
                default="page",
                line=_("A rule hides itself soon, or is hidden: look whether it still holds"),
                side="work",
            )
        )
        doors.shipped.register(doors.Shipped("content", lists.load))
