"""What person and editor may do with a story to pass on, and when it is public."""

import datetime as dt

import pytest

from mmm.accounts import blocks as person_blocks
from mmm.accounts import farewells, pause
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.consent import selectors as consent
from mmm.consent.blocks import services as blocks  # noqa: F401 - the room below is installed
from mmm.foundation import clock, crypto
from mmm.foundation.policy import NotAllowed
from mmm.foundation.public import edition
from mmm.stories import selectors as stories
from mmm.stories.models import Offer, OfferNote, OfferText
from mmm.stories.offers import editing, selectors, services
from mmm.stories.offers.steps import NotThere, Overtaken
from mmm.stories.offers.words import Words
from tests import cast
from tests.stories.offers import giving
from tests.stories.offers.giving import EDITED, OWN, WEEK

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def public(offer: Offer) -> bool:
    one = stories.published_offer(offer.slug or "none")
    many = {each.id for each in stories.published_offers()}
    assert (one is not None) == (offer.id in many)
    return one is not None


def test_draft_is_read_by_nobody_but_its_writer(sam: Actor, editor: Actor) -> None:
    offer = services.begin(sam, words=OWN)
    assert selectors.own(sam, offer.id).words == OWN
    assert selectors.given_for(editor) == []
    with pytest.raises(NotThere):
        editing.read(editor, offer_id=offer.id)
    with pytest.raises(NotThere):
        selectors.own(cast.worker("Noor"), offer.id)


def test_one_story_is_on_its_way_at_a_time(sam: Actor) -> None:
    first = services.begin(sam, words=OWN)
    assert services.begin(sam, words=Words(text="Nog een")).id == first.id
    assert selectors.own(sam, first.id).words == OWN


def test_second_tab_overtakes_nothing(sam: Actor) -> None:
    offer = services.begin(sam, words=OWN)
    version = offer.version
    services.save(sam, offer_id=offer.id, words=Words(text="Eerste tab"), version=version)
    with pytest.raises(Overtaken):
        services.save(sam, offer_id=offer.id, words=Words(text="Tweede tab"), version=version)
    assert selectors.own(sam, offer.id).words.text == "Eerste tab"
    # The same words twice are no conflict.
    services.save(sam, offer_id=offer.id, words=Words(text="Eerste tab"), version=version)


@pytest.mark.parametrize("adult", [True, False])
def test_only_an_adult_sends_and_only_where_an_editor_is(sam: Actor, adult: bool) -> None:
    cast.organisation("Elders", at=cast.ELSEWHERE)  # open, without an editor
    offer = services.begin(sam, words=OWN)
    elsewhere = cast.Region.objects.get(slug=cast.ELSEWHERE).id
    home = cast.Region.objects.get(slug=cast.HOME).id
    with pytest.raises(NotAllowed):
        services.send(sam, offer_id=offer.id, region_id=elsewhere, adult=True)
    if adult:
        assert services.send(sam, offer_id=offer.id, region_id=home, adult=True).state == "sent"
    else:
        with pytest.raises(NotAllowed):
            services.send(sam, offer_id=offer.id, region_id=home, adult=False)


