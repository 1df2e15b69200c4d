"""How the editors' room differs from Wagtail's own: no script inside pages, our lists, a way back."""

import json
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from mmm.content import two_people, views  # noqa: F401 - importing two_people registers its hooks
from mmm.content.beginning import Beginning
from mmm.content.models import DatedEntry, GlossaryTerm, HelpLine


def _render(self: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
    """`BaseChooser.render` with the start-up as data (`admin-init.js`) in place of a script."""
    data = self.get_value_data(value)
    options = self.get_js_init_options(attrs["id"], name, data)
    return format_html(
        '{}<template data-init="{}" data-id="{}" data-opts="{}"></template>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(options),
    )


BaseChooser.render = _render


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def start_up() -> SafeString:
    """The script that starts what templates only mark."""
    return format_html('<script src="{}" defer></script>', static("content/admin-init.js"))


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def own_look() -> SafeString:
    """The few rules of our own."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/room.css"))


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def first_page(request: Any, panels: list[Any]) -> None:
    """First what one can do, then what waits."""
    panels.insert(0, Beginning())


@hooks.register("construct_homepage_summary_items", order=1000)  # type: ignore[untyped-decorator]
def no_counts(request: Any, items: list[Any]) -> None:
    """How many pages there are helps nobody."""
    items.clear()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def own_pages() -> list[URLPattern]:
    """Pages of our own in this room."""
    return [
        path("verlopen/", views.stale, name="content_stale"),
        path("twee-talen/", views.pairs, name="content_pairs"),
        path("links/", views.links, name="content_links"),
        path("je-eerste-tekst/", views.first, name="content_first_text"),
    ]


def _line(name: str, words: Any, icon: str, order: int) -> None:
    item = lambda: MenuItem(words, reverse(name), name=name, icon_name=icon, order=order)  # noqa: E731
    hooks.register("register_admin_menu_item", item)


_line("content_first_text", _("Your first text"), "doc-empty", 50)
_line("content_stale", _("Rules that run out"), "date", 330)
_line("content_pairs", _("Two languages"), "globe", 340)
_line("content_links", _("Dead links"), "link", 350)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def back_to_the_site() -> MenuItem:
    """A way out that is always there."""
    return MenuItem(_("Back to the site"), "/", icon_name="site", order=9000)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def only_what_opens(request: Any, items: list[Any]) -> None:
    """No line in the menu that leads to a shut door."""
    items[:] = [item for item in items if item.name not in {"settings", "help", "reports"}]


class DatedEntries(SnippetViewSet):  # type: ignore[misc]
    """Rules with a date."""

    model = DatedEntry
    icon = "calendar-check"
    menu_label = _("Dated rules")
    add_to_admin_menu = True
    menu_order = 300
    list_display = ("title", "about", "checked_on", "expires_on")
    ordering = ("expires_on",)


class HelpLines(SnippetViewSet):  # type: ignore[misc]
    """Where somebody answers."""

    model = HelpLine
    icon = "help"
    add_to_admin_menu = True
    menu_order = 310
    list_display = ("name", "phone", "checked_on", "expires_on")
    ordering = ("expires_on",)


class Terms(SnippetViewSet):  # type: ignore[misc]
    """Words explained."""

    model = GlossaryTerm
    icon = "comment"
    add_to_admin_menu = True
    menu_order = 320
    list_display = ("term", "text")
    ordering = ("term",)


for viewset in (DatedEntries, HelpLines, Terms):
    register_snippet(viewset)
