"""Stories that people gave, in search: what is public now, in the index and in results, and nothing else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from mmm.accounts import farewells, pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.content.search import calm
from mmm.content.search import services as search
from mmm.content.search.models import Document, Word
from mmm.foundation import clock, doors, ids
from mmm.foundation.public import edition
from mmm.stories.models import Offer
from mmm.stories.offers import editing, services
from mmm.stories.offers.words import Words
from tests import cast
from tests.stories.offers import giving

pytestmark = pytest.mark.django_db
WORDS = Words(title="Kastanjes", text="Ik verzamelde wel duizend kastanjes.", name="Merel")


@pytest.fixture(autouse=True)
def nobody_searches() -> None:
    calm.forget()


@pytest.fixture
def offer(sam: Actor, editor: Actor) -> Offer:
    return giving.published(sam, editor, WORDS)


def results(asked: str, language: str = "") -> list[str]:
    """Addresses that were found."""
    page = Client().get(f"{language}/zoeken/", {"q": asked}).content.decode()
    return re.findall(r'<h2><a href="([^"]+)"', page)


def indexed() -> list[str]:
    return list(Document.objects.filter(kind="gegeven").values_list("language", flat=True))


def kept() -> bool:
    """Whether a word of the story lies in the index or among the words it knows."""
    return bool(indexed()) or Word.objects.filter(word__startswith="kastanje").exists()


def address(offer: Offer) -> str:
    return f"/verhalen/gegeven/{offer.slug}/"


def test_found_by_another_form_of_a_word_from_the_moment_it_is_public(sam: Actor, editor: Actor) -> None:
    with clock.moved(-giving.WEEK):
        waits = giving.approved(sam, editor, WORDS)
    assert not kept()
    assert results("kastanje") == []
    editing.publish_due()
    assert results("kastanje") == [address(waits)]
    assert results("verzamelen") == [address(waits)]
    assert results("kastanje", "/en") == []  # the words are Dutch


def test_result_says_that_somebody_real_gave_it(offer: Offer) -> None:
    page = Client().get("/zoeken/", {"q": "kastanjes"}).content.decode()
    assert "Een verhaal dat iemand gaf" in page


def test_english_words_are_found_in_english(editor: Actor) -> None:
    noor = cast.worker("Noor")
    noor.user.language = "en"
    noor.user.save()
    words = Words(title="Chestnuts", text="I gathered a thousand chestnuts.", name="Merel")
    row = giving.published(noor, editor, words)
    assert results("chestnut", "/en") == [f"/en{address(row)}"]
    assert results("chestnut") == []


def withdraw(sam: Actor, offer: Offer) -> None:
    services.withdraw(sam, offer_id=offer.id)


def hide(sam: Actor, offer: Offer) -> None:
    editing.hide(offer_id=offer.id, reason="Kees is te herkennen.")


def rest(sam: Actor, offer: Offer) -> None:
    pause.pause(sam)


def wait_to_be_erased(sam: Actor, offer: Offer) -> None:
    farewells.erase_later(sam)


def die(sam: Actor, offer: Offer) -> None:
    farewells.still(sam.id, report=farewells.Report(clock.now(), ids.new(), "Fatima", ids.new(), "Jan"))


def begin_to_erase(sam: Actor, offer: Offer) -> None:
    accounts.begin_erasing(sam.user)  # in this transaction nothing more is erased than what it does at once


def erase(sam: Actor, offer: Offer) -> None:
    accounts.erase_now(sam.id, sam.vault_id)


ENDS = [withdraw, hide, rest, wait_to_be_erased, die, begin_to_erase, erase]


@pytest.mark.parametrize("end", ENDS)
def test_each_end_takes_the_words_out_in_its_own_transaction(
    sam: Actor, offer: Offer, end: Callable[[Actor, Offer], None]
) -> None:
    assert kept()
    mark = edition()
    with transaction.atomic():
        end(sam, offer)
        assert not kept()
    assert edition() != mark
    assert results("kastanje") == []
    search.keep_up()
    search.rebuild()
    assert not kept()


@pytest.mark.parametrize("end", ENDS)
def test_index_that_lags_behind_shows_nothing_that_ended(
    sam: Actor, offer: Offer, end: Callable[[Actor, Offer], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "remove", lambda *args: None)
    end(sam, offer)
    assert kept()
    assert results("kastanje") == []


def test_who_comes_back_is_found_again(sam: Actor, offer: Offer) -> None:
    pause.pause(sam)
    pause.resume(sam)
    assert results("kastanje") == [address(offer)]
    farewells.erase_later(sam)
    farewells.come_back(sam.id)
    assert results("kastanje") == [address(offer)]


def test_of_who_gave_nothing_a_break_changes_nothing(sam: Actor, offer: Offer) -> None:
    pause.pause(cast.worker("Noor"))
    assert results("kastanje") == [address(offer)]


@pytest.mark.django_db(transaction=True)
def test_backup_holds_no_index_and_a_restore_makes_it_anew(sam: Actor, offer: Offer, tmp_path: Path) -> None:
    call_command("backup", str(tmp_path))
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("default.*"))
    assert b"astanje" not in held
    call_command("restore", str(tmp_path))
    assert results("kastanje") == [address(offer)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [withdraw, hide, wait_to_be_erased, erase])
def test_what_ended_since_the_backup_is_not_found_after_a_restore(
    sam: Actor, offer: Offer, tmp_path: Path, end: Callable[[Actor, Offer], None]
) -> None:
    call_command("backup", str(tmp_path))
    end(sam, offer)
    call_command("restore", str(tmp_path))
    assert Offer.objects.filter(slug=offer.slug).exists() == (end is not erase)
    assert not kept()


def test_all_that_is_told_of_is_public_now(offer: Offer) -> None:
    told = list(doors.searchable["gegeven"].documents("nl"))
    assert [document.key for document in told] == [offer.slug]
