"""What every step of a story on its way shares: finding and locking it, keeping words, saying something."""

from uuid import UUID

from mmm.foundation import clock, crypto, ids, removals
from mmm.foundation.public import raise_edition
from mmm.stories.models import Offer, OfferNote, OfferText
from mmm.stories.offers import searching
from mmm.stories.offers.words import Words

State = Offer.State
ENDED = (State.WITHDRAWN, State.REFUSED)


class NotThere(Exception):
    """There is no such story for this person; "not there" and "not yours" are the same."""


class Overtaken(Exception):
    """Something else happened to it since this page was opened; nothing was changed by this post."""


def step(offer: Offer, state: Offer.State) -> None:
    """Take the offer to a state and save it. The caller holds its lock."""
    offer.state = state
    offer.version += 1
    offer.changed_at = clock.now()
    if state in ENDED:
        offer.ended_at = offer.changed_at
        removals.note(gone=[removals.mark("offer", offer.id)])
    if state != State.APPROVED:
        if offer.public_text is not None:
            raise_edition()
            removals.note(gone=[removals.mark("yes", offer.public_text)])
        offer.approved_at = offer.public_text = None
    offer.save()
    if offer.published_at:
        searching.keep_up([offer.slug])


def newest(offer_id: UUID) -> OfferText | None:
    """The text as it stands now."""
    return OfferText.objects.filter(offer_id=offer_id).order_by("-number").first()


def write(offer: Offer, words: Words, receipt: crypto.Receipt, text: OfferText) -> None:
    """Seal the words in `text` (see `text_of`). The caller holds the lock of the offer."""
    text.version += 1
    crypto.seal_json(text, "content", words.as_dict(), receipt)
    text.save()


def text_of(offer: Offer, *, by_editor: bool) -> OfferText:
    """The row to write in: the newest when the same of the two writes on, else a new one (not saved)."""
    last = newest(offer.id)
    if last and last.by_editor == by_editor:
        return last
    number = last.number + 1 if last else 1
    return OfferText(
        id=ids.new(), offer=offer, vault_id=offer.vault_id, number=number, version=0, by_editor=by_editor
    )


def say(offer: Offer, kind: OfferNote.Kind, words: str, receipt: crypto.Receipt) -> OfferNote:
    """Keep what one says to the other, sealed in the person's vault."""
    note = OfferNote(offer=offer, vault_id=offer.vault_id, kind=kind, made_at=clock.now())
    crypto.seal(note, "content", words, receipt)
    note.save()
    return note


def forget_words(offer: Offer) -> None:
    """Remove what the editor wrote and what was said; the person's own words stay, for them alone."""
    OfferText.objects.filter(offer=offer, by_editor=True).delete()
    OfferNote.objects.filter(offer=offer).delete()
