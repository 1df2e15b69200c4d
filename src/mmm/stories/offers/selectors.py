"""Guarded reads: a person's own stories to pass on, and what was given to an editor's region."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mmm.accounts import blocks
from mmm.accounts.actors import Actor
from mmm.foundation import audit, clock, crypto
from mmm.foundation.policy import require
from mmm.region import selectors as region
from mmm.stories import questions
from mmm.stories import selectors as stories
from mmm.stories.models import Offer, OfferNote, OfferText
from mmm.stories.offers import policy, steps
from mmm.stories.offers.public import WAIT
from mmm.stories.offers.steps import NotThere, State
from mmm.stories.offers.words import LONGEST, Words, opened

TO_EDIT = (State.SENT, State.EDITING)
ON_ITS_WAY = Q(state__in=[State.DRAFT, State.SENT, State.EDITING, State.PROPOSED]) | Q(
    state=State.APPROVED, published_at=None
)

# What the person reads about how it stands. "public" and "hidden" are worked out, not kept.
STATES: dict[str, Promise | str] = {
    "draft": _("You are still writing"),
    "sent": _("It lies with the editors"),
    "editing": _("An editor is working on it"),
    "proposed": _("The text waits for your yes"),
    "approved": _("You said yes. It waits seven days"),
    "public": _("It is on the website"),
    "hidden": _("We took it off the website"),
    "withdrawn": _("You took it back"),
    "refused": _("The editors did not take it"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """What one said to the other."""

    kind: str
    words: str
    made_at: dt.datetime

    @property
    def by_editor(self) -> bool:
        return self.kind in {"question", "refused", "hidden"}


@dataclass(frozen=True, slots=True)
class Line:
    """One story to pass on in the person's own list; no text."""

    id: UUID
    state: str
    changed_at: dt.datetime

    @property
    def title(self) -> str | Promise:
        return STATES[self.state]

    @property
    def ended(self) -> bool:
        return self.state in {"withdrawn", "refused", "hidden"}


@dataclass(frozen=True, slots=True)
class Own:
    """One's own story to pass on, opened."""

    id: UUID
    state: str
    version: int
    saved_at: dt.datetime
    words: Words
    by_editor: bool
    notes: Sequence[Note]
    public_on: dt.datetime | None
    slug: str
    region: str

    @property
    def title(self) -> str | Promise:
        return STATES[self.state]

    @property
    def may_answer(self) -> bool:
        return self.state in {"sent", "editing"}

    @property
    def may_withdraw(self) -> bool:
        return self.state not in {"draft", "withdrawn", "refused"}


def state_of(offer: Offer) -> str:
    """The state in the person's eyes, at this moment."""
    if offer.state != State.APPROVED:
        return str(offer.state)
    if offer.hidden_at:
        return "hidden"
    return "public" if offer.published_at else "approved"


def lines_for(actor: Actor) -> list[Line]:
    """The actor's own stories to pass on, the one on its way first. Raises `NotAllowed`."""
    require(policy.may_give(actor))
    kept = Exists(OfferText.objects.filter(offer=OuterRef("pk")))  # of one thrown away only its address is
    rows = Offer.objects.filter(kept, owner=actor.user).order_by("-changed_at", "id")
    return [Line(row.id, state_of(row), row.changed_at) for row in rows]


def own(actor: Actor, offer_id: UUID) -> Own:
    """One of the actor's own. Raises `NotAllowed`, `NotThere`."""
    require(policy.may_give(actor))
    offer = Offer.objects.filter(id=offer_id, owner=actor.user).select_related("region").first()
    if offer is None:
        raise NotThere
    receipt = audit.own(actor.vault_id)
    text = steps.newest(offer.id)
    return Own(
        id=offer.id,
        state=state_of(offer),
        version=offer.version,
        saved_at=offer.changed_at,
        words=opened(text, receipt),
        by_editor=bool(text and text.by_editor),
        notes=[note(row, receipt) for row in OfferNote.objects.filter(offer=offer).order_by("made_at", "id")],
        public_on=offer.approved_at + WAIT if offer.approved_at else None,
        slug=offer.slug,
        region=offer.region.name if offer.region else "",
    )


def note(row: OfferNote, receipt: crypto.Receipt) -> Note:
    """What was said, opened. The receipt is the guard."""
    return Note(row.kind, crypto.unseal(row.content, receipt) if row.content else "", row.made_at)


def parts_to_copy(actor: Actor) -> list[tuple[str, str]]:
    """Kind and title of the parts in which the actor wrote something. Raises `NotAllowed`."""
    require(policy.may_give(actor))
    return [(part.kind, questions.part(part.kind).title) for part in stories.parts_with_text(actor.id)]


def copy_of(actor: Actor, kind: str) -> Words:
    """The actor's own words of one part, one answer below the other. Raises `NotAllowed`."""
    require(policy.may_give(actor))
    found = [part.id for part in stories.parts_with_text(actor.id) if part.kind == kind]
    parts = stories.opened(found, audit.own(actor.vault_id), with_unsaved=True)
    pieces = [
        "\n\n".join([*(card.text for card in answer.picked), *([answer.text] if answer.text else [])])
        for part in parts
        for answer in part.answers
    ]
    return Words(text="\n\n".join(piece for piece in pieces if piece)[:LONGEST])


def regions_to_give_to() -> QuerySet[Any]:
    """Regions that are open and have an editor; public."""
    return region.open_regions_with(policy.EDITOR)


# -- the editor's --


@dataclass(frozen=True, slots=True)
class Given:
    """A story in the editor's list: no text and no name in it."""

    id: UUID
    state: str
    sent_at: dt.datetime
    changed_at: dt.datetime

    @property
    def title(self) -> str | Promise:
        return GIVEN_STATES[self.state]

    @property
    def opens(self) -> bool:
        return self.state in TO_EDIT


GIVEN_STATES: dict[str, Promise | str] = {
    "sent": _("New"),
    "editing": _("Being edited"),
    "proposed": _("Waits for the writer"),
    "approved": _("The writer said yes"),
}


def given_to(actor: Actor) -> QuerySet[Offer]:
    """What was given to the region of this editor, of people who are here, and not their own.

    Nor of somebody who blocked this editor, or who has a break. Raises `NotAllowed`.
    """
    rows = Offer.objects.filter(region_id=policy.region_of_editor(actor), sent_at__isnull=False)
    rows = rows.filter(owner__is_active=True, owner__paused_at=None).exclude(owner=actor.user)
    rows = rows.annotate(reader=Value(actor.id, output_field=UUIDField()))
    return rows.exclude(Q(blocks.person_blocked("owner_id", "reader")))


def given_for(actor: Actor) -> list[Given]:
    """What lies with the editors of the actor's region, the longest waiting first. Raises `NotAllowed`."""
    rows = given_to(actor).filter(
        Q(state__in=[State.SENT, State.EDITING, State.PROPOSED]) | Q(state=State.APPROVED, published_at=None)
    )
    return [
        Given(row.id, row.state, row.sent_at or clock.now(), row.changed_at)
        for row in rows.order_by("sent_at", "id")
    ]


def may_edit_now(actor: Actor, offer_id: UUID) -> int | None:
    """The version of one that this editor may work on now; None else. Opens no text. Raises `NotAllowed`."""
    rows = given_to(actor).filter(id=offer_id, state__in=TO_EDIT)
    return rows.values_list("version", flat=True).first()
