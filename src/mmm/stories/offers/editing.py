"""Verbs of the editor: read, edit, ask, propose, refuse. And what the clock does, and a report.

An editor reads and writes in the person's vault: each reading is a line in the person's look log.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from mmm.accounts import notices
from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, crypto, removals
from mmm.foundation.public import raise_edition
from mmm.stories.models import Offer, OfferNote, OfferText
from mmm.stories.offers import searching, selectors, steps
from mmm.stories.offers.public import WAIT
from mmm.stories.offers.services import TO_OWNER
from mmm.stories.offers.steps import ENDED, NotThere, Overtaken, State
from mmm.stories.offers.words import Words, opened

JOB = "stories.edit"


@dataclass(frozen=True, slots=True)
class Opened:
    """A story as the editor reads it: the words now, and what was said about it."""

    id: UUID
    version: int
    words: Words
    notes: list[selectors.Note]
    given: Words  # the person's own words, to compare


@transaction.atomic
def read(actor: Actor, *, offer_id: UUID) -> Opened:
    """What was given, for an editor of the region. The person sees that in the look log.

    Raises `NotAllowed`, `NotThere` (not given to this region, taken back, or waiting for the person).
    """
    offer = _theirs(actor, offer_id)
    texts = list(OfferText.objects.filter(offer=offer).order_by("-number"))
    with translation.override(offer.owner.language):
        label, mine = _("My story to pass on"), _("My own words for a story to pass on")
        talk = _("What was said about my story to pass on")
        line = f"{actor.user.name}, {actor.role.label}"
    own = next((text for text in texts if not text.by_editor), None)
    items = [audit.Item("stories.offer", texts[0].id, label)]
    if own and own != texts[0]:
        items.append(audit.Item("stories.offer", own.id, mine))
    notes = list(OfferNote.objects.filter(offer=offer).order_by("made_at", "id"))
    if notes:
        items.append(audit.Item("stories.offer_talk", offer.id, talk))
    receipt = audit.look(
        vault_id=offer.vault_id, reader_id=actor.id, reader_line=line, membership_id=None, items=items
    )
    return Opened(
        id=offer.id,
        version=offer.version,
        words=opened(texts[0], receipt),
        notes=[selectors.note(row, receipt) for row in notes],
        given=opened(own, receipt),
    )


@transaction.atomic
def edit(actor: Actor, *, offer_id: UUID, words: Words, version: int, propose: bool = False) -> Offer:
    """Keep the edited words; `propose` them to the person, who alone can say yes.

    Raises `NotAllowed`, `NotThere`, `Overtaken` (somebody else edited, or the person wrote meanwhile).
    """
    offer = _theirs(actor, offer_id)
    if offer.version != version:
        raise Overtaken
    text = steps.text_of(offer, by_editor=True)
    steps.write(offer, words, _writer(offer, text.id), text)
    steps.step(offer, State.PROPOSED if propose else State.EDITING)
    if propose:
        _tell_owner(offer)
    return offer


@transaction.atomic
def ask(actor: Actor, *, offer_id: UUID, words: str) -> Offer:
    """Ask the person something, to be read here; the notice is neutral. Raises `NotAllowed`, `NotThere`."""
    offer = _theirs(actor, offer_id)
    steps.say(offer, OfferNote.Kind.QUESTION, words, _writer(offer, offer.id))
    steps.step(offer, State.EDITING)
    _tell_owner(offer)
    return offer


@transaction.atomic
def refuse(actor: Actor, *, offer_id: UUID, reason: str) -> Offer:
    """A human says no, with a reason that the person reads. Raises `NotAllowed`, `NotThere`."""
    offer = _theirs(actor, offer_id)
    steps.say(offer, OfferNote.Kind.REFUSED, reason, _writer(offer, offer.id))
    steps.step(offer, State.REFUSED)
    OfferText.objects.filter(offer=offer, by_editor=True).delete()
    _tell_owner(offer)
    return offer


@transaction.atomic
def hide(*, offer_id: UUID, reason: str) -> None:
    """After a report: off the web at the next request, with a reason for the person. Nothing when it is gone.

    For `doors.reportable`: who may, was asked there.
    """
    offer = Offer.objects.select_for_update().filter(id=offer_id, state=State.APPROVED).first()
    if offer is None or offer.hidden_at:
        return
    offer.hidden_at = clock.now()
    offer.version += 1
    offer.save()
    removals.note(gone=[removals.mark("shown", offer.id)])
    searching.keep_up([offer.slug])
    raise_edition()
    steps.say(offer, OfferNote.Kind.HIDDEN, reason, _writer(offer, offer.id))
    _tell_owner(offer)


def publish_due() -> int:
    """What was approved seven days ago becomes public; returns how many. May be repeated.

    Clocks stop in a break: who rests gets the whole seven days again.
    """
    now = clock.now()
    waiting = Offer.objects.filter(state=State.APPROVED, published_at=None, owner__is_active=True)
    waiting.filter(owner__paused_at__isnull=False).update(approved_at=now)
    due = waiting.filter(approved_at__lte=now - WAIT, hidden_at=None).values_list("id", flat=True)
    return sum(_publish(offer_id) for offer_id in list(due))


@transaction.atomic
def _publish(offer_id: UUID) -> bool:
    waiting = Offer.objects.select_for_update(of=("self",)).filter(id=offer_id, state=State.APPROVED)
    offer = waiting.filter(published_at=None, approved_at__lte=clock.now() - WAIT).first()
    if offer is None:
        return False
    offer.published_at = clock.now()
    offer.version += 1
    offer.save()
    searching.keep_up([offer.slug])
    raise_edition()
    _tell_owner(offer)
    return True


def forget(*, drafts_before: dt.datetime, ended_before: dt.datetime) -> None:
    """Remove drafts nobody touched, and what is left of those that ended long ago."""
    Offer.objects.filter(state=State.DRAFT, changed_at__lt=drafts_before).filter(
        owner__paused_at=None
    ).delete()
    Offer.objects.filter(state__in=ENDED, ended_at__lt=ended_before).delete()


def _theirs(actor: Actor, offer_id: UUID) -> Offer:
    found = selectors.given_to(actor).filter(state__in=selectors.TO_EDIT, id=offer_id)
    offer = found.select_for_update(of=("self",)).select_related("owner").first()
    if offer is None:
        raise NotThere
    return offer


def _writer(offer: Offer, item: UUID) -> crypto.Receipt:
    return audit.machine(offer.vault_id, JOB, item=item)


def _tell_owner(offer: Offer) -> None:
    key = f"{offer.id.hex}:{offer.version}"
    notices.send(offer.owner_id, kind=TO_OWNER, view="stories:offer", args=(offer.id,), key=key)
