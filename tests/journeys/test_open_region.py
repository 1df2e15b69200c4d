"""A coordinator opens a region from an empty checklist, and the deputy says the second yes.

With the keyboard alone, on a phone, in browsers that run no JavaScript. The listeners come by their mails,
without script, too; how somebody sets up a second step is walked in `test_second_step`.
"""

import json
import re
import uuid

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.hands import KeyboardWithoutScript, NoScript, Touch, dutch
from tests.live import Live

pytestmark = pytest.mark.journey
REGION = "twente"
PEOPLE = """
import json
from mmm.accounts import selectors
from tests import cast
def seen(actor):
    session = cast.client_of(actor).cookies["mmm_session"].value
    return {{"address": selectors.own_address(actor), "session": session}}
lead = cast.staff("coordinator", at={region!r}, name="Fenna Smit")
others = [cast.person(name) for name in {names!r}]
cast.with_app(others[0])
print(json.dumps([seen(each) for each in (lead, *others)]))
"""


def enter(hands: Touch, person: dict[str, str]) -> None:
    """Be signed in in this browser."""
    cookie = {"name": "mmm_session", "value": person["session"], "url": hands.live.base_url}
    hands.context.add_cookies([cookie])  # type: ignore[list-item]


def links_to(live: Live, address: str, count: int) -> list[str]:
    """The invitations in the mails for this address, once there are `count` of them."""
    live.post.wait(address, count)
    bodies = [one.get_payload(decode=True) for one in live.post.to(address)]
    found = [re.search(rb"/uitnodiging/[0-9a-f]{32}/", body) for body in bodies if isinstance(body, bytes)]
    return [each.group().decode() for each in found if each]


def ask(lead: Touch, address: str, task: str) -> None:
    """At the desk: ask this address for a task."""
    lead.open("/regio-beheer/taken/")
    lead.write(dutch("E-mail address of this person"), address)
    lead.choose(dutch(task))
    lead.send("Stuur de vraag")
    lead.reads("De mail is onderweg.")


def test_a_region_opens_from_an_empty_list_by_two_people(live: Live, arrive: Arrive) -> None:
    mark = uuid.uuid4().hex[:6]
    names = [f"{name} {mark}" for name in ("Bram", "Lotte", "Joris")]
    made = json.loads(live.python(PEOPLE.format(region=REGION, names=names)).splitlines()[-1])
    lead, deputy, *listeners = made

    # Nothing is there but the coordinator.
    p = arrive(KeyboardWithoutScript)
    enter(p, lead)
    p.open("/regio-beheer/")
    p.reads("De regio is nog niet open.")
    p.follow("De lijst om te openen")
    assert p.page.locator(".st-ok").count() == 1
    assert p.page.locator(".st-new").count() == 11

    # People: a deputy and two listeners are asked by mail.
    p.follow(dutch("Appoint a deputy. Then a region never hangs on one person."))
    ask(p, deputy["address"], "deputy coordinator")
    for each in listeners:
        ask(p, each["address"], "listener")
    assert p.page.get_by_text(names[0]).count() == 0, "nobody has a task before a yes"

    # Two organisations, looked at; each listener is invited to one of them.
    for each, name in zip(listeners, ("Luisterhuis", "Buurthuis"), strict=True):
        p.open("/regio-beheer/organisaties/")
        p.write(dutch("Name of the organisation"), f"{name} {mark}")
        p.choose(dutch("It helps people"))
        p.choose(dutch("care"))
        p.send("Zet op de lijst")
        p.follow(f"Bekijk {name} {mark}")
        p.follow("Kijk deze organisatie na")
        p.choose(dutch("I looked: this organisation is what it says it is"))
        p.send("Nagekeken")
        p.open("/regio-beheer/uitnodigen/")
        p.pick(dutch("To work at this organisation"), f"{name} {mark}")
        p.pick(dutch("With this profession"), "ervaringsdeskundige")
        p.write(dutch("The e-mail address"), each["address"])
        p.send("Maak de uitnodiging")
        p.reads("De mail is onderweg.")

    # They say yes, each in a browser of their own.
    for each in listeners:
        one = arrive(NoScript)
        enter(one, each)
        for link in links_to(live, each["address"], 2):
            one.open(link)
            one.title("Je bent uitgenodigd")
            one.send("Ja, ik doe mee")
        one.open("/mijn-werk/")
        one.follow("Lees en teken nog de belofte om te zwijgen")
        one.choose(dutch("I have read this and I will keep to it"))
        one.send("Dit beloof ik")
        one.title("Mijn werk")

    # Numbers, hours, and what only a person can say.
    for kind, advice in (
        ("phone", "Fill in the number."),
        ("crisis", "Fill in the crisis line of the mental health service."),
        ("complaint", "Fill in where somebody can complain."),
        ("fallback", "Fill in who helps when nobody in the region can."),
    ):
        p.open("/regio-beheer/openen/")
        p.follow(dutch(advice))
        p.page.locator(f"#soort-{kind}").wait_for()
        p.go(p.page.locator(f'a[href$="/nummers/nieuw/{kind}/"]'))
        p.write(dutch("Name of the organisation or line"), f"Lijn {kind}")
        p.write(dutch("Phone number"), "053 000 00 00")
        p.write(dutch("How do you know this?"), "Ik belde ze.")
        p.send("Bewaar, vandaag nagekeken")
        p.reads(f"Lijn {kind}")
    p.open("/regio-beheer/openen/")
    p.follow(dutch("Fill in the days and hours."))
    monday = p.page.get_by_role("group").first
    for number, time in enumerate(("9.00", "17.00")):
        p.enter(monday.get_by_role("textbox").nth(number))
        p.page.keyboard.type(time)
    p.send("Bewaar de tijden")
    p.open("/regio-beheer/openen/")
    for done in (
        "The help outside the region agreed, on paper",
        "Somebody called every number, and a person answered",
        "The listeners read the page about a worrying text",
    ):
        p.send(f"Dit is klaar : {dutch(done)}")
    waiting = p.page.locator("li", has=p.page.locator(".st-new"))
    assert waiting.count() == 1, waiting.all_inner_texts()  # the deputy did not say yes yet
    assert p.button("Vraag om te openen").count() == 0

    # The deputy takes on the task in a second browser; the coordinator asks, and cannot say yes alone.
    second = arrive(KeyboardWithoutScript)
    second.sign_in(deputy["address"])
    second.open(links_to(live, deputy["address"], 1)[0])
    second.send("Ja, ik doe mee")
    second.send(f"Ga verder als {dutch('deputy coordinator')}, Twente")
    second.second_step(deputy["address"])
    p.reload()
    p.send("Vraag om te openen")
    assert p.button("Ja, open de regio").count() == 0
    p.open(f"/regios/{REGION}/")
    before = p.page.locator("main").inner_text()

    second.open("/regio-beheer/")
    second.follow("Zeg ja tegen het openen, of niet")
    second.send("Ja, open de regio")
    second.reads("De regio is open. Mensen kunnen hier nu delen.")

    # Everybody sees it.
    visitor = arrive(NoScript)
    visitor.open(f"/regios/{REGION}/")
    visitor.reads("053 000 00 00")
    assert visitor.page.locator("main").inner_text() != before
    p.open("/regio-beheer/")
    p.reads("De regio is open.")
