"""Guarded reads of letters. `open_letters` is the one source of "may be opened now"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mmm.accounts.actors import Actor
from mmm.consent import health, things
from mmm.consent import selectors as consent
from mmm.consent.letters import codes, viewing
from mmm.consent.models import Letter
from mmm.consent.policy import may_decide
from mmm.consent.selectors import NotThere
from mmm.foundation import audit, clock, crypto
from mmm.foundation.dataclass import P2, P3
from mmm.foundation.doors import SharedThing
from mmm.foundation.policy import require

# How long the opened text can be loaded again in the browser that opened it. Each time is a look.
VIEW = dt.timedelta(minutes=30)
STATES = {
    "waiting": _("Not read yet"),
    "opened": _("Opened"),
    "ended": _("Taken back"),
    "expired": _("Run out, not read"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person has chosen so far for a letter, checked against what is there now.

    `left_out`: what they chose that an employer never gets. `pieces`: what the reader will see.
    """

    draft_id: UUID
    version: int
    things: Sequence[SharedThing]
    left_out: Sequence[SharedThing]
    reader: str
    employer: bool | None
    until: dt.date | None
    pieces: Sequence[SafeString] = ()

    @property
    def complete(self) -> bool:
        """Whether everything is chosen."""
        return self.employer is not None and bool(self.reader) and self.until is not None

    @property
    def strict(self) -> list[SharedThing]:
        """The things that are P3."""
        return [thing for thing in self.things if thing.data_class == P3]

    @property
    def health_words(self) -> list[str]:
        """Words about health in what would go to an employer (house rule 2); empty for anybody else."""
        return health.words_in(self.pieces) if self.employer else []


def choices_for(actor: Actor, draft_id: UUID) -> Choices:
    """The actor's own draft as a letter, with its preview once all is chosen.

    Raises `NotAllowed`, `NotThere`.
    """
    found = consent.draft_for(actor, draft_id)
    chosen = found.raw.get("letter") or {}
    employer = chosen.get("employer")
    along = [thing for thing in found.things if thing.data_class == P2 or not employer]
    receipt = found.receipt or audit.own(actor.vault_id)
    pieces = things.render([thing.id for thing in along], receipt) if along and chosen else {}
    return Choices(
        draft_id=draft_id,
        version=found.version,
        things=along,
        left_out=[thing for thing in found.things if thing not in along],
        reader=chosen.get("reader", ""),
        employer=employer,
        until=dt.date.fromisoformat(chosen["until"]) if chosen.get("until") else None,
        pieces=list(pieces.values()),
    )


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter as its owner sees it."""

    id: UUID
    reader: str
    titles: Sequence[str]
    until: dt.date
    opened_at: dt.datetime | None
    state: str
    open_view: bool  # opened, and still on somebody's screen

    @property
    def state_text(self) -> str | Promise:
        """Not read yet, opened, taken back or run out."""
        return STATES[self.state]

    @property
    def code(self) -> str:
        """The code on paper, as long as it works; else empty."""
        return codes.code_of(self.id) if self.state == "waiting" else ""

    @property
    def can_end(self) -> bool:
        """Whether taking it back changes anything."""
        return self.state == "waiting" or self.open_view


def letters_for(actor: Actor) -> list[OwnLetter]:
    """The actor's own letters, newest first. Raises `NotAllowed`."""
    require(may_decide(actor))
    receipt, titles = audit.own(actor.vault_id), things.titles()
    found = Letter.objects.filter(owner=actor.user).order_by("-created_at", "id")
    return [_own(letter, receipt, titles) for letter in found]


def letter_for(actor: Actor, letter_id: UUID) -> OwnLetter:
    """One of the actor's own letters. Raises `NotAllowed`, `NotThere`."""
    require(may_decide(actor))
    letter = Letter.objects.filter(id=letter_id, owner=actor.user).first()
    if letter is None:
        raise NotThere
    return _own(letter, audit.own(actor.vault_id), things.titles())


def open_letters() -> QuerySet[Letter]:
    """Letters that may be opened now: computed here at every request, like grants."""
    return _standing().filter(opened_at=None, until__gte=clock.today())


def opened_letters(mark: str) -> QuerySet[Letter]:
    """Letters whose text this browser may load again now."""
    return _standing().filter(view=codes.view_of(mark), opened_at__gt=clock.now() - VIEW)


def by_code(typed: str, *, viewer: Actor | None) -> UUID | None:
    """The letter with this code if this viewer may open it now.

    Wrong, used, taken back, run out and not for them are the same.
    """
    letter = open_letters().filter(code=codes.fingerprint(typed)).first()
    return letter.id if letter is not None and viewing.may_open(viewer, letter) else None


def may_be_opened(letter_id: UUID, *, viewer: Actor | None) -> bool:
    """Whether this viewer may still be the first to open this letter."""
    return viewing.may_open(viewer, open_letters().filter(id=letter_id).first())


def state_of(letter: Letter) -> str:
    """waiting, opened, ended or expired. What was read and then taken back is ended."""
    if letter.ended_at:
        return "ended"
    if letter.opened_at:
        return "opened"
    return "waiting" if letter.until >= clock.today() else "expired"


def _standing() -> QuerySet[Letter]:
    return Letter.objects.filter(ended_at=None, owner__is_active=True, owner__paused_at=None)


def _own(letter: Letter, receipt: crypto.Receipt, titles: dict[str, str]) -> OwnLetter:
    if letter.reader is None:
        raise crypto.Unreadable
    return OwnLetter(
        id=letter.id,
        reader=crypto.unseal(letter.reader, receipt),
        titles=[titles[kind] for kind, _id in letter.things],
        until=letter.until,
        opened_at=letter.opened_at,
        state=state_of(letter),
        open_view=bool(
            letter.ended_at is None and letter.opened_at and letter.opened_at > clock.now() - VIEW
        ),
    )
