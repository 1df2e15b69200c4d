from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "mmm.stories"
    label = "stories"

    def ready(self) -> None:
        from mmm.accounts import actors
        from mmm.foundation import backup, doors
        from mmm.stories import own_data, sharing, tasks  # noqa: F401 - importing tasks registers them
        from mmm.stories.offers import reported, restored, searching
        from mmm.stories.offers.services import TO_EDITORS, TO_OWNER

        actors.register_home("self", "stories:overview")
        backup.after_restore["stories taken back again"] = restored.end_again
        doors.shareable.register(sharing.SHAREABLE)
        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.nav.register(doors.NavItem("stories:overview", _("My story"), frozenset({"self"}), 10))
        editor = frozenset({"staff:editor"})
        doors.nav.register(doors.NavItem("stories:given", _("Given stories"), editor, 20))
        doors.searchable.register(searching.SEARCHABLE)
        doors.presence.register(searching.PRESENCE)
        doors.reportable.register(reported.REPORTABLE)
        doors.notice_kinds.register(
            doors.NoticeKind(
                kind=TO_OWNER,
                title=_("Something about a story I pass on"),
                line=_("There is something new about the story you pass on."),
                side="self",
            )
        )
        doors.notice_kinds.register(
            doors.NoticeKind(
                kind=TO_EDITORS,
                title=_("Something about a story that somebody gave"),
                line=_("There is something new about a story that somebody gave."),
                side="work",
            )
        )
