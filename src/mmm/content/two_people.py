"""Publishing takes two: one writes and asks, another reads and says yes (`models.OtherEyes`).

Wagtail gives who may publish a button for it, too. The right itself stays: a yes publishes in the name of who
says it. Here are the ways around the second person, shut: the button, what it sends, and many at once.
Taking a text off the site needs nobody else.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction


@hooks.register("construct_page_action_menu")  # type: ignore[untyped-decorator]
def no_button(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """No button that publishes what one wrote oneself."""
    items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("construct_page_action_menu", order=1000)  # type: ignore[untyped-decorator]
def sending_on_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Sending on is the button, the rest is behind its arrow. What was never kept is kept first."""
    if context["view"] == "edit":
        items.sort(key=lambda item: item.name != "action-submit")


@hooks.register("before_create_page")  # type: ignore[untyped-decorator]
@hooks.register("before_edit_page")  # type: ignore[untyped-decorator]
def kept_as_a_draft(request: HttpRequest, *about: Any) -> None:
    """What the button would send is kept as a draft, and says what to do.

    Before anything is done: a new page is on the site before Wagtail asks its hooks about publishing.
    """
    if "action-publish" in request.POST:
        sent = request.POST.copy()
        del sent["action-publish"]
        request.POST = sent  # type: ignore[assignment]
        messages.warning(
            request, _("Kept, but not on the site yet. Send it on: somebody else reads it first.")
        )


@hooks.register("register_bulk_action", order=1000)
class NotManyAtOnce(PublishBulkAction):  # type: ignore[misc]
    """In the place of Wagtail's own: nothing is published from a list."""

    def check_perm(self, page: Any) -> bool:
        """No."""
        return False
