"""Guarded reads of consent. `open_to` is the one source of "may see now"; nothing is copied from it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils.safestring import SafeString

from mmm.accounts.actors import Actor
from mmm.consent import conditions, health, policy, things
from mmm.consent.models import Draft, Grant, Letter
from mmm.foundation import audit, clock, crypto
from mmm.foundation.dataclass import P2
from mmm.foundation.doors import SharedThing
from mmm.foundation.policy import require
from mmm.region import selectors as region
from mmm.region.selectors import Reader


class NotThere(Exception):
    """There is no such thing for this viewer; "not there" and "not yours" are the same."""


def _given() -> QuerySet[Grant]:
    """Grants in force, whether or not their owner has a break. Computed here, at every read: taken back, run
    out, blocked, left the organisation, its check or confirmation withdrawn, another role since, erased.
    """
    return _in_force().filter(until__gte=clock.today())


@cache
def _in_force() -> QuerySet[Grant]:
    # Never asked itself: what is the same at every read is put together once.
    return Grant.objects.filter(conditions.IN_FORCE, revoked_at=None, owner__is_active=True)


def _kept() -> QuerySet[Grant]:
    """Grants that nobody took back and whose last day has not passed, whatever else ends them."""
    return Grant.objects.filter(revoked_at=None, until__gte=clock.today(), owner__is_active=True)


@cache
def _readable() -> QuerySet[Grant]:
    """Grants by which somebody may read, but for their days: in force, and no break of the owner."""
    return _in_force().filter(owner__paused_at=None)


def in_force_until(day: dt.date) -> QuerySet[Grant]:
    """Everybody's grants in force whose last day is this one or before; for what comes round by itself."""
    return _given().filter(until__lte=day)


def in_force_with(membership_ids: Sequence[UUID]) -> QuerySet[Grant]:
    """Everybody's grants in force with these readers; for what happens when they leave."""
    return _given().filter(membership_id__in=membership_ids)


def regions_of(owner_id: UUID) -> set[UUID]:
    """The regions of those whom this person shares or shared with (a door for who looks after a region)."""
    rows = Grant.objects.filter(owner_id=owner_id)
    return set(rows.values_list("membership__organisation__region_id", flat=True))


def open_to(viewer: Actor, **of: Any) -> QuerySet[Grant]:
    """What this viewer may read now, in the membership they are here with; `of`: more conditions."""
    if viewer.role.membership_id is None:
        return Grant.objects.none()
    mine = {"reader_id": viewer.id, "membership_id": viewer.role.membership_id}
    return _readable().filter(until__gte=clock.today(), **mine, **of)


@dataclass(frozen=True, slots=True)
class Sharer:
    """A person who opened something to the viewer: name, the titles of what, and until when.

    `new_titles`: what of it was opened since the viewer last read (`read_at`, None: never).
    """

    owner_id: UUID
    name: str
    titles: Sequence[str]
    new_titles: Sequence[str]
    since: dt.datetime
    until: dt.date
    read_at: dt.datetime | None


def shared_with(viewer: Actor) -> list[Sharer]:
    """*Met mij gedeeld*: who opened what to this viewer. No text, so no look.

    A look opens all that is shared at that moment, so its moment says what was read; the log itself is
    asked, once for all of them.
    """
    found: dict[UUID, list[Grant]] = {}
    for grant in open_to(viewer).select_related("owner").order_by("-created_at", "id"):
        found.setdefault(grant.owner_id, []).append(grant)
    if not found:
        return []
    vaults, work = [grants[0].vault_id for grants in found.values()], viewer.role.membership_id
    looked = audit.last_looks(vaults, reader_id=viewer.id, membership_id=work)
    titles = things.titles()
    return [_sharer(grants, titles, looked.get(grants[0].vault_id)) for grants in found.values()]


def _sharer(grants: Sequence[Grant], titles: Mapping[str, str], read_at: dt.datetime | None) -> Sharer:
    """What one person opened to the viewer, the newest first."""
    kinds = {grant.kind for grant in grants}
    new = {grant.kind for grant in grants if read_at is None or grant.created_at > read_at}
    return Sharer(
        owner_id=grants[0].owner_id,
        name=grants[0].owner.name,
        titles=[title for kind, title in titles.items() if kind in kinds],
        new_titles=[title for kind, title in titles.items() if kind in new],
        since=grants[0].created_at,
        until=min(grant.until for grant in grants),
        read_at=read_at,
    )


@dataclass(frozen=True, slots=True)
class Given:
    """One open grant as its owner sees it."""

    grant_id: UUID
    thing_id: UUID
    title: str
    until: dt.date
    reader_id: UUID
    membership_id: UUID


