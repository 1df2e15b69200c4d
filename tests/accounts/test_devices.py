"""Where somebody is signed in: seen in plain words, ended at once, and told when it is new."""

import pytest
from django.test import Client

from mmm.accounts import devices, notices
from mmm.accounts.actors import Actor
from mmm.accounts.models import Session, User
from tests import cast
from tests.accounts.doors import enter, join, post

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Mobile"
SAM = "sam@example.nl"


def test_devices_are_listed_in_plain_words_without_any_address(client: Client) -> None:
    join(client, SAM)
    phone = Client(headers={"User-Agent": PHONE}, REMOTE_ADDR="203.0.113.77")
    enter(phone, SAM)
    page = client.get("/mijn-gegevens/apparaten/").content.decode()
    assert "Een telefoon of tablet met Android" in page
    assert "Dit is het toestel dat je nu gebruikt" in page
    for row in Session.objects.all():
        assert "203.0.113" not in str(row.get_decoded())


def test_one_session_ends_at_once_and_this_one_stays(client: Client) -> None:
    join(client, SAM)
    phone = Client(headers={"User-Agent": PHONE})
    enter(phone, SAM)
    sam = Actor(User.objects.get())
    there = next(one for one in devices.of(sam, here=client.session.session_key or "") if not one.here)
    assert post(client, "accounts:devices", {"device": there.id}).status_code == 302
    assert phone.get("/mijn-gegevens/").status_code == 302
    assert client.get("/mijn-gegevens/").status_code == 200


def test_all_other_sessions_end_together(client: Client) -> None:
    join(client, SAM)
    others = [Client(), Client()]
    for other in others:
        enter(other, SAM)
    post(client, "accounts:devices", {"others": "1"})
    assert [other.get("/mijn-gegevens/").status_code for other in others] == [302, 302]
    assert client.get("/mijn-gegevens/").status_code == 200


def test_nobody_ends_the_session_of_another() -> None:
    sam, noor = cast.client_of(cast.person("Sam")), cast.client_of(cast.person("Noor"))
    row = Session.objects.get(user_id=noor.session["_auth_user_id"])
    cast.post(sam, "/mijn-gegevens/apparaten/", {"device": row.session_key})
    assert noor.get("/mijn-gegevens/").status_code == 200


def test_a_new_device_is_told_and_a_known_one_is_not(client: Client) -> None:
    join(client, SAM)
    sam = Actor(User.objects.get())
    post(client, "accounts:sign_out")
    enter(client, SAM)
    assert notices.lines_for(sam) == []
    enter(Client(), SAM)
    assert [str(line.text) for line in notices.lines_for(sam)] == [
        "Iemand logde in op een toestel dat we niet kennen"
    ]
