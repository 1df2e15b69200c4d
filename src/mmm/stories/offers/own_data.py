"""Stories that a person passed on, for the export: every text that there is, and what was said about it."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from mmm.foundation import crypto
from mmm.stories.models import Offer
from mmm.stories.offers import selectors
from mmm.stories.offers.words import opened


def export(user_id: UUID, receipt: crypto.Receipt) -> list[dict[str, Any]]:
    """All of them, oldest first; for the person only."""
    rows = Offer.objects.filter(owner_id=user_id).prefetch_related("texts", "notes")
    return [_offer(row, receipt) for row in rows.order_by("changed_at", "id")]


def _offer(row: Offer, receipt: crypto.Receipt) -> dict[str, Any]:
    state = selectors.state_of(row)
    return {
        "state": str(selectors.STATES[state]),
        "changed_at": row.changed_at.isoformat(),
        **{
            name: moment.isoformat() if (moment := getattr(row, name)) else None
            for name in ("sent_at", "approved_at", "published_at", "ended_at")
        },
        "address": reverse("stories:given_story", args=[row.slug]) if state == "public" else "",
        "texts": [
            {"by": _("an editor") if text.by_editor else _("you"), **opened(text, receipt).as_dict()}
            for text in sorted(row.texts.all(), key=lambda each: each.number)
        ],
        "notes": [
            {
                "by": _("an editor") if said.by_editor else _("you"),
                "made_at": said.made_at.isoformat(),
                "words": said.words,
            }
            for said in (
                selectors.note(each, receipt)
                for each in sorted(row.notes.all(), key=lambda each: (each.made_at, each.id))
            )
        ],
    }
