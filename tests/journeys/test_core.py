"""The core walks: a person tells, shares with one other, sees that it was read, takes it back and erases all.

Walked three times: by touch on a phone, with the keyboard alone, and without JavaScript.
"""

import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.hands import Keyboard, NoScript, Touch, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
DREAM = "Ik wil met planten werken, het liefst bui"
REST = "ten, waar het waait."
DAY = "Om tien uur zet iemand koffie. We praten niet veel."

READER = """
from mmm.accounts import selectors
from django.db import transaction
from mmm.accounts import notices
from mmm.accounts.models import Notice
from tests import cast
with transaction.atomic():
    her = cast.professional({name!r})
    cast.with_app(her)
    notices.choose(her, ways={{}}, quiet_from=0, quiet_until=0, paused=False)  # also at night
    Notice.objects.filter(user=her.user).delete()  # no mail about what she knows already
print(selectors.own_address(her))
"""
AGE = """
import datetime as dt
from allauth.account.models import EmailAddress
from mmm.accounts.fresh import SESSION_SIGNED_IN
from mmm.accounts.models import Session
from mmm.accounts.sessions import SessionStore
from mmm.foundation import clock
user = EmailAddress.objects.get(email={address!r}).user_id
for row in Session.objects.filter(user_id=user):
    data = row.get_decoded() | {{SESSION_SIGNED_IN: (clock.now() - dt.timedelta(minutes=16)).isoformat()}}
    row.session_data = SessionStore().encode(data)
    row.save()
"""


def found_in_files(live: Live, words: list[str]) -> set[str]:
    """Which of these words stand somewhere in the databases, their write-ahead logs or the server's log."""
    files = [path for path in live.data.rglob("*") if path.is_file()]
    assert any(path.name == "default.sqlite3" for path in files)
    everything = b"\0".join(path.read_bytes() for path in files)
    return {word for word in words if word.encode() in everything}


def gone_from_files(live: Live, words: list[str], seconds: float = 30) -> set[str]:
    """What is still there when the worker had time to finish."""
    end = time.monotonic() + seconds
    while (left := found_in_files(live, words)) and time.monotonic() < end:
        time.sleep(0.5)
    return left


@pytest.mark.parametrize(
    ("hands", "reader"),
    [(Touch, "Marieke de Wit"), (Keyboard, "Joke van Leeuwen"), (NoScript, "Els Bakker")],
    ids=["touch", "keyboard", "without-javascript"],
)
def test_person_tells_shares_sees_who_read_takes_back_and_erases(
    hands: type[Touch], reader: str, live: Live, arrive: Arrive
) -> None:
    name = f"Sterre{uuid.uuid4().hex[:6]}"
    address = f"{name.lower()}@voorbeeld.example"
    her_address = live.python(READER.format(name=reader)).strip()

    # Sign up by a code from the mail.
    p = arrive(hands)
    p.open("/")
    p.follow("Begin met jouw verhaal")
    p.write(dutch("What shall we call you?"), name)
    p.write(dutch("Your e-mail address"), address)
    p.choose(dutch("I am looking for work"))
    p.choose(dutch("I am 16 years or older"))
    p.with_code(address, lambda: p.send("Stuur mij een code"))
    p.title(f"Welkom, {name}")
    p.follow("Ga naar mijn pagina")

    # Write, and close the tab in the middle of a sentence.
    p.follow("Mijn dromen")
    p.title("Welk werk zou je graag doen?")
    p.choose("Buiten werken")
    p.tell(DREAM)
    if not p.scripts:
        p.send("Bewaar en stop voor nu")
    p.leave()

    # Go on in another browser: the words are there.
    p = arrive(hands)
    p.sign_in(address)
    p.title("Mijn verhaal")
    p.follow("Lees mijn hele verhaal")
    p.reads(DREAM)
    p.follow("Verander “Mijn dromen”")
    expect(p.answer()).to_have_value(DREAM)
    p.tell(REST)
    p.send("Bewaar en ga verder")
    p.title("Hoe ziet een goede werkdag eruit?")
    p.tell(DAY)
    p.send("Bewaar en stop voor nu")
    assert p.storage() == {}

    # Share it with one person, found in the directory; the sign-in is more than 15 minutes old by then.
    p.follow("Deel iets met één persoon")
    p.choose("Mijn dromen")
    p.send("Verder: wie mag dit lezen?")
    p.write("Zoek op naam, beroep of organisatie", reader)
    p.send("Zoek")
    p.choose(reader)
    p.send("Verder: waarvoor en tot wanneer?")
    p.choose(dutch("To look for work together"))
    live.python(AGE.format(address=address))
    p.send(f"Verder: kijk wat {reader} te lezen krijgt")
    p.title("We kijken even of jij het bent")
    p.with_code(address, lambda: p.send("Stuur mij een code"))
    p.title(f"Dit krijgt {reader} te lezen")
    p.reads("Buiten werken", DREAM + REST, DAY)
    seen_by_owner = p.page.locator(".sheet").inner_text()
    p.send(f"Deel dit met {reader}")
    p.title("Wie mag wat lezen?")

    # She hears that there is something, and reads exactly what the owner saw.
    live.post.wait(her_address)
    her = arrive(hands)
    her.sign_in(her_address)
    her.title("Als wie ga je verder?")
    her.send("Ga verder als jobcoach, Werkpunt")
    her.second_step(her_address)
    her.title("Met mij gedeeld")
    her.follow(name)
    her.title(name)
    assert her.page.locator(".sheet").inner_text() == seen_by_owner
    kept_link = her.page.url
    second = arrive(hands)
    second.sign_in(her_address)
    second.send("Ga verder als jobcoach, Werkpunt")
    second.second_step(her_address)
    second.follow(name)
    second.reads(DAY)

    # The owner sees it, with her name, and takes it back from there.
    p.menu(dutch("Who read what?"))
    p.reads(dutch("Today"))
    lines = p.page.get_by_role("listitem").filter(has_text=reader)
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("Mijn dromen")
    p.follow(dutch("Stop sharing"))
    p.send("Stop met delen")
    p.title("Wie mag wat lezen?")
    p.reads("Alleen jij. Je deelt nu niets met een ander.")

    # Her open tab, her second session and the link she kept are closed.
    assert her.reload() == 404
    assert second.reload() == 404
    assert her.open(kept_link) == second.open(kept_link) == 404
    for page in (her.page, second.page):
        assert DAY not in page.content()
        assert name not in page.content()
    assert her.open("/met-mij-gedeeld/") == 200
    assert name not in her.page.content()

    # Erase everything.
    words = [DREAM, REST, DAY, address, name]
    assert found_in_files(live, words) == {address, name}
    p.menu(dutch("My data"))
    p.follow("Lees eerst wat er gebeurt als je alles wist")
    p.choose(dutch("Now. Then I can never come back."))
    p.send("Ja, wis alles")
    p.title("Alles is gewist")
    assert gone_from_files(live, words) == set()
    assert p.storage() == {}
    p.open("/mijn-verhaal/")
    p.title("Inloggen")
    before = len(live.post.to(address))
    p.write(dutch("Your e-mail address"), address)
    p.send("Stuur mij een code")
    mail = live.post.wait(address, before + 1).get_payload(decode=True)
    assert isinstance(mail, bytes)
    assert "Er is nog geen account met dit adres." in mail.decode()