def test_writer_sees_in_the_log_that_an_editor_read_before_a_word_opens(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    assert consent.looks_for(sam, limit=9) == []
    assert editing.read(editor, offer_id=offer.id).words == OWN
    look = consent.looks_for(sam, limit=9)[0]
    assert look.reader_line == "Joris Bakker, redacteur, Holland Rijnland"
    assert list(look.titles) == ["Mijn verhaal om door te geven"]


def test_editor_elsewhere_and_other_roles_find_nothing(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    away = cast.staff("editor", at=cast.ELSEWHERE, name="Greta")
    assert selectors.given_for(away) == []
    for act in (
        lambda who: editing.read(who, offer_id=offer.id),
        lambda who: editing.edit(who, offer_id=offer.id, words=EDITED, version=offer.version),
        lambda who: editing.ask(who, offer_id=offer.id, words="Wat?"),
        lambda who: editing.refuse(who, offer_id=offer.id, reason="Nee."),
    ):
        with pytest.raises(NotThere):
            act(away)
        for other in (cast.coordinator(), cast.professional(), cast.worker("Noor"), Actor(editor.user)):
            with pytest.raises(NotAllowed):
                act(other)


def test_editor_never_meets_an_own_story_nor_that_of_who_blocked_them(sam: Actor, editor: Actor) -> None:
    own = giving.sent(Actor(editor.user))
    theirs = giving.sent(sam)
    assert [row.id for row in selectors.given_for(editor)] == [theirs.id]
    with pytest.raises(NotThere):
        editing.read(editor, offer_id=own.id)
    person_blocks.block(sam, person_id=editor.id, known_as="Joris")
    assert selectors.given_for(editor) == []
    with pytest.raises(NotThere):
        editing.read(editor, offer_id=theirs.id)


def test_editor_can_never_say_yes_for_the_writer(sam: Actor, editor: Actor) -> None:
    offer = giving.proposed(sam, editor)
    with pytest.raises(NotAllowed):
        services.approve(editor, offer_id=offer.id, version=offer.version)
    with pytest.raises(NotThere):  # as oneself, too: it is not theirs
        services.approve(Actor(editor.user), offer_id=offer.id, version=offer.version)
    with pytest.raises(NotThere):  # what waits for the writer is not edited under the writer's eyes
        editing.edit(editor, offer_id=offer.id, words=OWN, version=offer.version)
    offer.refresh_from_db()
    assert offer.state == "proposed"


def test_yes_is_to_the_text_that_was_shown(sam: Actor, editor: Actor) -> None:
    offer = giving.proposed(sam, editor)
    shown = offer.version
    services.answer(sam, offer_id=offer.id, words="De titel moet anders.")
    offer.refresh_from_db()
    changed = Words(title="Anders", text="Heel anders.")
    editing.edit(editor, offer_id=offer.id, words=changed, version=offer.version, propose=True)
    with pytest.raises(Overtaken):
        services.approve(sam, offer_id=offer.id, version=shown)
    offer.refresh_from_db()
    services.approve(sam, offer_id=offer.id, version=offer.version)
    with clock.moved(WEEK):
        editing.publish_due()
        offer.refresh_from_db()
        found = stories.published_offer(offer.slug or "")
    assert found
    assert found.words == changed


def test_two_editors_at_once_lose_no_word(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    version = editing.read(editor, offer_id=offer.id).version
    editing.edit(editor, offer_id=offer.id, words=EDITED, version=version)
    other = cast.staff("editor", name="Noa")
    with pytest.raises(Overtaken):
        editing.edit(other, offer_id=offer.id, words=OWN, version=version)


def test_public_after_seven_days_and_not_a_minute_before(sam: Actor, editor: Actor) -> None:
    offer = giving.approved(sam, editor)
    with clock.moved(WEEK - MINUTE):
        assert editing.publish_due() == 0
        assert not public(offer)
    with clock.moved(WEEK + MINUTE):
        assert not public(offer)  # no worker came by: nothing opens
        mark = edition()
        assert editing.publish_due() == 1
        assert editing.publish_due() == 0
        assert public(offer)
        assert edition() != mark
    # A worker that ran too early opens nothing either.
    assert not public(offer)


def test_withdrawn_is_gone_at_once_and_only_own_words_stay(sam: Actor, editor: Actor) -> None:
    offer = giving.published(sam, editor)
    assert public(offer)
    mark = edition()
    services.withdraw(sam, offer_id=offer.id)
    assert not public(offer)
    assert edition() != mark
    assert stories.was_published(offer.slug or "")
    assert selectors.own(sam, offer.id).words == OWN
    assert not OfferText.objects.filter(by_editor=True).exists()
    assert not OfferNote.objects.exists()
    services.withdraw(sam, offer_id=offer.id)  # twice changes nothing
    services.throw_away(sam, offer_id=offer.id)
    assert not OfferText.objects.exists()
    assert stories.was_published(offer.slug or "")
    assert selectors.lines_for(sam) == []


@pytest.mark.parametrize("when", ["sent", "proposed", "approved"])
def test_withdrawn_on_the_way_is_never_published(sam: Actor, editor: Actor, when: str) -> None:
    way = getattr(giving, when)
    offer = way(sam) if when == "sent" else way(sam, editor)
    services.withdraw(sam, offer_id=offer.id)
    with clock.moved(WEEK + MINUTE):
        assert editing.publish_due() == 0
        assert stories.published_offers() == []
    with pytest.raises(NotThere):
        editing.read(editor, offer_id=offer.id)


def test_in_a_break_nobody_reads_it_and_the_clock_stands_still(sam: Actor, editor: Actor) -> None:
    offer = giving.published(sam, editor)
    mark = edition()
    pause.pause(sam)
    assert edition() != mark
    assert not public(offer)
    pause.resume(sam)
    assert public(offer)
    noor = cast.worker("Noor")
    waits = giving.approved(noor, editor)
    pause.pause(noor)
    with clock.moved(WEEK + MINUTE):
        assert editing.publish_due() == 0
        pause.resume(noor)
        assert editing.publish_due() == 0  # the whole seven days again
        assert not public(waits)
    with clock.moved(2 * WEEK + 2 * MINUTE):
        assert editing.publish_due() == 1
    sent = giving.sent(cast.worker("Mo"))
    pause.pause(Actor(sent.owner))
    with pytest.raises(NotThere):
        editing.read(editor, offer_id=sent.id)


def test_who_waits_to_be_erased_is_not_read(sam: Actor, editor: Actor) -> None:
    offer = giving.published(sam, editor)
    farewells.erase_later(sam)
    assert not public(offer)
    assert farewells.come_back(sam.id)
    assert public(offer)


def test_erased_is_gone_everywhere(sam: Actor, editor: Actor) -> None:
    offer = giving.published(sam, editor)
    mark = edition()
    crypto.destroy_vault(sam.vault_id)  # the first step: killed after it, nothing can be read
    assert not public(offer)
    accounts.erase_now(sam.id, sam.vault_id)
    assert not Offer.objects.exists()
    assert edition() != mark


def test_refused_by_a_human_with_a_reason_the_writer_reads(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    editing.refuse(editor, offer_id=offer.id, reason="Het gaat te veel over je zus.")
    own = selectors.own(sam, offer.id)
    assert own.state == "refused"
    assert own.words == OWN
    assert [note.words for note in own.notes] == ["Het gaat te veel over je zus."]
    assert services.begin(sam, words=OWN).id != offer.id  # one may begin anew


def test_question_and_answer_reach_the_other_by_a_neutral_notice(sam: Actor, editor: Actor) -> None:
    offer = giving.sent(sam)
    editing.ask(editor, offer_id=offer.id, words="Hoe oud was je toen?")
    assert [notice.kind for notice in cast.notices_of(sam)] == ["stories.offer"]
    services.answer(sam, offer_id=offer.id, words="Twintig.")
    kinds = [notice.kind for notice in cast.notices_of(editor)]
    assert kinds == ["stories.given", "stories.given"]
    said = [(note.by_editor, note.words) for note in editing.read(editor, offer_id=offer.id).notes]
    assert said == [(True, "Hoe oud was je toen?"), (False, "Twintig.")]


def test_hidden_after_a_report_with_a_reason_the_writer_reads(sam: Actor, editor: Actor) -> None:
    offer = giving.published(sam, editor)
    editing.hide(offer_id=offer.id, reason="Kees is te herkennen.")
    assert not public(offer)
    own = selectors.own(sam, offer.id)
    assert own.state == "hidden"
    assert [note.words for note in own.notes] == ["Kees is te herkennen."]


def test_old_drafts_and_ended_stories_go(sam: Actor) -> None:
    offer = services.begin(sam, words=OWN)
    year = dt.timedelta(days=366)
    before = clock.now()
    editing.forget(drafts_before=before - year, ended_before=before - year)
    assert Offer.objects.filter(id=offer.id).exists()
    with clock.moved(year):
        now = clock.now()
        editing.forget(drafts_before=now - year / 2, ended_before=now - year / 2)
    assert not Offer.objects.exists()


def test_without_a_chosen_name_nobodys_name_is_public(sam: Actor, editor: Actor) -> None:
    giving.published(sam, editor, Words(title="Kort", text="Ik werk weer."))
    found = stories.published_offers()[0]
    assert sam.user.name not in found.words.told_by
    assert found.words.told_by == "een werkzoekende, naam bekend"
