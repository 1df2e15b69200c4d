"""A person shares, has a break, comes back, and blocks somebody; the reader is told nothing.

Walked with the keyboard alone and without JavaScript, on a phone.
"""

import uuid

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.hands import Keyboard, NoScript, Touch
from tests.live import Live

pytestmark = pytest.mark.journey

SHARED = """
from tests import cast
reader = cast.professional({reader!r})
owner = cast.worker({name!r})
cast.share(owner, reader, "dreams")
for actor in (owner, reader):
    print(cast.client_of(actor).cookies["mmm_session"].value)
print(owner.id.hex)
"""


def enter(hands: Touch, session: str) -> None:
    """Be signed in in this browser."""
    hands.context.add_cookies([{"name": "mmm_session", "value": session, "url": hands.live.base_url}])


@pytest.mark.parametrize("hands", [Keyboard, NoScript], ids=["keyboard", "without-javascript"])
def test_person_has_a_break_returns_and_blocks_and_the_reader_hears_nothing(
    hands: type[Touch], live: Live, arrive: Arrive
) -> None:
    name, reader = f"Lente{uuid.uuid4().hex[:6]}", f"Joke {uuid.uuid4().hex[:6]}"
    mine, theirs, owner = live.python(SHARED.format(name=name, reader=reader)).split()[-3:]
    her = arrive(hands)
    enter(her, theirs)
    link = f"/met-mij-gedeeld/{owner}/"
    assert her.open(link) == 200

    # One tap: her open page is closed at its next click, as if nothing was ever shared.
    p = arrive(hands)
    enter(p, mine)
    p.open("/wie-mag-lezen/")
    p.send("Even pauze")
    p.title("Je hebt pauze")
    assert her.reload() == 404
    assert her.open("/met-mij-gedeeld/") == 200
    assert name not in her.page.content()

    # The break shows on every page; writing goes on.
    p.open("/mijn-verhaal/dromen/1/")
    p.reads("Je hebt pauze. Niemand kan nu lezen.", "nu leest niemand mee")
    p.tell(" Rustig aan.")
    p.send("Bewaar en stop voor nu")

    # Back with one tap.
    p.page.get_by_role("button", name="Ik ben er weer").first.wait_for()
    p.send("Ik ben er weer")
    p.reads("Fijn dat je er weer bent.")
    assert her.open(link) == 200
    her.reads("Rustig aan.")

    # Block her: at once, without a word.
    p.open("/wie-las-wat/")
    p.follow("Blokkeer iemand, of draai dat terug")
    p.follow(f"Blokkeer {reader}, jobcoach, Werkpunt")
    p.title(f"{reader} blokkeren?")
    p.send(f"Blokkeer {reader}")
    p.reads("Geblokkeerd. Daar kan niemand nog iets van jou openen.")
    assert her.reload() == 404
    assert her.open("/met-mij-gedeeld/") == 200
    assert name not in her.page.content()
    p.open("/delen/?deel=")
    p.choose("Mijn dromen")
    p.send("Verder: wie mag dit lezen?")
    assert reader not in p.page.content()

    # Undo it: still nothing is shared.
    p.open("/wie-mag-lezen/blokkades/")
    p.send(f"Blokkeer niet meer {reader}, jobcoach, Werkpunt")
    p.reads("Je blokkeert nu niemand.")
    assert her.open(link) == 404
