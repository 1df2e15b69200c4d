"""Share, stop, run out, leave, rest, block, two roles, unchecked, erase in any order: house and model agree.

Some of the steps with a fixed seed at each run; all of them with `./mmm test --deep`.
"""

import datetime as dt
import os
import random
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from mmm.accounts import pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.consent import selectors, services
from mmm.consent.blocks import services as blocks
from mmm.consent.selectors import NotThere
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.region import services as region
from mmm.region.models import ContactPoint, Membership, Organisation, Promise
from tests import cast

STEPS = 10_000 if os.environ.get("MMM_DEEP") else 300
KINDS = ("dreams", "needs", "story")


@dataclass
class Model:
    """Who may read what until when: (owner, membership, kind) -> last day."""

    open: dict[tuple[Actor, Actor, str], dt.date] = field(default_factory=dict)
    resting: set[Actor] = field(default_factory=set)
    blocked: set[tuple[Actor, Actor]] = field(default_factory=set)
    employers: set[Actor] = field(default_factory=set)  # who are an employer there, too
    checked: bool = True  # the organisation of everybody
    looks: dict[Actor, int] = field(default_factory=dict)

    def given(self, owner: Actor, reader: Actor) -> set[str]:
        """What the owner sees as shared: a break leaves it."""
        today = clock.today()
        if (owner, reader) in self.blocked or not self.checked:
            return set()
        open_now = {
            k for (o, r, k), until in self.open.items() if (o, r) == (owner, reader) and until >= today
        }
        return open_now - {"story"} if reader in self.employers else open_now

    def kinds(self, owner: Actor, reader: Actor) -> set[str]:
        """What the reader gets."""
        return set() if owner in self.resting else self.given(owner, reader)

    def forget(self, *, owner: Actor | None = None, reader: Actor | None = None) -> None:
        self.open = {key: until for key, until in self.open.items() if key[0] != owner and key[1] != reader}


def read_now(owner: Actor, reader: Actor) -> set[str]:
    """The kinds this reader really gets, by the headings on the sheets."""
    try:
        reading = services.read(reader, owner_id=owner.id)
    except NotThere:
        return set()
    text = "".join(piece for sheet in reading.sheets for piece in sheet.html)
    return {kind for kind in KINDS if f"deel-{kind}" in text}


