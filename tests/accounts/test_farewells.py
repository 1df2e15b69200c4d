"""Going away and coming back: invisible at once, one page, and gone on the day whatever happens."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from hypothesis import HealthCheck
from hypothesis import settings as examples
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mmm.accounts import actors, farewell_log, farewells, restored, selectors, services
from mmm.accounts.models import Farewell, Session, User
from mmm.consent import services as consent
from mmm.consent.selectors import NotThere, shared_with
from mmm.foundation import clock, crypto, ids
from mmm.foundation.tasks import outbox, worker
from tests import cast
from tests.accounts.doors import enter, join, mails_to, post
from tests.house.world import nothing_stays

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)
BACK = "/mijn-gegevens/terug/"


def a_report() -> farewells.Report:
    return farewells.Report(
        at=clock.now(),
        reported_by=ids.new(),
        reporter="Fatima el Amrani, Holland Rijnland",
        checked_by=ids.new(),
        checker="Jan Bos, Holland Rijnland",
    )


def goes(client: Client, cause: str = "own") -> User:
    """Sam signs up by the pages and goes, by own choice or by a report."""
    join(client)
    user = User.objects.get(name="Sam")
    if cause == "own":
        answer = post(client, "accounts:erase", {"when": "later"})
        assert answer.url.startswith(reverse("accounts:erased_later"))
    else:
        farewells.still(user.id, report=a_report())
    return user


def test_the_receipt_says_until_which_day_one_can_come_back(client: Client) -> None:
    join(client)
    answer = post(client, "accounts:erase", {"when": "later"})
    page = client.get(answer.url).content.decode()
    assert date_format(clock.today() + 14 * DAY, "j F Y") in page
    assert "Niemand ziet je nu nog" in page


def test_a_day_that_is_no_day_is_left_out(client: Client) -> None:
    page = client.get(reverse("accounts:erased_later"), {"dag": "<script>"}).content.decode()
    assert "Na 14 dagen wissen we alles voorgoed." in page


@pytest.mark.parametrize("cause", ["own", "death"])
def test_while_somebody_waits_nobody_reads_and_nobody_finds_them(cause: str) -> None:
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    assert shared_with(marieke)
    if cause == "own":
        farewells.erase_later(sam)
    else:
        farewells.still(sam.id, report=a_report())
    assert shared_with(marieke) == []
    with pytest.raises(NotThere):
        consent.read(marieke, owner_id=sam.id)
    assert selectors.display_name(sam.id) == ""
    assert selectors.mails_of(sam.id) == []


def test_mail_that_had_not_left_does_not_leave(client: Client) -> None:
    join(client)
    outbox.post(to="sam@example.nl", subject="Iets", body="x", kind="test", key="1")
    post(client, "accounts:erase", {"when": "later"})
    assert mails_to("sam@example.nl") == []


@pytest.mark.parametrize("cause", ["own", "death"])
def test_signing_in_leads_to_one_page_and_to_no_session(client: Client, cause: str) -> None:
    goes(client, cause)
    assert client.get(reverse("accounts:mine")).status_code == 302
    with clock.moved(5 * DAY):
        answer = enter(client)
        assert answer.url == BACK
        page = client.get(BACK).content.decode()
        assert "Ik wil toch blijven" in page or "Ik ben er nog" in page
        assert not Session.objects.exclude(user_id=None).exists()
        for name in ("accounts:mine", "stories:overview", "consent:who"):
            assert client.get(reverse(name)).url.startswith(reverse("accounts:sign_in"))


def test_signing_up_anew_with_the_address_leads_to_the_same_page(client: Client) -> None:
    user = goes(client)
    with clock.moved(5 * DAY):
        assert join(client).url == BACK
    assert User.objects.get() == user


@pytest.mark.parametrize("cause", ["own", "death"])
def test_who_comes_back_is_signed_in_and_finds_everything_as_it_was(client: Client, cause: str) -> None:
    user = goes(client, cause)
    with clock.moved(13 * DAY):
        enter(client)
        answer = post(client, "accounts:back", {"stay": "1"})
        assert answer.url == reverse("stories:overview")
        assert client.get(answer.url).status_code == 200
        assert farewells.state_of(user.id) == "active"
    with clock.moved(400 * DAY):
        farewells.erase_due()
        worker.run_due()
    assert User.objects.filter(id=user.id).exists()


def test_who_does_not_want_to_wait_is_erased_at_once(client: Client) -> None:
    user = goes(client)
    with clock.moved(DAY):
        enter(client)
        assert post(client, "accounts:back", {"go": "1"}).url == reverse("accounts:erased")
        assert client.get(BACK).status_code == 302
    assert not crypto.vault_alive(user.vault_id)
    assert not User.objects.filter(id=user.id).exists()


def test_a_mailbox_alone_does_not_erase_who_was_reported(client: Client) -> None:
    user = goes(client, "death")
    with clock.moved(DAY):
        enter(client)
        assert post(client, "accounts:back", {"go": "1"}).status_code == 200
    assert farewells.state_of(user.id) == "stilled"


def test_the_page_after_a_report_says_who_reported_and_who_checked(client: Client) -> None:
    goes(client, "death")
    with clock.moved(DAY):
        enter(client)
        page = client.get(BACK).content.decode()
        assert "Fatima el Amrani" in page
        assert "Jan Bos" in page
        assert "113" in page
        post(client, "accounts:back", {"stay": "1"})
        later = client.get(reverse("accounts:later")).content.decode()
        assert "Fatima el Amrani" in later


@pytest.mark.parametrize(("cause", "days"), [("own", 14), ("death", 183)])
def test_on_the_day_a_worker_erases_and_before_it_does_not(client: Client, cause: str, days: int) -> None:
    user = goes(client, cause)
    with clock.moved((days - 1) * DAY):
        worker.run_due()
        assert crypto.vault_alive(user.vault_id)
    with clock.moved(days * DAY):
        worker.run_due()
    assert not crypto.vault_alive(user.vault_id)
    assert not User.objects.filter(id=user.id).exists()


def test_past_the_day_there_is_no_way_back_also_when_no_worker_was_there(client: Client) -> None:
    user = goes(client)
    with clock.moved(14 * DAY):
        assert enter_fails(client)
        assert farewells.state_of(user.id) == "erased"
        assert not farewells.come_back(user.id)


def enter_fails(client: Client) -> bool:
    """A code for who is gone: the mail says that there is no account."""
    post(client, "accounts:sign_in", {"email": "sam@example.nl"})
    return "Er is nog geen account" in mails_to("sam@example.nl")[0].body


def test_a_worker_killed_half_way_leaves_the_rest_to_the_next(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = goes(client)

    def killed(*args: object) -> None:
        raise SystemError("killed")

    with clock.moved(14 * DAY):
        with monkeypatch.context() as patch:
            patch.setattr("mmm.region.services.erase", killed)
            worker.run_due()
        assert User.objects.filter(id=user.id).exists()
        assert not crypto.vault_alive(user.vault_id)
    with clock.moved(15 * DAY):
        worker.run_due()
    assert not User.objects.filter(id=user.id).exists()


def test_one_open_farewell_and_never_checked_by_who_reported() -> None:
    sam = cast.person()
    who = ids.new()
    facts: dict[str, Any] = {"user": sam.user, "due_at": clock.now() + DAY}
    death = {"cause": "death", "reported_at": clock.now(), "reported_by": who}
    for wrong in (
        {**facts, **death, "checked_by": who},
        {**facts, "cause": "death"},
        {**facts, "cause": "own", "reported_at": clock.now()},
        {**facts, "cause": "tired"},
        {"user": sam.user, "cause": "own", "due_at": clock.now() - DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Farewell.objects.create(**wrong)
    farewells.erase_later(sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Farewell.objects.create(**facts, cause="own")


def test_the_name_of_a_coordinator_who_is_erased_goes_from_the_reports() -> None:
    sam, fatima = cast.person(), cast.person("Fatima")
    report = farewells.Report(clock.now(), fatima.id, "Fatima", ids.new(), "Jan")
    farewells.still(sam.id, report=report)
    services.erase(fatima)
    row = Farewell.objects.get()
    assert (row.reporter, row.reported_by, row.checker) == ("", None, "Jan")


def test_the_page_says_what_happens_with_a_story_passed_on_and_asks_nothing() -> None:
    answer = cast.client_of(cast.person()).get(reverse("accounts:later"))
    page = answer.content.decode()
    assert "Gaat je account weg? Dan gaat dat verhaal mee." in page
    assert "form" not in answer.context
    assert cast.client_of(cast.person("Tweede")).post(reverse("accounts:later")).status_code == 405


# -- restores --


def test_a_restore_hides_again_who_went_and_shows_who_came_back() -> None:
    went, back, died = (cast.person(name) for name in ("Went", "Back", "Died"))
    farewells.erase_later(back)  # before the backup
    backup = {user.id: (user.is_active,) for user in User.objects.all()}
    farewells.come_back(back.id)
    farewells.erase_later(went)
    farewells.still(died.id, report=a_report())
    # What the backup had: one waits, the others are active.
    Farewell.objects.exclude(user=back.user).delete()
    Farewell.objects.filter(user=back.user).update(ended_at=None)
    for user_id, (active,) in backup.items():
        User.objects.filter(id=user_id).update(is_active=active)
    assert restored.erase_again() == 0
    assert restored.go_again() == 3
    states = [farewells.state_of(each.id) for each in (went, back, died)]
    assert states == ["erasing", "active", "stilled"]
    assert restored.go_again() == 0


def test_a_restore_erases_whose_day_came_since() -> None:
    sam = cast.person()
    farewells.erase_later(sam)
    Farewell.objects.all().delete()
    User.objects.update(is_active=True)
    with clock.moved(15 * DAY):
        assert restored.erase_again() == 1
    assert not crypto.vault_alive(sam.vault_id)


def test_an_erasure_that_began_is_in_the_log_before_the_key_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    sam = cast.person()
    monkeypatch.setattr(services, "erase_now", lambda *args: None)  # killed right after the commit
    services.erase(sam)
    assert sam.id in farewell_log.read()
    monkeypatch.undo()
    User.objects.update(is_active=True)  # a backup of before
    assert restored.erase_again() == 1


def test_half_a_line_in_the_log_counts_for_nothing() -> None:
    path = Path(settings.DATA) / "farewells.log"
    sam = cast.person()
    path.write_text(
        f"{sam.id.hex} went own {clock.now().isoformat()}\n{sam.id.hex} ba\nx\n{sam.id.hex} went own\n"
    )
    assert farewell_log.read()[sam.id].cause == "own"
    path.unlink()
    assert farewell_log.read() == {}


# -- the state machine --


class Accounts(RuleBasedStateMachine):
    """One account, everything that can happen to it, in any order and at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.stay = nothing_stays()
        self.stay.__enter__()
        self.sam, self.marieke = cast.worker(), cast.professional()
        cast.share(self.sam, self.marieke)
        self.now = dt.timedelta()
        self.expected: str = "active"
        self.due: dt.timedelta | None = None

    def teardown(self) -> None:
        self.stay.__exit__(None, None, None)

    def at(self) -> Any:
        return clock.moved(self.now)

    def fresh(self) -> actors.Actor:
        return actors.Actor(User.objects.get(id=self.sam.id))

    @precondition(lambda self: self.expected == "active")
    @rule()
    def chooses_later(self) -> None:
        with self.at():
            farewells.erase_later(self.fresh())
        self.expected, self.due = "erasing", self.now + 14 * DAY

    @rule()
    def is_reported(self) -> None:
        with self.at():
            found = farewells.still(self.sam.id, report=a_report())
        assert (found is not None) == (self.expected == "active")
        if found:
            self.expected, self.due = "stilled", self.now + dt.timedelta(days=365 / 2)

    @rule()
    def comes_back(self) -> None:
        with self.at():
            came = farewells.come_back(self.sam.id)
        assert came == (self.expected in {"erasing", "stilled"})
        if came:
            self.expected, self.due = "active", None

    @rule()
    def wants_it_now(self) -> None:
        with self.at():
            went = farewells.erase_at_once(self.sam.id)
        assert went == (self.expected == "erasing")
        if went:
            self.expected, self.due = "erased", self.now

    @rule()
    def six_days_pass(self) -> None:
        self.passes(6 * DAY)

    @rule()
    def three_months_pass(self) -> None:
        self.passes(92 * DAY)

    def passes(self, days: dt.timedelta) -> None:
        self.now += days
        if self.due is not None and self.now >= self.due:
            self.expected = "erased"

    @rule()
    def a_worker_comes_by(self) -> None:
        with self.at():
            farewells.erase_due()
            if self.expected == "erased":
                services.erase_now(self.sam.id, self.sam.vault_id)
        if self.expected == "erased":
            assert not crypto.vault_alive(self.sam.vault_id)

    @invariant()
    def is_in_the_state_that_it_should_be_in(self) -> None:
        with self.at():
            assert farewells.state_of(self.sam.id) == self.expected
            address = EmailAddress.objects.filter(user_id=self.sam.id).values_list("email", flat=True).first()
            if self.expected in {"erasing", "stilled"}:
                assert address
                assert selectors.to_sign_in(address)
            if self.expected == "erased" and address:
                assert selectors.to_sign_in(address) is None

    @invariant()
    def nobody_reads_who_is_not_active(self) -> None:
        if self.now > 80 * DAY:
            return  # the grant has run out by then
        with self.at():
            assert bool(shared_with(self.marieke)) == (self.expected == "active")


Accounts.TestCase.settings = examples(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.django_db
class TestAccounts(Accounts.TestCase):  # type: ignore[name-defined,misc]
    """Runs the machine."""
