"""After a restore: what was taken back or hidden since the backup is so again (`foundation.removals`)."""

from django.db import transaction

from mmm.foundation import clock, removals
from mmm.foundation.public import raise_edition
from mmm.stories.models import Offer
from mmm.stories.offers import searching, steps
from mmm.stories.offers.steps import ENDED, State


@transaction.atomic
def end_again() -> int:
    """Take back, hide, or wait for a yes once more. Returns how many stories. Repeatable.

    Why one was hidden or refused is not in the log: it is gone with what the backup lacks.
    """
    gone, count = removals.read(), 0
    for offer in Offer.objects.select_for_update().exclude(state__in=ENDED):
        if removals.mark("offer", offer.id) in gone:
            steps.step(offer, State.WITHDRAWN)
            steps.forget_words(offer)
        elif offer.public_text and removals.mark("yes", offer.public_text) in gone:
            steps.step(offer, State.EDITING)
        elif not offer.hidden_at and removals.mark("shown", offer.id) in gone:
            offer.hidden_at = clock.now()
            offer.save(update_fields=["hidden_at"])
            searching.keep_up([offer.slug])
        else:
            continue
        count += 1
    raise_edition()
    return count
