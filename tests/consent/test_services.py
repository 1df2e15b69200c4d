"""Sharing, reading and taking back, through the doors of the room."""

import datetime as dt

import pytest
from django.core import mail as outside
from django.db import DatabaseError, transaction
from django.utils import timezone

from mmm.accounts import services as accounts
from mmm.consent import selectors, services
from mmm.consent.models import Draft, Grant
from mmm.consent.selectors import NotThere
from mmm.foundation import audit, clock
from mmm.foundation.audit.models import LookRow
from mmm.foundation.policy import NotAllowed
from mmm.foundation.tasks import worker
from tests import cast

pytestmark = pytest.mark.django_db


def readable(reader, owner) -> list[str]:
    """What the reader gets of this person now, as one text per sheet; empty when nothing."""
    try:
        return ["".join(sheet.html) for sheet in services.read(reader, owner_id=owner.id).sheets]
    except NotThere:
        return []


def test_the_chosen_reader_reads_what_was_shared_and_nothing_else():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams")
    (sheet,) = readable(marieke, sam)
    assert "planten" in sheet
    assert "rustige plek" not in sheet
    assert "tandarts" not in sheet


def test_another_professional_of_the_same_organisation_reads_nothing():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    assert readable(cast.professional("Joost"), sam) == []


def test_the_look_is_in_the_log_before_the_text_is_out():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "story")
    assert readable(marieke, sam)
    (line,) = selectors.looks_for(sam, limit=10)
    assert line.reader_line.startswith("Marieke de Wit, jobcoach")
    assert line.titles == ["Mijn dromen", "Wat ik wil vertellen"]


def test_a_look_that_cannot_be_written_gives_no_text(monkeypatch):
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)

    def full_disk(**_ignored):
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "look", full_disk, raising=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        services.read(marieke, owner_id=sam.id)


def test_taken_back_is_closed_at_the_next_read():
    sam, marieke = cast.worker(), cast.professional()
    (grant,) = cast.share(sam, marieke)
    services.revoke(sam, grant_id=grant.id)
    assert readable(marieke, sam) == []
    assert selectors.shared_with(marieke) == []


def test_taking_back_everything_of_one_reader_leaves_other_readers_alone():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    grant, *_rest = cast.share(sam, marieke, "dreams", "needs", "story")
    cast.share(sam, joost, "dreams")
    assert services.revoke(sam, grant_id=grant.id, everything=True) == 3
    assert readable(marieke, sam) == []
    assert readable(joost, sam)


def test_the_last_day_is_included_and_the_next_day_is_not():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, days=3)
    with clock.moved(dt.timedelta(days=3)):
        assert readable(marieke, sam)
    with clock.moved(dt.timedelta(days=4)):
        assert readable(marieke, sam) == []


def test_who_leaves_the_organisation_reads_nothing_more():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    cast.leave(marieke)
    assert readable(marieke, sam) == []


def test_who_joins_again_does_not_get_the_old_grants_back():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    cast.leave(marieke)
    again = cast.member(marieke, cast.organisation())
    assert readable(again, sam) == []


def test_a_grant_holds_for_one_membership_only():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    elsewhere = cast.member(marieke, cast.organisation("Wijkteam", chain_link="care"))
    assert readable(elsewhere, sam) == []
    assert readable(marieke, sam)


def test_nobody_reads_as_themselves():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    assert readable(cast.Actor(marieke.user), sam) == []


def test_sharing_again_with_the_same_reader_replaces_the_grant():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, days=5)
    cast.share(sam, marieke, days=50)
    (given,) = selectors.given_by(sam)
    assert given.until == timezone.localdate() + dt.timedelta(days=50)


@pytest.mark.parametrize("days", [-1, 367])
def test_the_last_day_is_today_or_later_and_within_a_year(days):
    sam, marieke = cast.worker(), cast.professional()
    with pytest.raises(NotAllowed):
        cast.share(sam, marieke, days=days)


def test_who_decides_on_benefits_gets_the_story_only_after_the_page_about_it():
    sam, ruud = cast.worker(), cast.income_professional()
    with pytest.raises(NotAllowed):
        cast.share(sam, ruud, "story")
    cast.share(sam, ruud, "dreams")
    cast.share(sam, ruud, "story", knows_income=True)
    assert len(readable(ruud, sam)) == 2


def test_a_case_manager_at_another_kind_of_organisation_still_decides_on_benefits():
    sam = cast.worker()
    reader = cast.member(cast.person("Ruud"), cast.organisation(), profession=cast.CASE_MANAGER)
    with pytest.raises(NotAllowed):
        cast.share(sam, reader, "story")


def test_an_employer_never_gets_the_story():
    sam, anja = cast.worker(), cast.employer()
    with pytest.raises(NotAllowed):
        cast.share(sam, anja, "story")


