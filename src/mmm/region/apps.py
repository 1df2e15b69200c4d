from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionConfig(AppConfig):
    name = "mmm.region"
    label = "region"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.accounts import actors
        from mmm.foundation import backup, doors
        from mmm.region import content_loader, deaths, finding, invitations, own_data, restored, roles, staff
        from mmm.region.reports import names
        from mmm.region.reports import own_data as reports

        backup.after_restore["invitations closed"] = invitations.close_all
        backup.after_restore["work and tasks ended again"] = restored.end_again
        doors.personal_data.register(reports.PERSONAL_DATA)
        doors.reportable.register(names.REPORTABLE)
        for kind, title, line in (
            ("region.reported", _("Somebody reports something"), _("Somebody reported something.")),
            (
                "region.answered",
                _("An answer to what I reported"),
                _("There is an answer to what you reported."),
            ),
        ):
            doors.notice_kinds.register(doors.NoticeKind(kind=kind, title=title, line=line))
        doors.roles.register(roles.Roles())
        doors.searchable.register(doors.Searchable("regio", _("Region"), finding.documents))
        doors.shipped.register(doors.Shipped("region", content_loader.load))
        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.slots.register(doors.Slot("accounts.mine", "region", own_data.work_section))
        actors.register_home("professional", "region:request")
        actors.register_home("member", "region:mine")
        actors.register_home("staff", "region:desk")
        doors.leaving.register(doors.Leaving("region", staff.may_leave))
        doors.notice_kinds.register(
            doors.NoticeKind(
                "region.answer",
                _("Somebody answered whether you work somewhere"),
                line=_("There is an answer about your work"),
                side="both",
            )
        )
        doors.region_ties.register(doors.RegionTies("region", deaths.ties_of))
        doors.notice_kinds.register(
            doors.NoticeKind(
                deaths.ASKED,
                _("Somebody reports that you are no longer here"),
                line=_("Somebody reported that you are no longer here. Open this, and the report is over."),
                always=True,
            )
        )
        coordinators = frozenset({"staff:coordinator", "staff:deputy"})
        helpers = coordinators | {"staff:helper"}
        doors.nav.register(doors.NavItem("region:regions", _("Regions"), frozenset({"public"}), 40))
        doors.nav.register(
            doors.NavItem("region:directory", _("Who does what?"), frozenset({"self", "member"}), 60)
        )
        doors.nav.register(doors.NavItem("region:mine", _("My work"), frozenset({"member"}), 40))
        doors.nav.register(doors.NavItem("region:desk", _("My region"), frozenset({"staff"}), 10))
        handlers = coordinators | {"staff:outside"}
        doors.nav.register(doors.NavItem("region:reports", _("Reports"), handlers, 30))
        actors.register_home("staff:outside", "region:reports")
        doors.nav.register(doors.NavItem("region:deaths", _("Report a death"), coordinators, 70))
        doors.nav.register(doors.NavItem("region:invite", _("Invite"), coordinators, 25))
        doors.nav.register(doors.NavItem("region:letters", _("Letters"), helpers, 30))
        doors.nav.register(doors.NavItem("region:recoveries", _("Getting in again"), helpers, 31))
        actors.register_home("staff:helper", "region:letters")