@dataclass(frozen=True, slots=True)
class Column:
    """One reader in the matrix, with what is open to them."""

    reader: Reader
    given: Sequence[Given]

    def cell(self, thing_id: UUID) -> Given | None:
        return next((each for each in self.given if each.thing_id == thing_id), None)


@dataclass(frozen=True, slots=True)
class Matrix:
    """*Wie mag wat lezen?*: the person's things, and a column for each reader."""

    things: Sequence[SharedThing]
    columns: Sequence[Column]
    closed: Sequence[Reader] = ()  # readers for whom it closed by itself, all or a part of it

    @property
    def rows(self) -> list[tuple[SharedThing, list[Given | None]]]:
        return [(thing, [column.cell(thing.id) for column in self.columns]) for thing in self.things]


def given_by(actor: Actor) -> list[Given]:
    """The actor's own grants in force, newest first; a break leaves them as they are. Raises `NotAllowed`."""
    require(policy.may_decide(actor))
    titles = things.titles()
    grants = _given().filter(owner=actor.user).order_by("-created_at", "id")
    return [_as_given(row, titles) for row in grants.values_list(*_OF_GIVEN)]


_OF_GIVEN = ("id", "thing_id", "kind", "until", "reader_id", "membership_id")


def _as_given(row: Sequence[Any], titles: Mapping[str, str]) -> Given:
    grant_id, thing_id, kind, until, reader_id, membership_id = row
    return Given(grant_id, thing_id, titles[kind], until, reader_id, membership_id)


@cache
def _all() -> QuerySet[Any]:
    """Grants nobody took back, with whether each is in force and whether a block of its owner ends it."""
    return Grant.objects.filter(revoked_at=None, owner__is_active=True).annotate(
        in_force=ExpressionWrapper(conditions.IN_FORCE, BooleanField()),
        blocked=ExpressionWrapper(conditions.BLOCKED, BooleanField()),
    )


def blocked_grants(actor: Actor) -> QuerySet[Grant]:
    """The actor's grants that a block of theirs closes now. Raises `NotAllowed`."""
    require(policy.may_decide(actor))
    kept = Grant.objects.filter(conditions.BLOCKED, owner=actor.user, revoked_at=None)
    # Asked again: what was taken back since keeps its moment, on PostgreSQL as well.
    return Grant.objects.filter(id__in=list(kept.values_list("id", flat=True)), revoked_at=None)


def matrix_for(actor: Actor) -> Matrix:
    """Parts x readers of the actor's own story. Raises `NotAllowed`."""
    require(policy.may_decide(actor))
    titles = things.titles()
    given, closed = [], set()
    rows = _all().filter(owner=actor.user, until__gte=clock.today()).order_by("-created_at", "id")
    for in_force, blocked, *row in rows.values_list("in_force", "blocked", *_OF_GIVEN):
        each = _as_given(row, titles)
        if in_force:
            given.append(each)
        elif not blocked:  # who is blocked stands on the page of blocks
            closed.add(each.membership_id)
    readers = region.readers([*(each.membership_id for each in given), *closed])
    by_reader: dict[UUID, list[Given]] = {}
    for each in given:
        by_reader.setdefault(each.membership_id, []).append(each)
    return Matrix(
        things=things.of(actor.id),
        columns=[Column(readers[membership_id], grants) for membership_id, grants in by_reader.items()],
        closed=sorted((readers[each] for each in closed if each in readers), key=lambda each: each.line),
    )


def readers_by_thing(actor: Actor) -> dict[UUID, list[str]]:
    """Names of who may read each of the actor's things now. Raises `NotAllowed`."""
    given = given_by(actor)
    readers = region.readers([each.membership_id for each in given])
    names: dict[UUID, list[str]] = {}
    for each in given:
        names.setdefault(each.thing_id, []).append(readers[each.membership_id].name)
    return names


def reader_names(actor: Actor, kind: str) -> list[str]:
    """Names of who may read the actor's own thing of this kind now. One query. Raises `NotAllowed`."""
    require(policy.may_decide(actor))
    found = _given().filter(owner=actor.user, kind=kind).order_by("-created_at", "id")
    return list(found.values_list("membership__name", flat=True))


def somebody_may_read(actor: Actor, thing_id: UUID) -> bool:
    """Whether the actor's own thing is open to anybody: a reader, or whoever has a letter about it.

    Also while something else keeps it closed, a break for one: it opens again by itself.
    """
    require(policy.may_decide(actor))
    if _kept().filter(owner=actor.user, thing_id=thing_id).exists():
        return True
    letters = Letter.objects.filter(owner=actor.user, ended_at=None, until__gte=clock.today())
    chosen = letters.values_list("things", flat=True)
    return any(thing_id.hex == each for things in chosen for _kind, each in things)


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look at the actor's story, with the grant to stop if it is still open."""

    at: dt.datetime
    reader_line: str
    titles: Sequence[str]
    open_grant: UUID | None
    id: UUID | None = None  # set when a coordinator can look into it: somebody read in a membership


