"""My data, my role, how long idle may last, and erasing everything."""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mmm.accounts import actors, policy, restored, selectors, services
from mmm.accounts.models import Session, SignInCode, User
from mmm.foundation import clock, crypto, doors
from mmm.foundation.policy import Denied, NotAllowed
from mmm.foundation.tasks import worker
from mmm.region.models import Membership, StaffRole
from tests.accounts.doors import code_for, did_second_step, join, mails_to, once, post
from tests.region.people import coordinator, member

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def test_my_data_shows_what_is_kept_and_changes_the_name(client: Client) -> None:
    join(client)
    page = client.get(reverse("accounts:mine")).content.decode()
    assert "sam@example.nl" in page
    post(client, "accounts:mine", {"name": "Sammie"})
    assert "Sammie" in client.get(reverse("accounts:mine")).content.decode()


def test_a_role_is_chosen_after_signing_in_and_switched(client: Client) -> None:
    join(client)
    membership = member(User.objects.get())
    key = f"member:{membership.id.hex}"
    assert membership.organisation.name in client.get(reverse("accounts:role")).content.decode()
    post(client, "accounts:role", {"role": key, "next": reverse("accounts:mine")})
    assert client.get(reverse("accounts:mine")).wsgi_request.actor.role.key == key  # type: ignore[attr-defined]
    post(client, "accounts:role", {"role": "self"})
    assert client.get(reverse("accounts:mine")).wsgi_request.actor.is_self  # type: ignore[attr-defined]


def test_who_has_more_roles_chooses_one_right_after_signing_in(client: Client) -> None:
    join(Client())
    member(User.objects.get())
    with clock.moved(5 * MINUTE):
        post(client, "accounts:sign_in", {"email": "sam@example.nl", "next": "/mijn-gegevens/"})
        answer = post(client, "accounts:code", {"code": code_for("sam@example.nl")})
    assert answer.url == f"{reverse('accounts:role')}?next=%2Fmijn-gegevens%2F"


@pytest.mark.parametrize("key", ["member:00", "staff:x", "member:" + "0" * 32, "admin", ""])
def test_a_role_that_is_not_yours_leaves_you_yourself(client: Client, key: str) -> None:
    join(client)
    post(client, "accounts:role", {"role": key})
    assert client.get(reverse("accounts:mine")).wsgi_request.actor.is_self  # type: ignore[attr-defined]


def test_a_role_of_somebody_else_cannot_be_taken(client: Client) -> None:
    join(Client(), "m@werk.example", "Marieke")
    membership = member(User.objects.get())
    join(client)
    post(client, "accounts:role", {"role": f"member:{membership.id.hex}"})
    assert client.get(reverse("accounts:mine")).wsgi_request.actor.is_self  # type: ignore[attr-defined]


def test_a_membership_that_ended_is_gone_from_the_open_session_at_the_next_request(client: Client) -> None:
    join(client)
    membership = member(User.objects.get())
    post(client, "accounts:role", {"role": f"member:{membership.id.hex}"})
    Membership.objects.update(ended_at=clock.now())
    assert client.get(reverse("accounts:mine")).wsgi_request.actor.is_self  # type: ignore[attr-defined]


def test_a_page_for_yourself_says_in_which_role_you_are(client: Client) -> None:
    join(client)
    membership = member(User.objects.get())
    post(client, "accounts:role", {"role": f"member:{membership.id.hex}"})
    did_second_step(client)
    answer = client.get(reverse("accounts:erase"))
    assert answer.status_code == 403
    assert "Ga verder als jezelf" in answer.content.decode()


def test_idle_lasts_twelve_hours_for_oneself_and_one_hour_for_work(client: Client) -> None:
    join(client)
    membership = member(User.objects.get())
    assert client.session.get_expiry_age() == 12 * 60 * 60
    post(client, "accounts:role", {"role": f"member:{membership.id.hex}"})
    assert client.session.get_expiry_age() == 60 * 60


def test_an_idle_session_is_over(client: Client) -> None:
    join(client)
    Session.objects.update(expire_date=timezone.now() - MINUTE)
    assert client.get(reverse("accounts:mine")).status_code == 302


def test_a_session_slides_at_most_once_in_ten_minutes(client: Client) -> None:
    join(client)
    url = reverse("accounts:mine")
    before = client.session["seen_at"]
    client.get(url)
    assert client.session["seen_at"] == before
    with clock.moved(11 * MINUTE):
        client.get(url)
    assert client.session["seen_at"] != before


def test_erasing_asks_for_a_fresh_code_after_fifteen_minutes(client: Client) -> None:
    join(client)
    assert client.get(reverse("accounts:erase")).status_code == 200
    with clock.moved(16 * MINUTE):
        answer = client.get(reverse("accounts:erase"))
        assert answer.url == f"{reverse('accounts:again')}?next=%2Fmijn-gegevens%2Fwissen%2F"
        post(client, "accounts:again", {"next": reverse("accounts:erase")})
        back = post(client, "accounts:code", {"code": code_for("sam@example.nl")})
        assert back.url == reverse("accounts:erase")
        assert client.get(reverse("accounts:erase")).status_code == 200


