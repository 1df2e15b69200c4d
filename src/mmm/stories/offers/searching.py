"""Stories that people gave, found by searching: what is public now, and not a moment longer.

The words are put in and taken out in the transaction that makes a story public or ends that, and each result
is asked about once more when it is shown. No backup holds the index (`foundation.backup.made_anew`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from mmm.content.search import services as search
from mmm.foundation.doors import Document, Presence, Searchable
from mmm.foundation.public import raise_edition
from mmm.stories.models import Offer
from mmm.stories.offers import public

KIND: Final = "gegeven"


def documents(language: str) -> Iterator[Document]:
    """All that is public now in this language."""
    return map(_document, public.published_offers(language=language))


def exists(slugs: Sequence[str]) -> Collection[str]:
    """Of these, those that are public at this moment. One query."""
    return public.published_slugs(slugs)


def keep_up(slugs: Iterable[str]) -> None:
    """Put in the index what is public now of these, and take out what is not; no word of that stays.

    Call it in the transaction that changed it.
    """
    wanted = list(slugs)
    shown = {story.slug: story for story in public.published_offers(slugs=wanted)} if wanted else {}
    for slug in wanted:
        if story := shown.get(slug):
            search.put(KIND, story.language, _document(story))
        else:
            search.remove(KIND, slug)
    if len(shown) < len(wanted):
        transaction.on_commit(_forget_old_pages)


def presence_changed(user_id: UUID) -> None:
    """Somebody went out of sight or came back, and their stories with them."""
    theirs = Offer.objects.filter(owner_id=user_id, published_at__isnull=False, state=Offer.State.APPROVED)
    if slugs := list(theirs.values_list("slug", flat=True)):
        keep_up(slugs)
        raise_edition()


def _document(story: public.PublicStory) -> Document:
    words = story.words
    return Document(
        story.slug,
        words.title,
        words.note,  # what to know beforehand comes before a piece of the story
        "\n".join([words.told_by, *words.paragraphs]),
        view="stories:given_story",
        args=(story.slug,),
        date=story.published_at.date(),
    )


def _forget_old_pages() -> None:
    """On SQLite: empty the write-ahead log, which still holds what was just overwritten. Else nothing."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


SEARCHABLE = Searchable(KIND, _("A story that somebody gave"), documents, exists=exists)
PRESENCE = Presence("stories", presence_changed)
