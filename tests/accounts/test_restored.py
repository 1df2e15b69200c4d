"""A restored backup brings back no way in, and no task, that was taken away since."""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from mmm.accounts import (
    actors,
    addresses,
    letters,
    paper_codes,
    recovery,
    restored,
    selectors,
    ways_in,
    ways_log,
)
from mmm.accounts.codes import Place
from mmm.accounts.factors import paper, services
from mmm.accounts.models import Letter, Sentence, User
from mmm.foundation import backup, removals
from mmm.region import staff
from tests import cast
from tests.accounts.paper import OWN_PIN, join_by_letter, letter

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Place("192.0.2.0/24")
SENTENCE = "De kip van tante An at altijd mijn boterham op."


def spare_of(actor: actors.Actor) -> int:
    """The number of the address beside the main one."""
    return EmailAddress.objects.get(user_id=actor.id, primary=False).pk


def test_an_address_that_was_removed_lets_nobody_in_again(tmp_path: Path) -> None:
    sam = cast.person()
    main = selectors.own_address(sam)
    cast.move_address(sam, "van.toen@voorbeeld.example", spare=True)
    backup.make(tmp_path)
    addresses.remove(sam, address_id=spare_of(sam))
    done = backup.restore(tmp_path)
    assert done.counts["ways in taken away again"] == 1
    assert [row.email for row in addresses.of(sam.id)] == [main]


def test_who_removed_the_main_address_goes_on_with_the_other(tmp_path: Path) -> None:
    sam = cast.person()
    cast.move_address(sam, "van.nu@voorbeeld.example", spare=True)
    backup.make(tmp_path)
    addresses.remove(sam, address_id=EmailAddress.objects.get(user_id=sam.id, primary=True).pk)
    backup.restore(tmp_path)
    assert selectors.own_address(sam) == "van.nu@voorbeeld.example"


def test_an_address_that_came_back_since_stays(tmp_path: Path) -> None:
    sam = cast.person()
    cast.move_address(sam, "weer.terug@voorbeeld.example", spare=True)
    backup.make(tmp_path)
    addresses.remove(sam, address_id=spare_of(sam))
    cast.move_address(sam, "weer.terug@voorbeeld.example", spare=True)
    backup.restore(tmp_path)
    assert len(addresses.of(sam.id)) == 2


def test_a_passkey_an_app_and_a_password_that_went_stay_away(tmp_path: Path) -> None:
    sam = cast.person()
    key = cast.with_key(sam)
    cast.with_app(sam)
    cast.with_password(sam)
    backup.make(tmp_path)
    services.remove_password(sam)
    services.remove_key(sam, key_id=int(key))
    services.remove_app(sam)
    backup.restore(tmp_path)
    assert not Authenticator.objects.filter(user_id=sam.id).exists()
    assert not User.objects.get(id=sam.id).has_usable_password()


def test_codes_that_were_used_or_replaced_are_good_for_nothing_again(tmp_path: Path) -> None:
    sam, mus = cast.person(), cast.person("Mus")
    used, kept, *_rest = paper_codes.make(sam)
    old = paper_codes.make(mus)[0]
    cast.with_app(sam)
    step = cast.next_paper_code(sam.user)
    backup.make(tmp_path)
    assert paper_codes.use(used, network="x").user
    assert paper.check(sam.user, step)
    paper_codes.make(mus)
    backup.restore(tmp_path)
    assert paper_codes.use(used, network="y").user is None
    assert paper_codes.use(old, network="z").user is None
    assert not paper.check(sam.user, step)
    assert paper.check(sam.user, cast.next_paper_code(sam.user))
    assert paper_codes.use(kept, network="y").user == sam.user


def test_a_pin_that_was_changed_opens_nothing_again(tmp_path: Path) -> None:
    made = letter()
    join_by_letter(Client(), made)
    mus = actors.Actor(User.objects.get(name="Mus"))
    backup.make(tmp_path)
    letters.change_pin(mus, pin="583920")
    done = backup.restore(tmp_path)
    assert letters.check(letters.mark(made.code), OWN_PIN, place=HERE).letter is None
    assert not Letter.objects.filter(user_id=mus.id).exists()
    # Its new PIN is not in the backup, so nothing lets this person in: whoever restored hears how many.
    assert done.counts["people whom nothing lets in"] == 1


def test_a_sentence_that_was_replaced_fits_no_more(tmp_path: Path) -> None:
    mus = cast.person("Mus")
    recovery.choose_sentence(mus, sentence=SENTENCE)
    backup.make(tmp_path)
    recovery.choose_sentence(mus, sentence="Iets heel anders dan dit dus.")
    backup.restore(tmp_path)
    assert not Sentence.objects.exists()


def test_work_and_tasks_that_ended_end_again(tmp_path: Path) -> None:
    marieke, fatima, helper = cast.professional(), cast.coordinator(), cast.staff("helper", name="Hein")
    row = next(each for each in staff.roles_here(fatima) if each.user_id == helper.id)
    backup.make(tmp_path)
    cast.leave(marieke)
    staff.end(fatima, row=row)
    done = backup.restore(tmp_path)
    assert done.counts["work and tasks ended again"] == 2
    for actor in (marieke, helper):
        assert [role.kind for role in actors.roles_of(actor.user)] == ["self"]
    assert len(actors.roles_of(fatima.user)) == 2


def test_nothing_else_is_taken_away_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    sam = cast.person()
    for way in (cast.with_key, cast.with_app, cast.with_password, paper_codes.make):
        way(sam)
    recovery.choose_sentence(sam, sentence=SENTENCE)
    before = ways_in.of(sam.id)
    backup.make(tmp_path)
    done = backup.restore(tmp_path)
    assert done.counts["ways in taken away again"] == ways_log.take_away_again() == 0
    assert ways_in.of(sam.id) == before
    assert restored.erase_again() == 0


def test_the_log_names_nobody_and_half_a_line_counts_for_nothing() -> None:
    sam = cast.person()
    cast.move_address(sam, "geheim@voorbeeld.example", spare=True)
    addresses.remove(sam, address_id=spare_of(sam))
    file = Path(settings.DATA) / "removals.log"
    text = file.read_text()
    assert "geheim" not in text
    assert sam.id.hex not in text
    assert str(sam.id) not in text
    gone = removals.read()
    file.write_text(text + "gone " + "a" * 64)
    assert removals.read() == gone
    file.write_text(text)  # other tests look for what they take away
