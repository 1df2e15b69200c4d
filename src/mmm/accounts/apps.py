from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mmm.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.accounts import browser, letters, own_data, restored, ways_in_pages, ways_log
        from mmm.foundation import backup, doors

        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.notice_kinds.register(
            doors.NoticeKind(
                kind="accounts.idle",
                title=_("Your account was not used for a long time"),
                line=_("Your account was not used for a long time. You are here now, so we keep it."),
                always=True,
            )
        )
        doors.region_ties.register(doors.RegionTies("accounts", letters.regions_of))
        backup.after_restore["people erased again"] = restored.erase_again
        backup.after_restore["people who went or came back"] = restored.go_again
        backup.after_restore["ways in taken away again"] = ways_log.take_away_again
        backup.after_restore["people whom nothing lets in"] = ways_log.left_outside
        for kind, title in (
            ("accounts.way_in_changed", _("Something changed in how you sign in")),
            ("accounts.new_device", _("Somebody signed in on a device we do not know")),
        ):
            doors.notice_kinds.register(doors.NoticeKind(kind=kind, title=title, always=True))
        doors.slots.register(doors.Slot("form_head", "accounts", browser.mark_field))
        doors.slots.register(doors.Slot("accounts.mine", "accounts", ways_in_pages.section))
        doors.slots.register(doors.Slot("page.notice", "accounts", ways_in_pages.going_on))
        doors.slots.register(doors.Slot("stories.overview", "accounts", ways_in_pages.only_one))
        everyone, at_work = frozenset({"self", "member", "staff"}), frozenset({"member", "staff"})
        doors.nav.register(doors.NavItem("accounts:role", _("Switch role"), at_work, 80))
        doors.nav.register(doors.NavItem("accounts:mine", _("My data"), everyone, 90))
