"""The second step: a passkey on a virtual device; an app and paper by keyboard, and without scripts."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from mmm.accounts.factors import totp
from tests.journeys.conftest import Arrive
from tests.journeys.hands import Keyboard, NoScript, Touch, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
WHO = """
from mmm.accounts import selectors
from tests import cast
print(selectors.own_address(cast.{kind}({name!r})))
"""
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_somebody_makes_a_passkey_and_signs_in_with_it_without_a_mail(live: Live, arrive: Arrive) -> None:
    name = f"Sterre{uuid.uuid4().hex[:6]}"
    address = live.python(WHO.format(kind="person", name=name)).strip()
    here = live.base_url.replace("127.0.0.1", "localhost")  # passkeys know no numbers
    p = arrive(Touch)
    device = p.context.new_cdp_session(p.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    p.open(f"{here}/inloggen/")
    p.write(dutch("Your e-mail address"), address)
    p.with_code(address, lambda: p.send("Stuur mij een code"))
    p.open(f"{here}/tweede-stap/sleutel/")
    p.write(dutch("What do you call this device?"), "mijn telefoon")
    p.send("Maak mijn sleutel")
    p.title("Codes voor je tweede stap")
    p.follow("Ik heb ze bewaard. Ga verder")
    p.reads("mijn telefoon")
    p.context.clear_cookies(name="mmm_session")
    before = len(live.post.codes(address))
    p.open(f"{here}/inloggen/sleutel/")
    p.send("Gebruik mijn sleutel")
    expect(p.page.get_by_text(name).first).to_be_attached()  # behind the menu on a phone
    assert len(live.post.codes(address)) == before


@pytest.mark.parametrize("hands", [Keyboard, NoScript], ids=["keyboard", "without-javascript"])
def test_professional_sets_up_the_app_and_signs_in_with_a_code_from_paper(
    hands: type[Touch], live: Live, arrive: Arrive
) -> None:
    name = f"Els {uuid.uuid4().hex[:6]}"
    address = live.python(WHO.format(kind="professional", name=name)).strip()
    p = arrive(hands)
    p.sign_in(address)
    p.send("Ga verder als jobcoach, Werkpunt")
    p.title("Je tweede stap")
    p.follow("Kies de app")
    secret = p.page.locator(".by-hand").inner_text().replace(" ", "")
    p.write(dutch("The code that your app shows now"), totp.code_now(secret))
    p.send("Zet mijn app aan")
    p.title("Codes voor je tweede stap")
    codes = re.findall(r"\d{4} \d{4} \d{4}", p.page.locator(".code-list").inner_text())
    assert len(codes) == 10
    p.follow("Ik heb ze bewaard. Ga verder")
    p.title("Met mij gedeeld")

    again = arrive(hands)
    again.sign_in(address)
    again.send("Ga verder als jobcoach, Werkpunt")
    again.title("Nog één stap")
    again.write(dutch("The code from your app"), codes[0])
    again.send("Ga verder")
    again.title("Met mij gedeeld")
