"""Opening a region: what somebody says is done, the question, the second yes, and closing again."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed, require
from mmm.foundation.public import raise_edition
from mmm.region import checklist, policy
from mmm.region.models import Opening, Promise, Region


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the checklist as a coordinator sees it. `promise`: when somebody said so."""

    item: checklist.Item
    green: bool
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How far a region is. `asked`: the opening that waits for the other person, or that holds now."""

    region: Region
    lines: list[Line]
    opening: Opening | None

    @property
    def green(self) -> bool:
        """Whether every item is in order."""
        return all(line.green for line in self.lines)

    @property
    def open_now(self) -> bool:
        """Whether the region takes new shares at this moment."""
        return self.region.is_open and self.green

    @property
    def waits(self) -> bool:
        """Whether one of the two asked, and the other has not said yes."""
        return self.opening is not None and self.opening.confirmed_at is None

    @property
    def missing(self) -> list[Line]:
        """What is not in order yet."""
        return [line for line in self.lines if not line.green]


def state_for(actor: Actor) -> State:
    """The checklist of the coordinator's own region: three questions. Raises `NotAllowed`."""
    region_id = policy.region_of(actor)
    region = Region.objects.annotate(**_named()).get(id=region_id)
    promises = {row.item: row for row in Promise.objects.filter(region=region, undone_at__isnull=True)}
    return State(
        region=region,
        lines=[
            Line(item, getattr(region, f"is_{item.key}"), promises.get(item.key)) for item in checklist.ITEMS
        ],
        opening=Opening.objects.filter(region=region, ended_at__isnull=True).first(),
    )


@transaction.atomic
def promise(actor: Actor, *, item: str) -> Promise:
    """Say that something is done which no data can show; saying it again renews the date.

    Raises:
        NotAllowed: no coordinator or deputy, or no such item.
    """
    region_id = policy.region_of(actor)
    if item not in Promise.Item.values:
        raise NotAllowed(_("There is no such line on the list."))
    _undo(region_id, item)
    made = Promise.objects.create(region_id=region_id, item=item, by=actor.id)
    raise_edition()
    return made


@transaction.atomic
def take_back(actor: Actor, *, item: str) -> None:
    """It was not so, or not any more. Raises `NotAllowed`."""
    _undo(policy.region_of(actor), item)
    raise_edition()


@transaction.atomic
def ask(actor: Actor) -> Opening:
    """One of coordinator and deputy asks to open; the other has to say yes. Asking twice is asking once.

    Raises:
        NotAllowed: no coordinator or deputy, or an item is not green.
    """
    state = _locked(actor)
    if not state.green:
        raise NotAllowed(_("Something on the list is not ready yet. Do that first."))
    return state.opening or Opening.objects.create(region=state.region, asked_by=actor.id)


@transaction.atomic
def confirm(actor: Actor) -> Opening:
    """The other of the two says yes: the region is open. Saying it again changes nothing.

    Raises:
        NotAllowed: the same person who asked, nobody asked, or an item is not green any more.
    """
    state = _locked(actor)
    if state.opening is None:
        raise NotAllowed(_("Nobody asked to open this region."))
    if state.opening.confirmed_at is not None:
        return state.opening
    require(policy.may_say_the_second_yes(actor, state.opening))
    if not state.green:
        raise NotAllowed(_("Something on the list is not ready yet. Do that first."))
    opening = state.opening
    opening.confirmed_at, opening.confirmed_by = clock.now(), actor.id
    opening.save(update_fields=["confirmed_at", "confirmed_by"])
    Region.objects.filter(id=state.region.id).update(is_open=True)
    raise_edition()
    return opening


@transaction.atomic
def close(actor: Actor) -> None:
    """Close the region, or take back the question; one person is enough for that. New shares stop at once.

    What is open already can still be read: a person decided that, and only that person takes it back.
    Raises `NotAllowed`.
    """
    region_id = policy.region_of(actor)
    Opening.objects.filter(region_id=region_id, ended_at__isnull=True).update(
        ended_at=clock.now(), ended_by=actor.id
    )
    Region.objects.filter(id=region_id).update(is_open=False)
    raise_edition()


def _locked(actor: Actor) -> State:
    # Two yeses at the same moment, or a yes and a close, go one after the other.
    list(Region.objects.select_for_update().filter(id=policy.region_of(actor)).values_list("id"))
    return state_for(actor)


def _undo(region_id: uuid.UUID, item: str) -> None:
    Promise.objects.filter(region_id=region_id, item=item, undone_at__isnull=True).update(
        undone_at=clock.now()
    )


def _named() -> dict[str, object]:
    return {f"is_{key}": condition for key, condition in checklist.conditions().items()}
