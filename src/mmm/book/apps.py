from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookConfig(AppConfig):
    name = "mmm.book"
    label = "book"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmm.book import finding, loading, slots
        from mmm.book.answers import own_data
        from mmm.book.exports import whole
        from mmm.foundation import doors, pdf

        finding.register()
        pdf.files["book.css"] = whole.HERE / "book.css"
        doors.notice_kinds.register(
            doors.NoticeKind(
                "book.broken",
                _("The Inspiration Book cannot be made to take along"),
                default="page",
                line=_("The new PDF of the book could not be made; the log of the worker says which chapter"),
                side="work",
            )
        )
        doors.shipped.register(doors.Shipped("book", loading.load))
        doors.personal_data.register(own_data.PERSONAL_DATA)
        doors.slots.register(doors.Slot("home.stories", "book", slots.stories))
        doors.slots.register(doors.Slot("home.professions", "book", slots.professions))
        doors.slots.register(doors.Slot("home.book", "book", slots.book))
        doors.slots.register(doors.Slot("home.news", "book", slots.news))
        public, foot = frozenset({"public"}), frozenset({"foot"})
        doors.nav.register(doors.NavItem("book:stories", _("Stories"), public, 10))
        doors.nav.register(doors.NavItem("book:professions", _("In 5 minutes"), public, 20))
        doors.nav.register(doors.NavItem("book:help", _("Help"), public | foot, 50))
        for order, (view, label) in enumerate(
            (
                ("book:for_workers", _("For who works or looks for work")),
                ("book:for_professionals", _("For professionals")),
                ("book:for_employers", _("For employers")),
                ("book:contents", _("The Inspiration Book")),
                ("book:publications", _("To take along")),
                ("book:recommendations", _("Recommendations")),
                ("book:tips", _("Tips from practice")),
                ("book:dated", _("Rules and schemes")),
                ("book:glossary", _("Words explained")),
                ("book:news", _("News")),
            ),
            start=51,
        ):
            doors.nav.register(doors.NavItem(view, label, foot, order))
