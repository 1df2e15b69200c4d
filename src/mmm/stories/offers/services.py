"""Verbs of the person: begin, write, send, answer, approve, send back, withdraw. Nobody else can do these."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mmm.accounts import notices
from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, ids
from mmm.foundation.policy import NotAllowed, require
from mmm.foundation.public import raise_edition
from mmm.region import selectors as region
from mmm.stories.models import Offer, OfferNote, OfferText
from mmm.stories.offers import policy, searching, selectors, steps
from mmm.stories.offers.steps import ENDED, NotThere, Overtaken, State
from mmm.stories.offers.words import Words, opened

TO_EDITORS, TO_OWNER = "stories.given", "stories.offer"


@transaction.atomic
def begin(actor: Actor, *, words: Words) -> Offer:
    """Begin a story to pass on; when one is on its way already, that one. Raises `NotAllowed`."""
    require(policy.may_give(actor))
    made = Offer(
        id=ids.new(),
        owner=actor.user,
        vault_id=actor.vault_id,
        language=actor.user.language,
        changed_at=clock.now(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return Offer.objects.get(selectors.ON_ITS_WAY, owner=actor.user)
    steps.write(made, words, audit.own(actor.vault_id), steps.text_of(made, by_editor=False))
    return made


@transaction.atomic
def save(actor: Actor, *, offer_id: UUID, words: Words, version: int) -> Offer:
    """Keep the words of a draft. Raises `NotAllowed`, `NotThere`, `Overtaken` (another page saved first)."""
    offer = _mine(actor, offer_id, State.DRAFT)
    receipt = audit.own(actor.vault_id)
    if opened(steps.newest(offer.id), receipt) == words:
        return offer
    _same(offer, version)
    steps.write(offer, words, receipt, steps.text_of(offer, by_editor=False))
    steps.step(offer, State.DRAFT)
    return offer


@transaction.atomic
def send(actor: Actor, *, offer_id: UUID, region_id: UUID, adult: bool) -> Offer:
    """Give the draft to the editors of a region. Raises `NotAllowed` (under 18, a region without them),
    `NotThere`."""
    offer = _mine(actor, offer_id, State.DRAFT)
    if not adult or not region.open_regions_with(policy.EDITOR).filter(id=region_id).exists():
        raise NotAllowed(_("Choose a region, and tick that you are 18 or older."))
    offer.region_id, offer.sent_at = region_id, clock.now()
    steps.step(offer, State.SENT)
    _tell_editors(offer)
    return offer


@transaction.atomic
def answer(actor: Actor, *, offer_id: UUID, words: str) -> Offer:
    """Say something to the editor. After seeing the proposal, or in the seven days, it goes back to them.

    Raises `NotAllowed`, `NotThere`.
    """
    offer = _mine(actor, offer_id, State.SENT, State.EDITING, State.PROPOSED, State.APPROVED)
    if offer.published_at:
        raise NotThere
    back = offer.state in (State.PROPOSED, State.APPROVED)
    kind = OfferNote.Kind.BACK if back else OfferNote.Kind.ANSWER
    steps.say(offer, kind, words, audit.own(actor.vault_id))
    steps.step(offer, State.EDITING if back else State(offer.state))
    _tell_editors(offer)
    return offer


@transaction.atomic
def approve(actor: Actor, *, offer_id: UUID, version: int) -> Offer:
    """Say yes to the text, word for word, that was shown as `version`. It is public after seven days.

    Raises `NotAllowed`, `NotThere`, `Overtaken` when that is not the text that stands there now.
    """
    offer = _mine(actor, offer_id, State.PROPOSED, State.APPROVED)
    if offer.state == State.APPROVED:
        return offer
    _same(offer, version)
    text = steps.newest(offer.id)
    if text is None:
        raise NotThere
    offer.approved_at, offer.public_text = clock.now(), text.id
    steps.step(offer, State.APPROVED)
    return offer


@transaction.atomic
def withdraw(actor: Actor, *, offer_id: UUID) -> Offer:
    """Take it back at any moment: gone at the next request. Only the person's own words stay, for them.

    Twice changes nothing. Raises `NotAllowed`, `NotThere`.
    """
    offer = _mine(actor, offer_id, *State)
    if offer.state in ENDED:
        return offer
    steps.step(offer, State.WITHDRAWN)
    raise_edition()
    steps.forget_words(offer)
    return offer


@transaction.atomic
def throw_away(actor: Actor, *, offer_id: UUID) -> None:
    """Remove what is left of one that ended, or a draft, for good. Raises `NotAllowed`, `NotThere`."""
    offer = _mine(actor, offer_id, State.DRAFT, *ENDED)
    if offer.published_at:  # its address goes on saying that it is gone; no word is left
        OfferText.objects.filter(offer=offer).delete()
        OfferNote.objects.filter(offer=offer).delete()
    else:
        offer.delete()


def erase(user_id: UUID) -> None:
    """Remove every story this person passed on. May be repeated."""
    theirs = Offer.objects.filter(owner_id=user_id)
    slugs = list(theirs.filter(published_at__isnull=False).values_list("slug", flat=True))
    if theirs.delete()[0]:
        searching.keep_up(slugs)
        raise_edition()


def _mine(actor: Actor, offer_id: UUID, *states: Offer.State) -> Offer:
    require(policy.may_give(actor))
    found = Offer.objects.select_for_update().filter(id=offer_id, owner=actor.user, state__in=states).first()
    if found is None:
        raise NotThere
    return found


def _same(offer: Offer, version: int) -> None:
    if offer.version != version:
        raise Overtaken


def _tell_editors(offer: Offer) -> None:
    if offer.region_id is None:
        return
    for user_id in region.staff_of(offer.region_id, policy.EDITOR):
        if user_id != offer.owner_id:
            key = f"{offer.id.hex}:{offer.version}"
            notices.send(user_id, kind=TO_EDITORS, view="stories:given", key=key)
