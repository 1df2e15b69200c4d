"""A nickname account loses its phone and comes back by a helper; an attacker who tries it is stopped."""

import json
import re
import uuid

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.hands import KeyboardWithoutScript, NoScript, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
SENTENCE = "De kip van tante An at altijd mijn boterham op."
MADE = """
import json
from mmm.accounts import letters, recovery
from mmm.accounts.actors import Actor
from tests import cast
helper = cast.staff("helper")
made = letters.print_letter(helper)
user = letters.begin(made.letter_id, name={name!r}, pin="84719302", language="nl")
actor = Actor(user)
recovery.choose_sentence(actor, sentence={sentence!r})
cast.write(actor, "dreams", "work", "Ik wil naar zee.")
def jar(who):
    return {{name: morsel.value for name, morsel in cast.client_of(who).cookies.items()}}
print(json.dumps({{"helper": jar(helper), "person": jar(actor)}}))
"""
# The server's clock cannot be moved from outside, so what happened is moved back instead.
LATER = """
import datetime as dt
from django.db.models import F
from mmm.accounts.models import Recovery
past = dt.timedelta(hours=73)
Recovery.objects.filter(user__name={name!r}, ended_at=None).update(
    requested_at=F("requested_at") - past, waiting_at=F("waiting_at") - past, ready_at=F("ready_at") - past
)
"""


def enter(hands: NoScript, live: Live, cookies: dict[str, str]) -> None:
    """Sign this browser in."""
    hands.context.add_cookies(
        [{"name": name, "value": value, "url": live.base_url} for name, value in cookies.items()]
    )


def asks(helper: NoScript, name: str) -> None:
    """At the helper's desk somebody says name and sentence."""
    helper.open("/regio-beheer/herstel/")
    helper.send("Begin")
    helper.write(dutch("The name that the person has here"), name)
    helper.write(dutch("The sentence that the person says"), SENTENCE)
    helper.send("Kijk of naam en zin passen")


def test_somebody_who_lost_everything_but_a_sentence_comes_back_after_72_hours(
    live: Live, arrive: Arrive
) -> None:
    name = f"Mees{uuid.uuid4().hex[:6]}"
    jars = json.loads(live.python(MADE.format(name=name, sentence=SENTENCE)).splitlines()[-1])
    helper = arrive(KeyboardWithoutScript)
    enter(helper, live, jars["helper"])
    asks(helper, name)
    helper.reads("Naam en zin passen.")
    assert name not in helper.page.content()

    live.python(LATER.format(name=name))
    helper.reload()
    helper.write(dutch("The sentence that the person says"), SENTENCE)
    helper.send("Maak de nieuwe brief")
    helper.title("Een brief voor jou")
    code, pin = helper.page.locator("strong.code").all_inner_texts()

    p = arrive(KeyboardWithoutScript)
    p.open("/herstel/")
    p.follow("Typ een code van papier")
    p.write(dutch("The code on your paper"), code)
    p.send("Ga verder")
    p.write(dutch("Your PIN"), re.sub(r"\D", "", pin))
    p.send("Ga verder")
    p.title("Kies een eigen pincode")
    p.write(dutch("Choose a PIN of your own"), "84 71 93 02")
    p.send("Bewaar mijn pincode en ga verder")
    p.title("Je bent er weer")
    p.open("/mijn-verhaal/dromen/1/")
    assert p.answer().input_value() == "Ik wil naar zee."


def test_an_attacker_who_knows_the_sentence_is_stopped_by_the_person(live: Live, arrive: Arrive) -> None:
    name = f"Merel{uuid.uuid4().hex[:6]}"
    jars = json.loads(live.python(MADE.format(name=name, sentence=SENTENCE)).splitlines()[-1])
    helper = arrive(KeyboardWithoutScript)
    enter(helper, live, jars["helper"])
    asks(helper, name)

    p = arrive(KeyboardWithoutScript)
    enter(p, live, jars["person"])
    p.open("/mijn-verhaal/")
    p.reads("Iemand vroeg een nieuwe brief om in jouw account te komen.")
    p.follow("Kijk wat er loopt, of stop het")
    p.send("Ik was dit niet: stop het")
    p.reads("Je stopte een vraag om een nieuwe brief.")

    live.python(LATER.format(name=name))
    helper.reload()
    helper.reads("De persoon heeft dit gestopt.")
    asks(helper, name)
    helper.reads("Van dit account is een eerdere vraag gestopt.")
    assert p.open("/mijn-verhaal/") == 200
