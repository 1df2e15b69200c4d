"""Verbs of consent: choose, share, take back, read."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mmm.accounts import notices
from mmm.accounts.actors import Actor
from mmm.consent import policy, selectors, things
from mmm.consent.models import Draft, Grant
from mmm.consent.selectors import Choices, NotThere, Reading, Sheet
from mmm.foundation import audit, clock, crypto, ids
from mmm.foundation.doors import SharedThing
from mmm.foundation.policy import Denied, require
from mmm.region import selectors as region
from mmm.region.selectors import Reader

A_WEEK, ENDS_SOON, READER_LEFT = dt.timedelta(days=7), "consent.ends_soon", "consent.reader_left"
KNOWN = ("knows_unchecked", "knows_income")


@transaction.atomic
def begin(actor: Actor, *, chosen: Sequence[SharedThing]) -> Draft:
    """Start choosing: these things. Nothing is shared yet. Raises `NotAllowed`, `NotThere`."""
    require(policy.may_decide(actor))
    if not chosen or any(thing.owner_id != actor.id for thing in chosen):
        raise NotThere
    draft = Draft(owner=actor.user, vault_id=actor.vault_id, created_at=clock.now())
    _seal(actor, draft, {"things": [thing.id.hex for thing in chosen]})
    return draft


@transaction.atomic
def choose(actor: Actor, *, draft_id: UUID, **chosen: Any) -> None:
    """Put `things` (ids in hex), `membership` (UUID), `purpose`, `words` or `until` (date) into the draft.

    Or `knows_unchecked`, `knows_income` (bool): the person read the page about that reader.

    Raises `NotAllowed`, and `NotThere` for a draft that is not the actor's.
    """
    require(policy.may_decide(actor))
    draft = Draft.objects.select_for_update().filter(id=draft_id, owner=actor.user).first()
    if draft is None or not draft.choices:
        raise NotThere
    before = crypto.unseal_json(draft.choices, audit.own(actor.vault_id))
    plain = {key: _plain(value) for key, value in chosen.items()}
    if plain.get("membership", before.get("membership")) != before.get("membership"):
        before = {key: value for key, value in before.items() if key not in KNOWN}  # read about somebody else
    draft.version += 1
    _seal(actor, draft, {**before, **plain})


@transaction.atomic
def share(
    actor: Actor, *, draft_id: UUID, version: int | None = None, not_about_health: bool = False
) -> list[Grant]:
    """Open what the draft names, to whom it names, and tell the reader that something is there.

    A grant for the same thing to the same reader that is still open is replaced. The draft goes.
    `version` is the one of the draft that the person saw; a draft that was changed since (in another tab) is
    not shared. `not_about_health`: they said so of the health words in what goes to an employer (rule 2).
    Raises `NotAllowed` with the reason, and `NotThere` when the draft, a thing or the reader is gone.
    """
    # A person's shares go one after the other, so that none runs into the grant that another just opened.
    list(Draft.objects.select_for_update().filter(owner=actor.user).order_by("id").values_list("id"))
    choices = selectors.draft_for(actor, draft_id)
    if version not in {None, choices.version}:
        require(Denied(_("You changed this on another page. Look at it once more.")))
    if not choices.things or choices.reader is None or choices.until is None:
        raise NotThere
    reader = choices.reader
    require(region.may_take_new(reader))
    for thing in choices.things:
        require(
            policy.may_share(
                actor,
                thing,
                reader,
                until=choices.until,
                knows_unchecked=choices.knows_unchecked,
                knows_income=choices.knows_income,
            )
        )
    if reader.employer and not not_about_health and selectors.preview_for(actor, choices).health_words:
        require(Denied(_("Look at these words first.")))
    now, share_id = clock.now(), ids.new()
    _ended(actor, Q(membership_id=reader.membership_id, thing_id__in=[thing.id for thing in choices.things]))
    grants = [
        _grant(actor, thing, choices, reader=reader, until=choices.until, share_id=share_id, now=now)
        for thing in choices.things
    ]
    Grant.objects.bulk_create(grants)
    Draft.objects.filter(id=draft_id).delete()
    notices.send(reader.user_id, kind="consent.shared", view="consent:shared_with_me", key=share_id.hex)
    return grants


@transaction.atomic
def revoke(actor: Actor, *, grant_id: UUID, everything: bool = False) -> int:
    """Take back one grant, or `everything` this reader has from the actor. Works at the next request.

    Returns how many grants ended (0 when they had ended already). Raises `NotAllowed`, `NotThere`.
    """
    require(policy.may_decide(actor))
    grant = Grant.objects.filter(id=grant_id, owner=actor.user).first()
    if grant is None:
        raise NotThere
    which = Q(membership_id=grant.membership_id)
    return _ended(actor, which if everything else which & Q(thing_id=grant.thing_id))


_OF_A_LOOK = (
    "share_id",
    "vault_id",
    "kind",
    "thing_id",
    "until",
    "purpose",
    "owner__name",
    "owner__vault_id",
)


@transaction.atomic
def read(actor: Actor, *, owner_id: UUID) -> Reading:
    """What `owner_id` opened to this reader. The look is written first, in the same transaction (rule 5).

    The grants and their owner stay locked until then: taking back, a break and erasing wait for it, so that
    no look is left behind.
    Raises `NotThere`: nothing open, taken back, expired, left, erased and never shared are all the same.
    """
    grants = list(
        selectors.open_to(actor, owner_id=owner_id)
        .select_for_update(of=("self", "owner"), no_key=True)
        .select_related("owner")
        .only(*_OF_A_LOOK)
        .order_by("-created_at", "id")
    )
    if not grants:
        raise NotThere
    owner = grants[0].owner
    titles = things.titles()
    order = list(titles)
    receipt = audit.look(
        vault_id=owner.vault_id,
        reader_id=actor.id,
        reader_line=actor.role.line,
        membership_id=actor.role.membership_id,
        items=[
            audit.Item(kind=grant.kind, id=grant.thing_id, label=titles[grant.kind])
            for grant in sorted(grants, key=lambda grant: order.index(grant.kind))
        ],
    )
    return Reading(owner_name=owner.name, sheets=_sheets(grants, receipt))


def tell_what_ends() -> int:
    """Tell each owner once that a share runs out within a week; returns how many shares. May be repeated.

    Not for shares that were meant to last two weeks or less: their owner has not forgotten. Not for what
    closed already by itself: nobody reads it, so nothing ends.
    """
    count = 0
    soon = selectors.in_force_until(clock.today() + A_WEEK)
    shares = soon.values_list("owner_id", "share_id", "until", "created_at__date").distinct()
    for owner_id, share_id, until, began in shares:
        if until - began > 2 * A_WEEK:
            notices.send(owner_id, kind=ENDS_SOON, view="consent:who", key=share_id.hex)
            count += 1
    return count


def tell_reader_leaves(membership_ids: Sequence[UUID]) -> None:
    """Tell everybody who shares with somebody that this work ends: a door of region, called just before."""
    sharing = selectors.in_force_with(membership_ids).values_list("owner_id", "membership_id")
    for owner_id, membership_id in sharing.order_by("owner_id", "membership_id").distinct():
        notices.send(owner_id, kind=READER_LEFT, view="consent:who", key=membership_id.hex)


def close_all() -> int:
    """After a restore: end every open grant, because the backup does not know what was taken back since.

    Returns how many. People share anew what they want to; nobody reads by mistake what somebody took back.
    """
    return Grant.objects.filter(revoked_at=None).update(revoked_at=clock.now())


def erase(user_id: UUID) -> None:
    """Remove every grant and draft of this person, as owner and as reader. May be repeated."""
    Grant.objects.filter(Q(owner_id=user_id) | Q(reader_id=user_id)).delete()
    Draft.objects.filter(owner_id=user_id).delete()


def forget_drafts(before: dt.datetime) -> int:
    """Remove drafts begun before that moment; returns how many rows went."""
    return Draft.objects.filter(created_at__lt=before).delete()[0]


def forget_ended(before: dt.datetime) -> int:
    """Remove grants that were taken back or ran out before that moment; returns how many rows went."""
    return Grant.objects.filter(Q(revoked_at__lt=before) | Q(until__lt=before.date())).delete()[0]


def _sheets(grants: Sequence[Grant], receipt: crypto.Receipt) -> list[Sheet]:
    shares: dict[UUID, list[Grant]] = {}
    for grant in grants:
        shares.setdefault(grant.share_id, []).append(grant)
    pieces = things.render([grant.thing_id for grant in grants], receipt)
    sheets = []
    for share_grants in shares.values():
        ids_of_share = {grant.thing_id for grant in share_grants}
        first = share_grants[0]
        purpose = crypto.unseal_json(first.purpose, receipt) if first.purpose else {}
        sheets.append(
            Sheet(
                until=first.until,
                purpose=purpose.get("code", ""),
                words=purpose.get("words", ""),
                html=[piece for thing_id, piece in pieces.items() if thing_id in ids_of_share],
            )
        )
    return sheets


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, dt.date) else value


def _seal(actor: Actor, draft: Draft, chosen: dict[str, Any]) -> None:
    crypto.seal_json(draft, "choices", chosen, audit.own(actor.vault_id))
    draft.save()


def _grant(
    actor: Actor,
    thing: SharedThing,
    choices: Choices,
    *,
    reader: Reader,
    until: dt.date,
    share_id: UUID,
    now: dt.datetime,
) -> Grant:
    grant = Grant(
        share_id=share_id,
        owner=actor.user,
        vault_id=actor.vault_id,
        kind=thing.kind,
        thing_id=thing.id,
        data_class=thing.data_class.value,
        reader_id=reader.user_id,
        membership_id=reader.membership_id,
        until=until,
        created_at=now,
        knows_unchecked=choices.knows_unchecked,
        knows_income=choices.knows_income,
    )
    purpose = {"code": choices.purpose, "words": choices.words}
    crypto.seal_json(grant, "purpose", purpose, audit.own(actor.vault_id))
    return grant


def _ended(actor: Actor, which: Q) -> int:
    open_grants = Grant.objects.filter(which, owner=actor.user, revoked_at=None)
    return open_grants.update(revoked_at=clock.now())
