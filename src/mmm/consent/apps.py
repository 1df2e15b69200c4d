from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "mmm.consent"
    label = "consent"

    def ready(self) -> None:
        from mmm.accounts import actors
        from mmm.consent import own_data, reported, selectors, services, tasks  # noqa: F401 - importing tasks registers them
        from mmm.consent.letters import services as letters
        from mmm.foundation import backup, doors

        backup.after_restore["shares closed"] = services.close_all
        backup.after_restore["letters closed"] = letters.close_all
        doors.reportable.register(reported.REPORTABLE)
        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.notice_kinds.register(
            doors.NoticeKind(
                kind="consent.shared",
                title=_("Somebody shares something with you"),
                line=_("Somebody shared something with you."),
                side="work",
            )
        )
        doors.notice_kinds.register(
            doors.NoticeKind(
                kind=services.ENDS_SOON,
                title=_("Something you share ends within a week"),
                line=_("Something you share ends within a week. You can share it again."),
                side="self",
            )
        )
        doors.region_ties.register(doors.RegionTies("consent", selectors.regions_of))
        doors.work_ends.register(doors.WorkEnds("consent", services.tell_reader_leaves))
        doors.notice_kinds.register(
            doors.NoticeKind(
                kind=services.READER_LEFT,
                title=_("Somebody with whom I share stops at their work"),
                line=_("Somebody with whom you shared does not work there any more. They read nothing now."),
                side="self",
            )
        )
        actors.register_home("member", "consent:shared_with_me")
        mine, member = frozenset({"self"}), frozenset({"member"})
        doors.nav.register(doors.NavItem("consent:who", _("Who may read?"), mine, 20))
        doors.nav.register(doors.NavItem("consent:looks", _("Who read what?"), mine, 30))
        doors.nav.register(doors.NavItem("consent:shared_with_me", _("Shared with me"), member, 10))
