"""*Meld dit* about a story that is public, for the `reportable` door. Only its address, no word of it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmm.accounts.actors import Actor
from mmm.foundation.doors import Reportable, ReportedThing
from mmm.stories.offers import editing, public


def find(actor: Actor, offer_id: UUID) -> ReportedThing | None:
    """A story that is public now; anybody signed in may report it. Its writer does not handle it."""
    offer = public.published_id(offer_id)
    if offer is None or offer.region_id is None:
        return None
    address = reverse("stories:given_story", args=[offer.slug])
    return ReportedThing(
        region_id=offer.region_id,
        title=_("A story that somebody gave"),
        lines={"address": address},
        about=offer.owner_id,
    )


def hide(actor: Actor, offer_id: UUID, reason: str) -> None:
    """Off the web at the next request; its writer reads the reason."""
    editing.hide(offer_id=offer_id, reason=reason)


REPORTABLE = Reportable(
    slug="verhaal", title=gettext_lazy("A story that somebody gave"), find=find, hide=hide
)
