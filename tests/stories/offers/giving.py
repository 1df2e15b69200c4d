"""Steps of a story that somebody passes on, through the services that people use."""

import datetime as dt

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.region.models import Region
from mmm.stories.models import Offer
from mmm.stories.offers import editing, services
from mmm.stories.offers.words import Words
from tests import cast

OWN = Words(text="Ik werkte elf jaar bij Kees.\n\nToen kon ik niet meer.", name="Merel")
EDITED = Words(title="Elf jaar", text="Ik werkte elf jaar.\n\nToen kon ik niet meer.", name="Merel", note="")
WEEK = dt.timedelta(days=7)


def sent(owner: Actor, words: Words = OWN, *, at: str = cast.HOME) -> Offer:
    """Given to the editors of a region."""
    offer = services.begin(owner, words=words)
    region_id = Region.objects.get(slug=at).id
    return services.send(owner, offer_id=offer.id, region_id=region_id, adult=True)


def proposed(owner: Actor, editor: Actor, words: Words = EDITED) -> Offer:
    """Edited, and waiting for the person."""
    offer = sent(owner)
    return editing.edit(editor, offer_id=offer.id, words=words, version=offer.version, propose=True)


def approved(owner: Actor, editor: Actor, words: Words = EDITED) -> Offer:
    """The person said yes; the seven days run."""
    offer = proposed(owner, editor, words)
    return services.approve(owner, offer_id=offer.id, version=offer.version)


def published(owner: Actor, editor: Actor, words: Words = EDITED) -> Offer:
    """On the web since a moment ago."""
    with clock.moved(-WEEK):
        offer = approved(owner, editor, words)
    assert editing.publish_due() >= 1
    offer.refresh_from_db()
    return offer
