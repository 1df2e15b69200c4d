"""Write, send, edit, ask, propose, say yes, wait, publish, withdraw, refuse, hide, rest, erase in any order.

What is public agrees with a model at every step. Some of the steps with a fixed seed at each run; all of them
with `./mmm test --deep`.
"""

import datetime as dt
import os
import random
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from mmm.accounts import farewells, pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.foundation import clock
from mmm.foundation.policy import NotAllowed
from mmm.region.models import Region
from mmm.stories import selectors as stories
from mmm.stories.models import Offer
from mmm.stories.offers import editing, selectors, services
from mmm.stories.offers.steps import NotThere, Overtaken
from mmm.stories.offers.words import Words
from tests import cast

STEPS = 10_000 if os.environ.get("MMM_DEEP") else 300
ON_ITS_WAY = ("draft", "sent", "editing", "proposed", "approved")
REFUSED = (NotThere, Overtaken, NotAllowed)


@dataclass
class Story:
    """What the model knows of one story: its state, the last words, and when the yes was said."""

    id: object
    state: str = "draft"
    words: str = ""
    yes_at: dt.datetime | None = None
    hidden: bool = False

    @property
    def on_its_way(self) -> bool:
        return self.state in ON_ITS_WAY


class Walk:
    """One random walk of three writers and two editors."""

    def __init__(self, seed: int, moving: ExitStack):
        self.random, self.moving = random.Random(seed), moving
        cast.organisation()
        self.region = Region.objects.get(slug=cast.HOME).id
        self.writers = [cast.person(f"P{n}") for n in range(3)]
        self.editors = [cast.staff("editor", name=f"E{n}") for n in range(2)]
        self.away = cast.staff("editor", at=cast.ELSEWHERE, name="Greta")
        self.stories: dict[Actor, list[Story]] = {writer: [] for writer in self.writers}
        self.resting: set[Actor] = set()
        self.waiting: set[Actor] = set()  # to be erased
        self.number = 0
        self.counts: dict[str, int] = {}

    def step(self) -> None:
        acts = {
            self.begin: 14,
            self.save: 8,
            self.send: 14,
            self.edit: 10,
            self.propose: 16,
            self.ask: 4,
            self.refuse: 3,
            self.answer: 6,
            self.approve: 16,
            self.withdraw: 6,
            self.hide: 3,
            self.publish: 14,
            self.days_pass: 10,
            self.rest_or_return: 4,
            self.go_or_come_back: 3,
            self.erase: 2,
            self.trespass: 4,
        }
        act = self.random.choices(list(acts), weights=list(acts.values()))[0]
        self.counts[act.__name__] = self.counts.get(act.__name__, 0) + 1
        writer = self.random.choice(self.writers)
        its = self.stories[writer]
        act(writer, its[-1] if its and its[-1].on_its_way else None, self.random.choice(self.editors))
        self.check()

    def check(self) -> None:
        expected = {
            story.id: story.words
            for writer, its in self.stories.items()
            for story in its
            if story.state == "public"
            and not story.hidden
            and writer not in self.resting
            and writer not in self.waiting
        }
        found = stories.published_offers()
        assert {each.id: each.words.text for each in found} == expected
        for row in Offer.objects.filter(id__in=[s.id for its in self.stories.values() for s in its]):
            alone = stories.published_offer(row.slug)
            assert (alone is not None) == (row.id in expected)

    def here(self, writer: Actor) -> bool:
        """Whether editors meet this writer now."""
        return writer not in self.resting and writer not in self.waiting

    def new_words(self) -> Words:
        self.number += 1
        return Words(title="Titel", text=f"Woorden {self.number}.")

    def version(self, story: Story) -> int:
        return Offer.objects.get(id=story.id).version

    def begin(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        words = self.new_words()
        offer = services.begin(writer, words=words)
        if story is None:
            self.stories[writer].append(Story(offer.id, words=words.text))
        else:
            assert offer.id == story.id

    def save(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if story is None:
            return
        words = self.new_words()
        act = {"offer_id": story.id, "words": words, "version": self.version(story)}
        if story.state != "draft":
            with pytest.raises(NotThere):
                services.save(writer, **act)  # type: ignore[arg-type]
            return
        services.save(writer, **act)  # type: ignore[arg-type]
        story.words = words.text

    def send(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if story is None:
            return
        if story.state != "draft":
            with pytest.raises(NotThere):
                services.send(writer, offer_id=story.id, region_id=self.region, adult=True)  # type: ignore[arg-type]
            return
        services.send(writer, offer_id=story.id, region_id=self.region, adult=True)  # type: ignore[arg-type]
        story.state = "sent"

    def edit(self, writer: Actor, story: Story | None, editor: Actor, *, propose: bool = False) -> None:
        if story is None:
            return
        words = self.new_words()
        act = {"offer_id": story.id, "words": words, "version": self.version(story), "propose": propose}
        if story.state not in {"sent", "editing"} or not self.here(writer):
            with pytest.raises(NotThere):
                editing.edit(editor, **act)  # type: ignore[arg-type]
            return
        with pytest.raises(Overtaken):
            editing.edit(editor, **act | {"version": 0})  # type: ignore[arg-type]
        editing.edit(editor, **act)  # type: ignore[arg-type]
        story.state, story.words = "proposed" if propose else "editing", words.text

    def propose(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        self.edit(writer, story, editor, propose=True)

    def ask(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if story and story.state in {"sent", "editing"} and self.here(writer):
            editing.ask(editor, offer_id=story.id, words="Hoe ging dat?")  # type: ignore[arg-type]
            story.state = "editing"

    def refuse(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if story and story.state in {"sent", "editing"} and self.here(writer):
            editing.refuse(editor, offer_id=story.id, reason="Omdat.")  # type: ignore[arg-type]
            story.state = "refused"

    def answer(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if story is None or story.state == "draft":
            return
        services.answer(writer, offer_id=story.id, words="Zo ging het.")  # type: ignore[arg-type]
        if story.state in {"proposed", "approved"}:
            story.state, story.yes_at = "editing", None

    def approve(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if story is None:
            return
        version = self.version(story)
        if story.state == "proposed":
            with pytest.raises(Overtaken):
                services.approve(writer, offer_id=story.id, version=version - 1)  # type: ignore[arg-type]
            services.approve(writer, offer_id=story.id, version=version)  # type: ignore[arg-type]
            story.state, story.yes_at = "approved", clock.now()
        elif story.state != "approved":
            with pytest.raises(NotThere):
                services.approve(writer, offer_id=story.id, version=version)  # type: ignore[arg-type]

    def withdraw(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        its = [each for each in self.stories[writer] if each.state not in {"withdrawn", "refused"}]
        if its:
            chosen = self.random.choice(its)
            for _ in range(2):
                services.withdraw(writer, offer_id=chosen.id)  # type: ignore[arg-type]
            chosen.state = "withdrawn"

    def hide(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        for each in self.stories[writer]:
            if each.state == "public":
                editing.hide(offer_id=each.id, reason="Omdat.")  # type: ignore[arg-type]
                each.hidden = True
                return

    def publish(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        editing.publish_due()
        now = clock.now()
        for owner, its in self.stories.items():
            for each in its:
                if each.state != "approved" or owner in self.waiting:
                    continue
                if owner in self.resting:
                    each.yes_at = now
                elif each.yes_at and each.yes_at <= now - dt.timedelta(days=7):
                    each.state = "public"

    def days_pass(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        self.moving.enter_context(clock.moved(dt.timedelta(days=self.random.choice((1, 3, 5)), minutes=1)))

    def rest_or_return(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        resting = writer in self.resting
        (pause.resume if resting else pause.pause)(writer)
        (self.resting.discard if resting else self.resting.add)(writer)

    def go_or_come_back(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        if writer in self.waiting:
            if farewells.come_back(writer.id):
                self.waiting.discard(writer)
        else:
            farewells.erase_later(writer)
            self.waiting.add(writer)

    def erase(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        accounts.erase_now(writer.id, writer.vault_id)
        del self.stories[writer]
        assert not Offer.objects.filter(owner_id=writer.id).exists()
        self.resting.discard(writer)
        self.waiting.discard(writer)
        new = cast.person("P")
        self.writers[self.writers.index(writer)] = new
        self.stories[new] = []

    def trespass(self, writer: Actor, story: Story | None, editor: Actor) -> None:
        """Whoever it is not for: another writer, an editor elsewhere, the editor in the writer's place."""
        if story is None:
            return
        other = next(each for each in self.writers if each != writer)
        version = self.version(story)
        for stranger in (other, editor, Actor(editor.user)):
            with pytest.raises(REFUSED):
                services.approve(stranger, offer_id=story.id, version=version)  # type: ignore[arg-type]
            with pytest.raises(REFUSED):
                services.withdraw(stranger, offer_id=story.id)  # type: ignore[arg-type]
            with pytest.raises(REFUSED):
                selectors.own(stranger, story.id)  # type: ignore[arg-type]
        for stranger in (self.away, other):
            with pytest.raises(REFUSED):
                editing.read(stranger, offer_id=story.id)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_what_is_public_agrees_with_the_model_in_any_order() -> None:
    with ExitStack() as moving:
        walk = Walk(seed=22, moving=moving)
        for _ in range(STEPS):
            walk.step()
    assert min(walk.counts.values()) >= STEPS // 200, walk.counts
