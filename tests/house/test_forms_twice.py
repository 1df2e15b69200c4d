"""Every form of the house, posted twice or ten times at once, has one effect; at once on both databases."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from mmm.accounts import letters, recovery, selectors
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.models import Recovery
from mmm.consent import services as consent
from mmm.consent import things
from mmm.demo.cast import CAST
from mmm.foundation import clock
from mmm.stories.care_card import services as care_card
from tests import cast, databases, guards
from tests.house import forms
from tests.house.forms import Case, Form, Moment
from tests.house.table import ROWS
from tests.house.world import World, browser_of, made, nothing_stays

# One process finds the forms and tries them: finding them visits every page of the house.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.house.urls_demo"),
    pytest.mark.xdist_group("forms"),
]

# Without a once-key, and why that does no harm.
EXEMPT = {
    "accounts:key": "only a device can answer; its challenge is good once (tests/accounts/test_keys.py)",
    "accounts:by_key": "only a device can answer; its challenge is good once (tests/accounts/test_keys.py)",
    "stories:first_visit": "nothing is stored and nothing changes, so there is nothing to do twice",
    "accounts:leave": "it ends this session, and nothing may hold it up; twice is the same as once",
    "accounts:take_along": "every press is a file of its own; what changes is that it was counted",
}
# The same where a key is one of the ways: the form that a device answers.
BY_DEVICE = frozenset({"answer", "state"})
# A form that carries words through signing in again: its answer is a page, and its repeat does no harm
# (mmm.accounts.carry.once_unless_carried).
CARRIES = "words"
TEN = 10
DEEP = bool(os.environ.get("MMM_DEEP"))


@dataclass
class House:
    """The people of the role table, every form they meet, and a way back to the beginning."""

    world: World
    cases: list[Case]
    moment: Moment


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Found once: visiting every page takes a while."""
    with (
        django_db_blocker.unblock(),
        override_settings(ROOT_URLCONF="tests.house.urls_demo"),
        translation.override("nl"),  # whatever the test before this one left
        ExitStack() as undo,
    ):
        databases.template().restore()
        cache.clear()
        # Nothing of it may stay for other tests when it breaks off half-way.
        undo.callback(databases.template().restore)
        world = made()
        sam = world["owner"]
        world.things["sam's address"] = selectors.own_address(sam)
        # Written on two devices at once: the page that shows both texts.
        cast.write(sam, "story", "path", "Op het andere toestel.", version=0)
        world.things[forms.WARNS] = draft_that_warns(world)
        care_card.keep(sam, answers=["dreams.work"], do=[], not_needed=[], who="Mijn zus")
        ways_back(world)
        accounts.sign_up(address=CAST[0].address, name=CAST[0].name, language="nl")
        moment = Moment(tmp_path_factory.mktemp("moment"))
        cases = forms.found(Client(), world)
        cases = [case for case in cases if case.sign[0] not in EXEMPT and not case.sign[1] >= BY_DEVICE]
        moment.restore()
        undo.pop_all()
    return House(world, cases, moment)


def draft_that_warns(world: World) -> UUID:
    """A story for somebody who works where benefits are decided: its last page asks for one tick more."""
    sam = world["owner"]
    draft = consent.begin(sam, chosen=[each for each in things.of(sam.id) if each.kind == "stories.story"])
    work = world["income professional"].role.membership_id
    consent.choose(sam, draft_id=draft.id, membership=work, purpose="find_work", until=cast.today())
    return draft.id


def ways_back(world: World) -> None:
    """A letter nobody used, and a way back for who lost everything, in each state that has a form."""
    helper, things_ = world["helper"], world.things
    things_["a letter"] = letters.print_letter(helper)

    def asked(name: str) -> tuple[Actor, Recovery]:
        person = cast.person(name)
        recovery.choose_sentence(person, sentence=forms.SENTENCE)
        return person, recovery.request(helper)

    def told(name: str) -> tuple[Actor, Recovery]:
        person, row = asked(name)
        assert recovery.tell(helper, row=row, name=name, sentence=forms.SENTENCE).fits
        return person, row

    things_[forms.ASKED] = asked(forms.WHO_ASKS)[1].id
    with clock.moved(-recovery.WAIT):
        things_[forms.WAITED] = told("Kauw")[1].id
        _person, done = told("Gaai")
    things_[forms.WAY_BACK] = recovery.hand_letter(helper, row=done, sentence=forms.SENTENCE)
    for role in ("whose recovery goes on", "who stopped a recovery"):
        person, _row = told(role)
        world.actors[role], world.cookies[role] = person, browser_of(person)
    assert recovery.stop(world["who stopped a recovery"].id)