class Walk:
    """One random walk."""

    def __init__(self, seed: int, moving: ExitStack):
        self.random = random.Random(seed)
        self.moving = moving
        self.model = Model()
        self.owners = [cast.worker(f"P{number}") for number in range(3)]
        self.readers = [cast.professional(f"R{number}") for number in range(3)]
        self.boss = cast.organisation("Werkpunt", kind="employer", at=cast.ELSEWHERE)
        self.counts: dict[str, int] = {}

    def step(self) -> None:
        """Do one thing to the house and to the model, then look whether a pair still agrees."""
        act = self.random.choices(
            (
                self.share,
                self.revoke,
                self.revoke_all,
                self.days_pass,
                self.leave,
                self.erase,
                self.rest_or_return,
                self.block_or_not,
                self.employer_or_not,
                self.checked_or_not,
            ),
            weights=(45, 14, 6, 14, 5, 3, 8, 8, 6, 3),
        )[0]
        self.counts[act.__name__] = self.counts.get(act.__name__, 0) + 1
        act(self.random.choice(self.owners), self.random.choice(self.readers))
        self.check(self.random.choice(self.owners), self.random.choice(self.readers))

    def check(self, owner: Actor, reader: Actor) -> None:
        expected = self.model.kinds(owner, reader)
        assert read_now(owner, reader) == expected
        if expected:
            self.model.looks[owner] = self.model.looks.get(owner, 0) + 1

    def check_all(self) -> None:
        """Every pair, every matrix, every log."""
        for owner in self.owners:
            for reader in self.readers:
                self.check(owner, reader)
            given = {(each.membership_id, each.title) for each in selectors.given_by(owner)}
            assert len(given) == sum(len(self.model.given(owner, reader)) for reader in self.readers)
            assert len(selectors.looks_for(owner, limit=100_000)) == self.model.looks.get(owner, 0)

    def share(self, owner: Actor, reader: Actor) -> None:
        kinds = self.random.sample(KINDS, self.random.randint(1, 3))
        days = self.random.choice((0, 1, 7, 30))
        later = days + (clock.today() - cast.today()).days
        two_roles = reader in self.model.employers and "story" in kinds
        if owner in self.model.resting or (owner, reader) in self.model.blocked or two_roles:
            with pytest.raises((NotAllowed, NotThere)):
                cast.share(owner, reader, *kinds, days=later)
            return
        if not self.model.checked:
            with pytest.raises(NotAllowed):
                cast.share(owner, reader, *kinds, days=later)
            return
        cast.share(owner, reader, *kinds, days=later)
        for kind in kinds:
            self.model.open[owner, reader, kind] = clock.today() + dt.timedelta(days=days)

    def given(self, owner: Actor, reader: Actor) -> list[selectors.Given]:
        mine = selectors.given_by(owner)
        return [each for each in mine if each.membership_id == reader.role.membership_id]

    def revoke(self, owner: Actor, reader: Actor) -> None:
        given = self.given(owner, reader)
        if given:
            chosen = self.random.choice(given)
            services.revoke(owner, grant_id=chosen.grant_id)
            services.revoke(owner, grant_id=chosen.grant_id)  # a second time changes nothing
            kind = next(thing.kind for thing in cast.things.of(owner.id) if thing.id == chosen.thing_id)
            del self.model.open[owner, reader, kind.removeprefix("stories.")]

    def revoke_all(self, owner: Actor, reader: Actor) -> None:
        given = self.given(owner, reader)
        if given:
            services.revoke(owner, grant_id=given[0].grant_id, everything=True)
            for kind in KINDS:
                self.model.open.pop((owner, reader, kind), None)

    def days_pass(self, owner: Actor, reader: Actor) -> None:
        self.moving.enter_context(clock.moved(dt.timedelta(days=self.random.choice((1, 2, 8)))))
        # A coordinator looks at numbers and promises each year; else the region closes for what is new.
        ContactPoint.objects.update(checked_on=clock.today())
        Promise.objects.update(at=clock.now())

    def leave(self, owner: Actor, reader: Actor) -> None:
        cast.leave(reader)
        self.model.forget(reader=reader)
        assert all(not read_now(each, reader) for each in self.owners)
        again = cast.member(Actor(reader.user), cast.organisation())
        self.readers[self.readers.index(reader)] = again
        # A block and another role are the person's, whichever membership they come with.
        self.model.blocked = {(o, again if r == reader else r) for o, r in self.model.blocked}
        self.model.employers = {again if each == reader else each for each in self.model.employers}

    def rest_or_return(self, owner: Actor, reader: Actor) -> None:
        resting = owner in self.model.resting
        (pause.resume if resting else pause.pause)(owner)
        (self.model.resting.discard if resting else self.model.resting.add)(owner)

    def block_or_not(self, owner: Actor, reader: Actor) -> None:
        pair = (owner, reader)
        if pair in self.model.blocked:
            blocks.unblock_person(owner, person_id=reader.id)
            self.model.blocked.discard(pair)
            # What any block of theirs closed stays closed.
            for o, r in {pair, *(each for each in self.model.blocked if each[0] == owner)}:
                for kind in KINDS:
                    self.model.open.pop((o, r, kind), None)
        else:
            blocks.block(owner, membership_id=reader.role.membership_id)
            self.model.blocked.add(pair)

    def employer_or_not(self, owner: Actor, reader: Actor) -> None:
        as_self = Actor(reader.user)
        if reader in self.model.employers:
            role = Membership.objects.get(user=reader.user, organisation=self.boss, ended_at=None)
            region.leave(as_self, membership=role)
            self.model.employers.discard(reader)
        else:
            region.request_membership(as_self, organisation=self.boss, profession=None, name="X")
            self.model.employers.add(reader)

    def checked_or_not(self, owner: Actor, reader: Actor) -> None:
        self.model.checked = not self.model.checked
        now = clock.now() if self.model.checked else None
        Organisation.objects.filter(id=cast.organisation().id).update(checked_at=now)

    def erase(self, owner: Actor, reader: Actor) -> None:
        accounts.erase_now(owner.id, owner.vault_id)
        self.model.forget(owner=owner)
        self.model.resting.discard(owner)
        self.model.looks.pop(owner, None)
        assert all(not read_now(owner, each) for each in self.readers)
        self.owners[self.owners.index(owner)] = cast.worker("P")


@pytest.mark.django_db
def test_any_order_of_sharing_and_ending_agrees_with_the_model():
    with ExitStack() as moving:
        walk = Walk(seed=20, moving=moving)
        for number in range(STEPS):
            walk.step()
            if number % 50 == 49:
                walk.check_all()
        walk.check_all()
    assert min(walk.counts.values()) >= STEPS // 100, walk.counts
