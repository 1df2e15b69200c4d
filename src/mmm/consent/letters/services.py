"""Verbs of letters: choose, make, take back; open once and read, without an account."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mmm.accounts.actors import Actor
from mmm.consent import services as consent
from mmm.consent import things
from mmm.consent.letters import codes, policy, selectors, viewing
from mmm.consent.models import Draft, Letter
from mmm.consent.policy import may_decide
from mmm.consent.selectors import NotThere
from mmm.foundation import audit, clock, crypto, ids
from mmm.foundation.dataclass import P2, P3
from mmm.foundation.policy import Denied, require


def choose(actor: Actor, *, draft_id: UUID, employer: bool, reader: str, until: dt.date) -> None:
    """Say for whom the letter is and until when; nothing is made yet. Raises `NotAllowed`, `NotThere`."""
    letter = {"employer": employer, "reader": reader, "until": until.isoformat()}
    consent.choose(actor, draft_id=draft_id, letter=letter)


@transaction.atomic
def make(
    actor: Actor,
    *,
    draft_id: UUID,
    version: int | None = None,
    knows_paper: bool = False,
    not_about_health: bool = False,
) -> Letter:
    """Make the letter that the draft describes; the draft goes. See `policy.may_make` for the two ticks.

    `version` is the one of the draft that the person saw. Raises `NotAllowed` with the reason, `NotThere`.
    """
    list(Draft.objects.select_for_update().filter(owner=actor.user).order_by("id").values_list("id"))
    choices = selectors.choices_for(actor, draft_id)
    if version not in {None, choices.version}:
        require(Denied(_("You changed this on another page. Look at it once more.")))
    if not choices.complete or choices.until is None:
        raise NotThere
    require(policy.may_make(actor, choices, knows_paper=knows_paper, not_about_health=not_about_health))
    letter_id = ids.new()
    letter = Letter(
        id=letter_id,
        owner=actor.user,
        vault_id=actor.vault_id,
        code=codes.fingerprint(codes.code_of(letter_id)),
        things=[[thing.kind, thing.id.hex] for thing in choices.things],
        data_class=(P3 if choices.strict else P2).value,
        for_employer=bool(choices.employer),
        until=choices.until,
        created_at=clock.now(),
    )
    crypto.seal(letter, "reader", choices.reader, audit.own(actor.vault_id))
    letter.save(force_insert=True)
    Draft.objects.filter(id=draft_id).delete()
    return letter


@transaction.atomic
def take_back(actor: Actor, *, letter_id: UUID) -> None:
    """End a letter; what is on a screen is gone at its next click. Twice changes nothing.

    Raises `NotAllowed`, `NotThere`.
    """
    require(may_decide(actor))
    if not Letter.objects.filter(id=letter_id, owner=actor.user).exists():
        raise NotThere
    Letter.objects.filter(id=letter_id, ended_at=None).update(ended_at=clock.now())


def open_once(*, letter_id: UUID, mark: str, viewer: Actor | None = None) -> bool:
    """Use up the code: from now on the browser with this mark may read, for half an hour, and nobody else.

    False when it may not be opened (any more); of two at the same moment one gets True.
    """
    opened = {"opened_at": clock.now(), "view": codes.view_of(mark)}
    with transaction.atomic():
        # The condition below looks at the owner, too. PostgreSQL does not ask that again of a letter that
        # somebody else changed while we waited for it. So wait first.
        Letter.objects.select_for_update().filter(id=letter_id).first()
        if viewer is not None and not selectors.may_be_opened(letter_id, viewer=viewer):
            return False
        return bool(selectors.open_letters().filter(id=letter_id).update(**opened))


@dataclass(frozen=True, slots=True)
class Text:
    """What the reader gets: who wrote it, what, and until what moment it can be loaded again."""

    owner_name: str
    pieces: Sequence[SafeString]
    until: dt.datetime


@transaction.atomic
def read(*, letter_id: UUID, mark: str, viewer: Actor | None = None) -> Text:
    """The text of an opened letter, in the browser that opened it. The look is written first (rule 5).

    The letter stays locked until then, so that taking back and erasing wait for it. Raises `NotThere`.
    """
    letter = (
        selectors.opened_letters(mark)
        .filter(id=letter_id)
        .select_for_update(of=("self",))
        .select_related("owner")
        .first()
    )
    if letter is None or letter.opened_at is None or not viewing.may_open(viewer, letter):
        raise NotThere
    with translation.override(letter.owner.language):
        titles, reader_line = things.titles(), _("somebody with the code of a letter")
    receipt = audit.look(
        vault_id=letter.vault_id,
        reader_id=letter.id,
        reader_line=reader_line,
        membership_id=None,
        items=[audit.Item(kind=kind, id=UUID(hex=each), label=titles[kind]) for kind, each in letter.things],
    )
    pieces = things.render([UUID(hex=each) for _kind, each in letter.things], receipt)
    return Text(letter.owner.name, list(pieces.values()), letter.opened_at + selectors.VIEW)


def close_all() -> int:
    """After a restore: end every letter, because the backup does not know what was read or taken back."""
    return Letter.objects.filter(ended_at=None).update(ended_at=clock.now())


def erase(user_id: UUID) -> None:
    """Remove this person's letters. May be repeated."""
    Letter.objects.filter(owner_id=user_id).delete()


def forget_ended(before: dt.datetime) -> int:
    """Remove letters that were opened, taken back or ran out before that moment; returns how many."""
    over = Q(ended_at__lt=before) | Q(opened_at__lt=before) | Q(until__lt=before.date())
    return Letter.objects.filter(over).delete()[0]
