"""A professional comes, is confirmed, reads what one person shares, and goes: no JavaScript, a phone."""

import json
import re
import uuid

import pytest

from mmm.accounts.factors import totp
from tests.journeys.conftest import Arrive
from tests.journeys.hands import NoScript, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
OTHERS = """
import json
from tests import cast
cast.organisation()
people = cast.coordinator(), cast.worker({name!r})
print(json.dumps([cast.client_of(each).cookies["mmm_session"].value for each in people]))
"""
TEXT = "Ik wil met planten werken."


def test_professional_joins_is_confirmed_reads_and_leaves(live: Live, arrive: Arrive) -> None:
    mark = uuid.uuid4().hex[:6]
    worker, reader = f"Iris{mark}", f"Karin Mulder {mark}"
    address = f"karin.{mark}@voorbeeld.example"
    lead, owner = arrive(NoScript), arrive(NoScript)
    sessions = json.loads(live.python(OTHERS.format(name=worker)).splitlines()[-1])
    for hands, session in zip((lead, owner), sessions, strict=True):
        hands.context.add_cookies([{"name": "mmm_session", "value": session, "url": live.base_url}])

    # An account, the organisation, the promise.
    her = arrive(NoScript)
    her.open("/meedoen/?als=professional")
    her.write(dutch("Your own name"), reader)
    her.write(dutch("Your e-mail address at work"), address)
    her.choose(dutch("I am 16 years or older"))
    her.with_code(address, lambda: her.send("Stuur mij een code"))
    her.pick(dutch("In which region do you work?"), "Holland Rijnland")
    her.send("Ga verder")
    her.pick(dutch("For which organisation do you work?"), "Werkpunt")
    her.pick(dutch("What is your profession?"), "jobcoach")
    her.send("Ga verder")
    her.title("Wat ik beloof")
    her.choose(dutch("I have read this and I will keep to it"))
    her.choose(dutch("People may find me in the list of professionals"))
    her.send("Dit beloof ik")
    her.reads("De coördinator moet nog bevestigen dat je hier werkt.")

    # Nobody finds her before the coordinator says yes.
    owner.open("/delen/")
    owner.choose("Mijn dromen")
    owner.send("Verder: wie mag dit lezen?")
    owner.write("Zoek op naam, beroep of organisatie", reader)
    owner.send("Zoek")
    assert owner.page.get_by_role("radio", name=reader).count() == 0
    lead.open("/regio-beheer/lidmaatschappen/")
    lead.send(f"Bevestig {reader}, Werkpunt")

    # For this work a second step is needed: the app.
    her.open("/mijn-werk/")
    her.reads("Er is bevestigd dat je hier werkt.")
    her.open("/rol/")
    her.send("Ga verder als jobcoach, Werkpunt")
    her.title("Je tweede stap")
    her.follow("Kies de app")
    secret = her.page.locator(".by-hand").inner_text().replace(" ", "")
    her.write(dutch("The code that your app shows now"), totp.code_now(secret))
    her.send("Zet mijn app aan")
    her.title("Codes voor je tweede stap")
    assert len(re.findall(r"\d{4} \d{4} \d{4}", her.page.locator(".code-list").inner_text())) == 10
    her.follow("Ik heb ze bewaard. Ga verder")
    her.title("Met mij gedeeld")
    assert worker not in her.page.content()

    # The worker finds her now, and shares one part.
    owner.send("Zoek")
    owner.choose(reader)
    owner.send("Verder: waarvoor en tot wanneer?")
    owner.choose(dutch("To look for work together"))
    owner.send(f"Verder: kijk wat {reader} te lezen krijgt")
    owner.reads(TEXT)
    owner.send(f"Deel dit met {reader}")
    owner.title("Wie mag wat lezen?")

    # She reads it; then she works there no more, and her next click shows nothing.
    her.reload()
    her.follow(worker)
    her.reads(TEXT)
    kept = her.page.url
    tab = her.context.new_page()
    tab.goto("/mijn-werk/")
    tab.get_by_role("link", name="Ik werk hier niet meer").click()
    tab.get_by_role("button", name="Ja, ik werk hier niet meer").click()
    assert her.reload() == 404
    assert her.open(kept) == 404
    assert TEXT not in her.page.content()
    assert worker not in her.page.content()
    owner.open("/wie-las-wat/")
    owner.reads(reader)
