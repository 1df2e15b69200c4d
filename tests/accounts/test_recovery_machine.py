"""Ask, wait, hand over, use, stop, allow, in any order: a recovery agrees with a model of a few lines.

A tenth of the steps with a fixed seed at each run; all of them with `./mmm test --deep`.
"""

import datetime as dt
import os
import random
from contextlib import ExitStack

import pytest
from django.test import Client
from django.urls import reverse

from mmm.accounts import letters, recovery, ways_in
from mmm.accounts.models import Recovery, User
from mmm.accounts.recovery import State, state_of
from mmm.foundation import clock
from tests import cast

STEPS = 3_000 if os.environ.get("MMM_DEEP") else 300
SENTENCE = "De kip van tante An at altijd mijn boterham op."
HOUR = dt.timedelta(hours=1)


class Walk:
    """One random walk: what happened to one person's recoveries, and what should have."""

    def __init__(self, seed: int, moving: ExitStack):
        self.random = random.Random(seed)
        self.moving = moving
        self.mus = cast.person("Mus")
        recovery.choose_sentence(self.mus, sentence=SENTENCE)
        self.helper = cast.staff("helper")
        self.row: Recovery | None = None
        self.began: dt.datetime | None = None
        self.state: State | None = None
        self.printed: letters.Printed | None = None
        self.blocked: dt.datetime | None = None
        self.counts: dict[str, int] = {}

    def model(self) -> State | None:
        """The state the model expects now."""
        if self.state is not State.WAITING or self.began is None:
            return self.state
        waited = clock.now() - self.began
        if waited >= recovery.WAIT + recovery.READY:
            return State.EXPIRED
        return State.READY if waited >= recovery.WAIT else State.WAITING

    def step(self) -> None:
        """Do one thing, then look whether house and model agree."""
        acts = (self.ask, self.hours_pass, self.hand, self.use, self.stop, self.allow)
        act = self.random.choices(acts, weights=(25, 35, 20, 12, 5, 3))[0]
        act()
        self.counts[act.__name__] = self.counts.get(act.__name__, 0) + 1
        if self.row is not None:
            self.row.refresh_from_db()
            assert state_of(self.row) == self.model()
        until = User.objects.values_list("recovery_until", flat=True).get(id=self.mus.id)
        going = self.model() in {State.WAITING, State.READY}
        assert (recovery.going_on(self.mus.id) is not None) == going
        assert (until is not None and until > clock.now()) == going

    def ask(self) -> None:
        self.moving.enter_context(clock.moved(6 * HOUR))  # so that tries are no matter here
        going = self.model() in {State.WAITING, State.READY}
        row = recovery.request(self.helper)
        told = recovery.tell(self.helper, row=row, name="Mus", sentence=SENTENCE)
        if told.retry_at:
            return
        blocked = self.blocked is not None and clock.now() < self.blocked
        going = going and self.model() in {State.WAITING, State.READY}
        assert told.fits == (not going and not blocked)
        if told.fits:
            self.row, self.began, self.state, self.printed = row, row.waiting_at, State.WAITING, None

    def hours_pass(self) -> None:
        self.moving.enter_context(clock.moved(self.random.choice((5, 30, 75, 200)) * HOUR))

    def hand(self) -> None:
        if self.row is None:
            return
        made = recovery.hand_letter(self.helper, row=self.row, sentence=SENTENCE)
        assert made is None or self.model() is State.READY
        self.printed = made or self.printed

    def use(self) -> None:
        if self.printed is None:
            return
        before = ways_in.of(self.mus.id)
        ready = self.model() is State.READY
        got = recovery.complete(self.printed.letter_id, pin="847193")
        assert (got is not None) == ready
        if got is None:
            assert ways_in.of(self.mus.id) == before
            return
        assert ways_in.of(self.mus.id) == ways_in.Own(addresses=0, letter=True, paper_codes=0, sentence=True)
        self.state, self.printed = State.USED, None

    def stop(self) -> None:
        going = self.model() in {State.WAITING, State.READY}
        assert recovery.stop(self.mus.id) == going
        if going:
            self.state, self.blocked = State.STOPPED, clock.now() + recovery.BLOCKED

    def allow(self) -> None:
        recovery.allow_again(self.mus)
        self.blocked = None


@pytest.mark.django_db
def test_any_order_of_asking_waiting_handing_over_and_stopping_agrees_with_the_model() -> None:
    with ExitStack() as moving:
        walk = Walk(seed=7, moving=moving)
        for _ in range(STEPS):
            walk.step()
    assert min(walk.counts.values()) >= 3, walk.counts
    assert Recovery.objects.exclude(used_at=None).exists()
    assert Recovery.objects.exclude(stopped_at=None).exists()
    assert Client().get(reverse("accounts:recovery")).status_code == 200
