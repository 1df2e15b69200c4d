"""Who shared with somebody hears it when that work ends: once, without a name, and nobody else does."""

import pytest

from mmm.accounts import blocks, farewells, pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.models import Notice
from mmm.consent import services
from mmm.foundation.tasks import outbox
from mmm.region import organisations
from tests import cast

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """Who was told, by name."""
    rows = Notice.objects.filter(kind=services.READER_LEFT).select_related("user")
    return sorted(row.user.name for row in rows)


def test_who_shares_with_somebody_who_leaves_is_told_once() -> None:
    sam, noor, marieke = cast.worker("Sam"), cast.worker("Noor"), cast.professional()
    cast.share(sam, marieke, "dreams", "needs")
    cast.share(sam, marieke, "story")
    cast.share(noor, cast.professional("Ahmed"), "dreams")
    cast.leave(marieke)
    cast.leave(marieke)
    assert told() == ["Sam"]
    page = cast.client_of(sam).get("/meldingen/").content.decode()
    assert "werkt daar niet meer" in page
    assert all("Marieke" not in mail.subject + mail.body for mail in outbox.recent(10))


def test_an_organisation_that_closes_tells_everybody_who_shared_there() -> None:
    sam, noor = cast.worker("Sam"), cast.worker("Noor")
    marieke, ahmed = cast.professional(), cast.professional("Ahmed")
    cast.share(sam, marieke, "dreams")
    cast.share(noor, ahmed, "dreams")
    organisations.close(cast.coordinator(), organisation=cast.organisation())
    assert told() == ["Noor", "Sam"]


def test_what_was_taken_back_ran_out_or_was_closed_by_a_block_is_not_told() -> None:
    sam, noor, ali = cast.worker("Sam"), cast.worker("Noor"), cast.worker("Ali")
    marieke = cast.professional()
    (grant,) = cast.share(sam, marieke, "dreams")
    services.revoke(sam, grant_id=grant.id)
    cast.share(noor, marieke, "dreams")
    blocks.block(noor, person_id=marieke.id, known_as="Marieke")
    cast.share(ali, cast.professional("Ahmed"), "dreams")
    cast.leave(marieke)
    assert told() == []


def test_who_has_a_break_finds_it_on_the_page_and_gets_no_mail() -> None:
    sam, marieke = cast.worker("Sam"), cast.professional()
    cast.share(sam, marieke, "dreams")
    pause.pause(sam)
    cast.leave(marieke)
    (notice,) = Notice.objects.filter(kind=services.READER_LEFT)
    assert notice.user == sam.user
    assert notice.mail_at is None


@pytest.mark.parametrize("how", ["erases at once", "erases later"])
@pytest.mark.django_db(transaction=True)
def test_who_shares_with_somebody_who_erases_the_account_is_told_the_same(how: str) -> None:
    sam, marieke = cast.worker("Sam"), cast.professional()
    cast.share(sam, marieke)
    himself = Actor(marieke.user)
    if how == "erases at once":
        accounts.erase(himself)
    else:
        farewells.erase_later(himself)
    assert told() == ["Sam"]
    assert "werkt daar niet meer" in cast.client_of(sam).get("/meldingen/").content.decode()