def looks_for(actor: Actor, *, days: int | None = None, limit: int, offset: int = 0) -> list[LookLine]:
    """*Wie las wat?*, newest first; `days` looks back that far (all there is when None)."""
    require(policy.may_decide(actor))
    open_now = {(each.membership_id, each.thing_id): each.grant_id for each in given_by(actor)}
    since = clock.now() - dt.timedelta(days=days) if days else None
    titles = things.titles()
    return [
        LookLine(
            at=look.at,
            reader_line=look.reader_line,
            titles=[str(titles.get(item.kind, item.label)) for item in look.items],
            open_grant=next(
                (
                    open_now[key]
                    for item in look.items
                    if look.membership_id and (key := (look.membership_id, item.id)) in open_now
                ),
                None,
            ),
            id=look.id if look.membership_id else None,
        )
        for look in audit.looks_for_owner(actor.vault_id, since=since, limit=limit, offset=offset)
    ]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person has chosen so far in a draft, checked against what is there now."""

    draft_id: UUID
    version: int
    things: Sequence[SharedThing]
    reader: Reader | None = None
    purpose: str = ""
    words: str = ""
    until: dt.date | None = None
    knows_unchecked: bool = False
    knows_income: bool = False
    # The owner's own, that opened the draft: it opens the preview too, and asks for the key once.
    receipt: crypto.Receipt | None = None
    # All that the draft holds, also what other ways of sharing keep in it (`letters`).
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def warns_of_income(self) -> bool:
        """The reader works where benefits are decided: whatever is shared may count there (rule 14)."""
        return bool(self.reader and self.reader.decides_on_benefits)

    @property
    def asks_unchecked(self) -> bool:
        """Nobody checked the reader's organisation, and the person has not read yet what that means."""
        return bool(self.reader and not self.reader.checked and not self.knows_unchecked)

    @property
    def asks_income(self) -> bool:
        """The person has not read yet what it may mean that this reader would get more than P2 (rule 14)."""
        return self.warns_of_income and bool(self.beyond_p2) and not self.knows_income

    @property
    def beyond_p2(self) -> list[SharedThing]:
        """What of it an employer never gets, and who decides on benefits only after a page about that."""
        return [thing for thing in self.things if thing.data_class is not P2]

    @property
    def within_p2(self) -> list[SharedThing]:
        """What of it any reader may get."""
        return [thing for thing in self.things if thing.data_class is P2]


def draft_for(actor: Actor, draft_id: UUID) -> Choices:
    """The actor's own draft. Raises `NotAllowed`, `NotThere`."""
    require(policy.may_decide(actor))
    draft = Draft.objects.filter(id=draft_id, owner=actor.user).first()
    if draft is None or not draft.choices:
        raise NotThere
    receipt = audit.own(actor.vault_id)
    chosen = crypto.unseal_json(draft.choices, receipt)
    ids = {UUID(each) for each in chosen["things"]}
    reader = None
    if chosen.get("membership"):  # gone from the draft as soon as this reader left or was blocked
        reader = region.active_reader(UUID(chosen["membership"]), owner_id=actor.id)
    return Choices(
        draft_id=draft.id,
        version=draft.version,
        things=[thing for thing in things.of(actor.id) if thing.id in ids],
        reader=reader,
        purpose=chosen.get("purpose", ""),
        words=chosen.get("words", ""),
        until=dt.date.fromisoformat(chosen["until"]) if chosen.get("until") else None,
        knows_unchecked=bool(chosen.get("knows_unchecked")),
        knows_income=bool(chosen.get("knows_income")),
        receipt=receipt,
        raw=chosen,
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was opened in one go, as the reader gets it and as the owner sees it beforehand: made once."""

    until: dt.date
    purpose: str
    words: str
    html: Sequence[SafeString]

    @property
    def health_words(self) -> list[str]:
        """Words about health in all of it, which an employer would get (house rule 2)."""
        return health.words_in([*self.html, self.words])


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one person opened to one reader."""

    owner_name: str
    sheets: Sequence[Sheet]


def preview_for(actor: Actor, choices: Choices) -> Sheet:
    """What the chosen reader will get. Raises `NotAllowed`, `NotThere`."""
    require(policy.may_decide(actor))
    if not choices.things or not choices.until:
        raise NotThere
    receipt = choices.receipt or audit.own(actor.vault_id)
    return Sheet(
        until=choices.until,
        purpose=choices.purpose,
        words=choices.words,
        html=list(things.render([thing.id for thing in choices.things], receipt).values()),
    )