def posted(browser: Client, case: Case, form: Form, data: dict[str, str]) -> tuple[int, str]:
    """Post it, and the answer: its status, and where it leads or what it says, without ids."""
    answer: HttpResponse = browser.post(form.action, data, headers=case.headers)  # type: ignore[assignment]
    says = answer.headers.get("Location") or (
        "" if answer.status_code in {200, 403} else answer.content.decode()
    )
    return answer.status_code, re.sub(r"[0-9a-f]{32}", "*", says)


def same_browser(browser: Client) -> Client:
    """Another tab: the same cookies, as they are now."""
    tab = Client()
    tab.cookies.load({name: morsel.value for name, morsel in browser.cookies.items()})
    return tab


def test_every_address_that_takes_a_post_has_a_form_somewhere(house: House) -> None:
    posts = {row.name for row in ROWS if "POST" in row.methods} - set(EXEMPT)
    assert {case.sign[0] for case in house.cases} == posts


@pytest.mark.sqlite_only  # one post after the other; what an engine may do differently is the ten at once
def test_a_form_posted_twice_has_one_effect_and_the_same_answer(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = []
    for case in house.cases:
        house.moment.restore()
        browser = Client()
        form = case.form(browser, house.world)
        data, tab = form.filled(case.button), same_browser(browser)
        before = forms.state()
        first = posted(browser, case, form, data)
        after = forms.state()
        again = posted(tab, case, form, data)
        if first[0] not in ({302} if case.button != forms.AUTOSAVE else {200}) and CARRIES not in data:
            wrong.append(f"{case}: the test does not know how to fill this in: {first}")
        if again != first:
            wrong.append(f"{case}: {first}, then {again}")
        if second := forms.change(after, forms.state()):
            wrong.append(f"{case}: once {forms.change(before, after)}, then {second}")
    with capsys.disabled():
        print(f"\n  forms posted twice: {len(house.cases)}, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)


def test_a_form_posted_ten_times_at_once_has_one_effect_and_one_answer(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = []
    # PostgreSQL takes seconds to go back to the beginning each time.
    # Another third on each engine: what keeps a form single is the same code for all of them.
    cases = house.cases if DEEP else house.cases[bool(databases.SERVER) :: 3]
    for case in cases:
        effects, answers = [], []
        for times in (1, TEN):
            house.moment.restore()
            browser = Client()
            form = case.form(browser, house.world)
            data, before = form.filled(case.button), forms.state()
            tabs = [same_browser(browser) for _ in range(times)]

            def post(
                tab: Client, case: Case = case, form: Form = form, data: dict[str, str] = data
            ) -> tuple[int, str]:
                try:
                    return posted(tab, case, form, data)
                finally:
                    connections.close_all()

            with ThreadPoolExecutor(times) as pool:
                answers.append(set(pool.map(post, tabs)))
            effects.append(forms.change(before, forms.state()))
        if effects[0] != effects[1]:
            wrong.append(f"{case}: once {effects[0]}, ten times {effects[1]}")
        # Ten right codes at once from one place may be too many guesses, and who just set up the app is asked
        # for the second step in the other tabs; words travel on in those pages too.
        tries = case.sign[0] in {"accounts:code", "accounts:step", "accounts:app"}
        too_many = {403, 429} if CARRIES in data and tries else set()
        if answers[0] != {answer for answer in answers[1] if answer[0] not in too_many}:
            wrong.append(f"{case}: once {answers[0]}, ten times {answers[1]}")
    with capsys.disabled():
        print(f"\n  forms posted ten times at once: {len(cases)}, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)


def test_a_form_without_its_key_is_refused_on_a_page_of_the_house_and_changes_nothing(house: House) -> None:
    house.moment.restore()
    for case in house.cases:
        with nothing_stays():
            browser = Client()
            form = case.form(browser, house.world)
            data = form.filled(case.button)
            if CARRIES in data:
                continue
            assert re.fullmatch(r"[0-9a-f]{32}", data.pop("once")), case
            before = forms.state()
            with guards.no_writes():
                answer = browser.post(form.action, data, headers=case.headers)
            assert answer.status_code == 400, case
            assert "start/errors/400.html" in {template.name for template in answer.templates}, case
            assert not forms.change(before, forms.state())
