"""Share, revoke, expire, leave, erase in any order: the house agrees with a model of a few lines.

A tenth of the steps with a fixed seed at each run; all of them with `./mmm test --deep`.
"""

import datetime as dt
import os
import random
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.consent import selectors, services
from mmm.consent.selectors import NotThere
from mmm.foundation import clock
from tests import cast

STEPS = 10_000 if os.environ.get("MMM_DEEP") else 1_000
KINDS = ("dreams", "needs", "story")


@dataclass
class Model:
    """Who may read what until when: (owner, membership, kind) -> last day."""

    open: dict[tuple[Actor, Actor, str], dt.date] = field(default_factory=dict)
    looks: dict[Actor, int] = field(default_factory=dict)

    def kinds(self, owner: Actor, reader: Actor) -> set[str]:
        today = clock.today()
        return {
            kind for (o, r, kind), until in self.open.items() if (o, r) == (owner, reader) and until >= today
        }

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
        self.counts: dict[str, int] = {}

    def step(self) -> None:
        """Do one thing to the house and to the model, then look whether a pair still agrees."""
        act = self.random.choices(
            (self.share, self.revoke, self.revoke_all, self.days_pass, self.leave, self.erase),
            weights=(45, 18, 8, 16, 6, 3),
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
            assert len(given) == sum(len(self.model.kinds(owner, reader)) for reader in self.readers)
            assert len(selectors.looks_for(owner, limit=100_000)) == self.model.looks.get(owner, 0)

    def share(self, owner: Actor, reader: Actor) -> None:
        kinds = self.random.sample(KINDS, self.random.randint(1, 3))
        days = self.random.choice((0, 1, 7, 30))
        cast.share(owner, reader, *kinds, days=days + (clock.today() - cast.today()).days)
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

    def leave(self, owner: Actor, reader: Actor) -> None:
        cast.leave(reader)
        self.model.forget(reader=reader)
        assert all(not read_now(each, reader) for each in self.owners)
        self.readers[self.readers.index(reader)] = cast.member(Actor(reader.user), cast.organisation())

    def erase(self, owner: Actor, reader: Actor) -> None:
        accounts.erase_now(owner.id, owner.vault_id)
        self.model.forget(owner=owner)
        self.model.looks.pop(owner, None)
        assert all(not read_now(owner, each) for each in self.readers)
        self.owners[self.owners.index(owner)] = cast.worker("P")


@pytest.mark.django_db
def test_any_order_of_sharing_and_ending_agrees_with_the_model():
    with ExitStack() as moving:
        walk = Walk(seed=20, moving=moving)
        for number in range(STEPS):
            walk.step()
            if number % 100 == 99:
                walk.check_all()
        walk.check_all()
    assert min(walk.counts.values()) >= STEPS // 100, walk.counts
