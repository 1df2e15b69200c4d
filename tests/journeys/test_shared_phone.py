"""A worker without e-mail on a phone that others use, too: keyboard only, no JavaScript, 390 px."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.hands import KeyboardWithoutScript, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
LETTER = """
from mmm.accounts import letters
from tests import cast
made = letters.print_letter(cast.staff("helper"))
print(made.code, made.pin)
"""
PICTURE = "Buiten werken"  # a sentence with a picture, to choose instead of writing
WORDS = "Ik wil met hout werken, niet te vroeg op de dag."


def test_worker_with_a_letter_writes_on_a_shared_phone_and_comes_back_by_a_code_on_paper(
    live: Live, arrive: Arrive
) -> None:
    code, pin = live.python(LETTER).split()[-2:]
    name = f"Mus{uuid.uuid4().hex[:6]}"
    p = arrive(KeyboardWithoutScript)

    # Code, PIN, a name; somebody else uses this phone, too.
    p.open("/meedoen/")
    p.follow("Ik heb geen e-mail")
    p.title("Meedoen zonder e-mail")
    p.follow("Ik heb een brief met een code")
    p.write(dutch("The code on your paper"), " ".join(re.findall("....", code)))
    p.choose(dutch("Yes, somebody else, too"))
    p.send("Ga verder")
    p.title("Typ nu je pincode")
    p.write(dutch("Your PIN"), pin)
    p.send("Ga verder")
    p.title("Hoe mogen we je noemen?")
    p.write(dutch("What shall we call you?"), name)
    p.write(dutch("Choose a PIN of your own"), "84 71 93 02")
    p.choose(dutch("I am 16 years or older"))
    p.send("Maak mijn account")
    p.title(f"Welkom, {name}")
    cookies = {cookie["name"]: cookie for cookie in p.context.cookies()}
    assert cookies["mmm_session"]["expires"] == -1  # it goes with the browser
    assert "mmm_device" not in cookies

    # Told before writing that there is one way in only; codes on paper.
    p.open("/mijn-verhaal/")
    p.reads("Je kunt nu alleen met je brief binnenkomen.")
    p.follow("Print codes om binnen te komen")
    p.send("Maak acht nieuwe codes")
    p.title("Codes om binnen te komen")
    codes = p.page.locator(".codes li").all_inner_texts()
    assert len(codes) == 8

    p.open("/mijn-verhaal/dromen/1/")
    p.choose(PICTURE)
    p.tell(WORDS)
    p.send("Bewaar en stop voor nu")

    # A break, and the phone goes to somebody else.
    p.open("/pauze/")
    p.send("Neem nu pauze")
    p.title("Je hebt pauze")
    p.unfold()
    p.send("Log uit")
    p.title("Je bent uitgelogd")

    # The letter is at home; a code on paper will do, and is good once.
    p.open("/inloggen/")
    p.follow("Log in met een code op papier")
    p.write(dutch("The code on your paper"), codes[0])
    p.send("Ga verder")
    p.open("/mijn-verhaal/dromen/1/")
    p.title("Welk werk zou je graag doen?")
    assert p.answer().input_value() == WORDS
    expect(p.page.get_by_role("checkbox", name=PICTURE)).to_be_checked()
    p.reads("Je hebt pauze. Niemand kan nu lezen.")
    p.send("Ik ben er weer")
    p.open("/mijn-verhaal/dromen/1/")
    assert p.page.get_by_text("Je hebt pauze.").count() == 0
    p.open("/mijn-verhaal/")
    p.unfold()
    p.send("Log uit")
    p.open("/brief/")
    p.write(dutch("The code on your paper"), codes[0])
    p.send("Ga verder")
    p.reads(dutch("This code does not fit, or it was used. Take the next one."))