def test_health_words_for_an_employer_are_shown_before_sharing_and_the_person_decides():
    sam, anja, marieke = cast.worker(), cast.employer(), cast.professional()
    cast.write(sam, "needs", "words", "Door mijn depressie heb ik rust nodig.", version=1)
    assert cast.share(sam, marieke, "needs")  # not an employer: nobody looks
    with pytest.raises(NotAllowed):
        cast.share(sam, anja, "needs")
    draft, browser = Draft.objects.get(owner=sam.user), cast.client_of(sam)
    address = f"/delen/{draft.id.hex}/bekijk/"
    page = browser.get(address)
    assert page.context["health_words"] == ["depressie"]
    seen = {"version": page.context["choices"].version}
    assert "je tekst" in cast.post(browser, address, seen).content.decode()
    assert not readable(anja, sam)
    assert cast.post(browser, address, {**seen, "health": "on"}).status_code == 302
    assert readable(anja, sam)


def test_words_beside_a_share_for_an_employer_are_looked_through_as_well():
    sam, anja = cast.worker(), cast.employer()
    draft = services.begin(
        sam, chosen=[each for each in cast.things.of(sam.id) if each.kind == "stories.needs"]
    )
    membership, until = anja.role.membership_id, cast.today()
    services.choose(
        sam, draft_id=draft.id, membership=membership, purpose="other", words="Na mijn opname.", until=until
    )
    with pytest.raises(NotAllowed):
        services.share(sam, draft_id=draft.id)
    assert services.share(sam, draft_id=draft.id, not_about_health=True)


def test_nobody_shares_what_is_not_theirs():
    sam, henk, marieke = cast.worker(), cast.worker("Henk"), cast.professional()
    thing = cast.things.of(sam.id)[0]
    with pytest.raises(NotThere):
        services.begin(henk, chosen=[thing])
    (grant,) = cast.share(sam, marieke)
    with pytest.raises(NotThere):
        services.revoke(henk, grant_id=grant.id)
    assert readable(marieke, sam)


def test_nobody_shares_with_themselves():
    delano = cast.member(cast.worker("Delano"), cast.organisation("Anker", chain_link="care"))
    with pytest.raises(NotAllowed):
        cast.share(cast.Actor(delano.user), delano)


def test_a_draft_is_not_visible_to_anybody_else_and_goes_when_shared():
    sam, henk, marieke = cast.worker(), cast.worker("Henk"), cast.professional()
    draft = services.begin(sam, chosen=cast.things.of(sam.id))
    with pytest.raises(NotThere):
        selectors.draft_for(henk, draft.id)
    cast.share(sam, marieke)
    assert list(Draft.objects.values_list("id", flat=True)) == [draft.id]


def test_the_preview_is_what_the_reader_gets():
    sam, marieke = cast.worker(), cast.professional()
    draft = services.begin(sam, chosen=cast.things.of(sam.id))
    services.choose(
        sam,
        draft_id=draft.id,
        membership=marieke.role.membership_id,
        purpose="know_me",
        words="Lees dit rustig.",
        until=timezone.localdate() + dt.timedelta(days=9),
    )
    preview = selectors.preview_for(sam, selectors.draft_for(sam, draft.id))
    services.share(sam, draft_id=draft.id)
    (sheet,) = services.read(marieke, owner_id=sam.id).sheets
    assert sheet == preview


def test_the_mail_to_the_reader_says_nothing_about_anyone():
    sam, marieke = cast.worker("Xaviera"), cast.professional()
    cast.share(sam, marieke)
    with cast.at_noon():
        worker.run_due()
    (mail,) = outside.outbox
    for word in ("Xaviera", "Marieke", "dromen", "verhaal", "planten"):
        assert word not in mail.subject + mail.body


def test_the_database_refuses_to_change_a_grant():
    sam, marieke = cast.worker(), cast.professional()
    (grant,) = cast.share(sam, marieke)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(id=grant.id).update(until=timezone.localdate() + dt.timedelta(days=300))
    services.revoke(sam, grant_id=grant.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(id=grant.id).update(revoked_at=None)


def test_erasing_closes_everything_the_person_shared():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    readable(marieke, sam)
    accounts.erase_now(sam.id, sam.vault_id)
    assert readable(marieke, sam) == []
    assert not Grant.objects.exists()
    assert not LookRow.objects.exists()


def test_a_reader_who_erases_herself_stays_in_the_log_of_the_owner():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    readable(marieke, sam)
    accounts.erase_now(marieke.id, marieke.vault_id)
    (line,) = selectors.looks_for(sam, limit=10)
    assert line.reader_line.startswith("Marieke de Wit")
    assert line.open_grant is None


def test_stop_sharing_stands_beside_a_look_only_while_it_is_open():
    sam, marieke = cast.worker(), cast.professional()
    (grant,) = cast.share(sam, marieke)
    readable(marieke, sam)
    assert selectors.looks_for(sam, limit=10)[0].open_grant == grant.id
    services.revoke(sam, grant_id=grant.id)
    assert selectors.looks_for(sam, limit=10)[0].open_grant is None


def test_drafts_and_ended_grants_are_forgotten_in_time():
    sam, marieke = cast.worker(), cast.professional()
    (grant,) = cast.share(sam, marieke)
    services.begin(sam, chosen=cast.things.of(sam.id))
    services.revoke(sam, grant_id=grant.id)
    later = clock.now() + dt.timedelta(days=1)
    assert services.forget_drafts(later) == 1
    assert services.forget_ended(later) == 1