def test_a_fresh_code_of_another_account_proves_nothing(client: Client) -> None:
    join(Client(), "other@example.nl")
    join(client)
    with clock.moved(16 * MINUTE):
        post(client, "accounts:again", {"next": reverse("accounts:erase")})
        post(Client(), "accounts:sign_in", {"email": "other@example.nl"})
        answer = post(client, "accounts:code", {"code": code_for("other@example.nl")})
        assert answer.status_code == 200
        assert client.get(reverse("accounts:erase")).status_code == 302


def _values_everywhere() -> str:
    kept = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return "\n".join(str(list(model._default_manager.values())) for model in kept)


@pytest.mark.django_db(transaction=True)
def test_erasing_leaves_no_row_and_no_key(client: Client) -> None:
    join(client, name="Quirijntje")  # a name that stands in no text of the site
    second = Client()
    with clock.moved(5 * MINUTE):
        post(second, "accounts:sign_in", {"email": "sam@example.nl"})
        post(second, "accounts:code", {"code": code_for("sam@example.nl")})
    user = User.objects.get()
    member(user)
    coordinator(user)
    answer = post(client, "accounts:erase", {"when": "now"})
    assert answer.url == reverse("accounts:erased")
    assert "Alles is gewist" in client.get(answer.url).content.decode()
    assert not crypto.vault_alive(user.vault_id)
    for model in (User, Session, SignInCode, EmailAddress, Membership, StaffRole):
        assert model._default_manager.count() == 0, model
    assert mails_to("sam@example.nl") == []
    assert second.get(reverse("accounts:mine")).status_code == 302
    worker.run_due()
    left = _values_everywhere()
    assert "sam@example.nl" not in left
    assert "Quirijntje" not in left
    assert str(user.id) not in left


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken_at", ["key", "rooms", "rows"])
def test_an_erasure_that_is_killed_half_way_is_invisible_at_once_and_finished_by_a_worker(
    client: Client, monkeypatch: pytest.MonkeyPatch, broken_at: str
) -> None:
    join(client)
    user = User.objects.get()
    with monkeypatch.context() as patch:
        if broken_at == "key":
            patch.setattr(crypto, "destroy_vault", _killed, raising=False)
        elif broken_at == "rooms":
            patch.setattr("mmm.region.services.erase", _killed)
        else:
            patch.setattr("mmm.accounts.codes.forget", _killed)
        with pytest.raises(SystemError):
            services.erase(actors.Actor(user))
    assert selectors.by_address("sam@example.nl") is None
    assert client.get(reverse("accounts:mine")).status_code == 302
    worker.run_due()
    assert User.objects.count() == 0
    assert not crypto.vault_alive(user.vault_id)


def _killed(*args: object, **kwargs: object) -> None:
    raise SystemError("killed")


def test_a_veto_says_why(client: Client) -> None:
    join(client)
    actor = actors.Actor(User.objects.get())
    veto = doors.Leaving("test", lambda user_id: Denied("Geef eerst je open stappen door."))
    doors.leaving._items["test"] = veto
    try:
        assert isinstance(policy.may_erase(actor), Denied)
        with pytest.raises(NotAllowed):
            services.erase(actor)
        assert "Geef eerst je open stappen door." in client.get(reverse("accounts:erase")).content.decode()
        assert post(client, "accounts:erase", {"when": "now"}).status_code == 200
    finally:
        del doors.leaving._items["test"]
    assert User.objects.count() == 1


def test_after_a_restore_everybody_whose_key_is_gone_is_erased(client: Client) -> None:
    join(client)
    join(Client(), "anna@example.nl", "Anna")
    crypto.destroy_vault(User.objects.get(name="Sam").vault_id)
    assert restored.erase_again() == 1
    assert User.objects.get().name == "Anna"


def test_after_a_restore_nobody_is_signed_in_by_a_session_that_had_ended(client: Client) -> None:
    join(client)
    code = code_for("sam@example.nl")
    SignInCode.objects.update(used_at=None)  # as the backup has it
    restored.erase_again()
    assert client.get(reverse("accounts:mine")).status_code == 302
    with clock.moved(2 * MINUTE):
        post(client, "accounts:sign_in", {"email": "sam@example.nl"})
        assert post(client, "accounts:code", {"code": code}).status_code == 200


def test_a_name_is_shown_only_of_who_is_there() -> None:
    join(Client())
    assert selectors.display_name(User.objects.get().id) == "Sam"
    assert selectors.display_name(uuid.uuid4()) == ""


def test_a_form_posted_twice_has_one_effect(client: Client) -> None:
    join(client)
    key = once()
    url = reverse("accounts:mine")
    first = client.post(url, {"name": "Een", "once": key})
    client.post(url, {"name": "Twee", "once": once()})
    again = client.post(url, {"name": "Een", "once": key})
    assert (first.status_code, first.url) == (again.status_code, again.url)
    assert User.objects.get().name == "Twee"
