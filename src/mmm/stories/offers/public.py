"""What is public of the stories that people gave: asked at every read, copied nowhere.

Whoever shows, lists, feeds or indexes such a story asks here, in the same request. Withdrawn, hidden, in a
break, waiting to be erased: not in it at the next request, whether a worker runs or not.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet

from mmm.foundation import audit, clock
from mmm.stories.models import Offer, OfferText
from mmm.stories.offers.words import Words, opened

WAIT: Final = dt.timedelta(days=7)  # between the person's yes and the web


@dataclass(frozen=True, slots=True)
class PublicStory:
    """A story that is public now: its address, its words, their language, and the day on which it came."""

    id: UUID
    slug: str
    words: Words
    language: str
    published_at: dt.datetime


def _public() -> QuerySet[Offer]:
    # Both: a worker that never ran publishes nothing, and one that ran too early does not either.
    return Offer.objects.filter(
        state=Offer.State.APPROVED,
        published_at__isnull=False,
        approved_at__lte=clock.now() - WAIT,
        hidden_at=None,
        owner__is_active=True,
        owner__paused_at=None,
    )


def published_offer(slug: str) -> PublicStory | None:
    """The story at this address, when it is public now; else None. Two queries, one of them on `keys`."""
    return next(iter(_opened(_public().filter(slug=slug))), None)


def published_offers(
    *,
    language: str | None = None,
    first: int = 0,
    limit: int | None = None,
    slugs: Collection[str] | None = None,
) -> list[PublicStory]:
    """What is public now, newest first, from number `first` (0 is the newest) at most `limit`.

    All of it, or in one language, or those of `slugs`. Two queries, whatever their number.
    """
    found = _public().order_by("-published_at", "id")
    if language is not None:
        found = found.filter(language=language)
    if slugs is not None:
        found = found.filter(slug__in=list(slugs))
    return _opened(found[first : None if limit is None else first + limit])


def count_published(language: str) -> int:
    """How many are public now in this language. Opens none. One query."""
    return _public().filter(language=language).count()


def published_slugs(slugs: Collection[str]) -> set[str]:
    """Of these addresses, those with a story that is public now. Opens none. One query."""
    return set(_public().filter(slug__in=list(slugs)).values_list("slug", flat=True))


def published_id(offer_id: UUID) -> Offer | None:
    """The row of one that is public now, for a report about it."""
    return _public().filter(id=offer_id).first()


def was_published(slug: str) -> bool:
    """Whether a story stood at this address once: then it is gone, not unknown."""
    return Offer.objects.filter(slug=slug, published_at__isnull=False).exists()


def _opened(found: QuerySet[Offer]) -> list[PublicStory]:
    rows = list(
        OfferText.objects.filter(id=F("offer__public_text"), offer__in=found)
        .select_related("offer")
        .order_by("-offer__published_at", "offer_id")
    )
    items: dict[UUID, list[UUID]] = {}
    for row in rows:
        items.setdefault(row.vault_id, []).append(row.id)
    receipts = audit.public(items) if items else {}
    return [
        PublicStory(
            id=row.offer_id,
            slug=row.offer.slug,
            words=opened(row, receipts[row.vault_id]),
            language=row.offer.language,
            published_at=row.offer.published_at or clock.now(),
        )
        for row in rows
        if row.vault_id in receipts  # the key goes first when somebody erases themselves
    ]
