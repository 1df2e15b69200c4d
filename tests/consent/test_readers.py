"""Readers who may not (yet, any more): blocked, unchecked, deciding on benefits, in two roles, gone."""

import uuid

import pytest

from mmm.accounts import blocks as persons
from mmm.accounts import services as accounts
from mmm.consent import selectors, services, things
from mmm.consent.blocks import selectors as known
from mmm.consent.blocks import services as blocks
from mmm.consent.selectors import NotThere
from mmm.foundation.policy import NotAllowed
from mmm.region import selectors as region
from mmm.region import services as places
from mmm.region.models import Membership, Organisation, Profession
from tests import cast

pytestmark = pytest.mark.django_db


def kinds(reader, owner) -> set[str]:
    """Which parts this reader gets now."""
    try:
        sheets = services.read(reader, owner_id=owner.id).sheets
    except NotThere:
        return set()
    text = "".join(piece for sheet in sheets for piece in sheet.html)
    return {kind for kind in ("dreams", "needs", "story") if f"deel-{kind}" in text}


def block(owner, reader, **how) -> None:
    blocks.block(owner, membership_id=reader.role.membership_id, **how)


# -- blocked --


def test_a_blocked_reader_meets_what_was_never_shared_and_is_told_nothing():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "story")
    browser, address = cast.client_of(marieke), f"/met-mij-gedeeld/{sam.id.hex}/"
    assert browser.get(address).status_code == 200
    said = len(cast.notices_of(marieke))
    block(sam, marieke)
    closed, never = browser.get(address), browser.get(f"/met-mij-gedeeld/{uuid.uuid4().hex}/")
    assert closed.status_code == 404
    assert closed.content == never.content
    assert browser.head(address).status_code == 404
    assert sam.user.name not in browser.get("/met-mij-gedeeld/").content.decode()
    assert len(cast.notices_of(marieke)) == said


def test_a_blocked_reader_is_not_in_the_list_and_cannot_be_chosen():
    sam, henk, marieke = cast.worker(), cast.worker("Henk"), cast.professional()
    draft = services.begin(sam, chosen=things.of(sam.id))
    services.choose(sam, draft_id=draft.id, membership=marieke.role.membership_id)
    block(sam, marieke)
    page = f"/delen/{draft.id.hex}/wie/"
    mine = cast.client_of(sam)
    assert "Marieke" not in mine.get(page).content.decode()
    data = {"membership": marieke.role.membership_id.hex}
    assert cast.post(mine, page, data).status_code == 422
    assert mine.get(f"/delen/{draft.id.hex}/bekijk/", follow=True).redirect_chain[-1][0] == page
    with pytest.raises(NotThere):
        services.share(sam, draft_id=draft.id)
    assert [reader.name for reader in region.reader_directory(owner_id=henk.id)] == ["Marieke de Wit"]


def test_a_block_of_a_person_holds_at_every_organisation_of_theirs():
    sam, marieke = cast.worker(), cast.professional()
    elsewhere = cast.member(marieke, cast.organisation("Wijkteam", chain_link="care"))
    cast.share(sam, elsewhere)
    block(sam, marieke)
    assert kinds(elsewhere, sam) == set()
    assert region.reader_directory(owner_id=sam.id) == []


def test_a_block_of_an_organisation_holds_for_everybody_there_and_what_belongs_to_it():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    branch = cast.organisation("Werkpunt Noord")
    Organisation.objects.filter(id=branch.id).update(part_of=cast.organisation())
    els = cast.member(cast.person("Els"), branch)
    karel = cast.member(cast.person("Karel"), cast.organisation("Wijkteam", chain_link="care"))
    for reader in (marieke, els, karel):
        cast.share(sam, reader)
    block(sam, marieke, organisation=True)
    assert [kinds(reader, sam) for reader in (marieke, els, karel)] == [set(), set(), {"dreams"}]
    assert [reader.name for reader in region.reader_directory(owner_id=sam.id)] == ["Karel"]
    with pytest.raises(NotThere):
        cast.share(sam, joost)


def test_undoing_a_block_opens_nothing_by_itself():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    cast.share(sam, marieke)
    cast.share(sam, joost)
    block(sam, marieke)
    blocks.unblock_person(sam, person_id=marieke.id)
    assert (kinds(marieke, sam), kinds(joost, sam)) == (set(), {"dreams"})
    block(sam, joost, organisation=True)
    blocks.unblock_organisation(sam, organisation_id=cast.organisation().id)
    assert kinds(joost, sam) == set()
    cast.share(sam, marieke)
    assert kinds(marieke, sam) == {"dreams"}


def test_a_block_of_somebody_else_closes_nothing_of_mine():
    sam, henk, marieke = cast.worker(), cast.worker("Henk"), cast.professional()
    cast.share(sam, marieke)
    block(henk, marieke)
    block(henk, marieke, organisation=True)
    assert kinds(marieke, sam) == {"dreams"}
    assert not persons.is_blocked(sam.id, marieke.id)
    assert persons.is_blocked(henk.id, marieke.id)


def test_only_a_reader_one_knows_can_be_blocked():
    sam, hidden = cast.worker(), cast.professional()
    Membership.objects.filter(id=hidden.role.membership_id).update(listed=False)
    for membership in (hidden.role.membership_id, uuid.uuid4()):
        with pytest.raises(NotThere):
            blocks.block(sam, membership_id=membership)
    cast.share(sam, hidden)
    block(sam, hidden)
    with pytest.raises(NotAllowed):
        block(cast.member(sam, cast.organisation("Anker")), hidden)


def test_the_page_of_blocks_names_people_as_one_knew_them_and_undoes():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke)
    accounts.rename(cast.Actor(marieke.user), name="Vlinder")
    browser = cast.client_of(sam)
    assert "Marieke de Wit, jobcoach, Werkpunt" in browser.get("/wie-mag-lezen/blokkades/").content.decode()
    address = f"/wie-mag-lezen/blokkeren/{marieke.role.membership_id.hex}/"
    assert cast.post(browser, address).headers["Location"] == "/wie-mag-lezen/blokkades/"
    page = browser.get("/wie-mag-lezen/blokkades/").content.decode()
    assert "Marieke de Wit, jobcoach, Werkpunt" in page
    assert "Vlinder" not in page
    assert known.blocks_of(sam).readers == []
    cast.post(browser, "/wie-mag-lezen/blokkades/", {"person": marieke.id.hex})
    assert known.blocks_of(sam).persons == []


# -- nobody checked the organisation --


def newcomer(name: str = "Emma"):
    return cast.member(cast.person(name), cast.organisation("Nieuwland", checked=False))


def test_a_reader_of_an_unchecked_organisation_gets_nothing_until_the_person_says_so():
    sam, emma = cast.worker(), newcomer()
    with pytest.raises(NotAllowed):
        cast.share(sam, emma)
    cast.share(sam, emma, knows_unchecked=True)
    assert kinds(emma, sam) == {"dreams"}


def test_a_check_that_is_withdrawn_closes_what_was_shared_without_knowing():
    sam, henk, marieke = cast.worker(), cast.worker("Henk"), cast.professional()
    cast.share(sam, marieke)
    cast.share(henk, marieke, knows_unchecked=True)
    Organisation.objects.update(checked_at=None)
    assert (kinds(marieke, sam), kinds(marieke, henk)) == (set(), {"dreams"})


def test_the_page_about_an_unchecked_reader_comes_before_anything_else():
    sam, emma = cast.worker(), newcomer()
    browser = cast.client_of(sam)
    draft = services.begin(sam, chosen=things.of(sam.id))
    who, page = (f"/delen/{draft.id.hex}/{name}/" for name in ("wie", "niet-gecontroleerd"))
    assert "Niet gecontroleerd" in browser.get(who).content.decode()
    data = {"membership": emma.role.membership_id.hex}
    assert browser.post(who, {"once": "a" * 32, **data}, follow=True).redirect_chain[-1][0] == page
    assert browser.get(f"/delen/{draft.id.hex}/bekijk/", follow=True).redirect_chain[-1][0] == page
    seen = browser.get(page).context["choices"].version
    cast.post(browser, page, {"version": seen - 1})  # a page that showed another choice
    assert selectors.draft_for(sam, draft.id).asks_unchecked
    assert cast.post(browser, page, {"version": seen}).status_code == 302
    assert not selectors.draft_for(sam, draft.id).asks_unchecked


def test_what_was_read_about_one_reader_does_not_hold_for_the_next():
    sam, emma, ruud = cast.worker(), newcomer(), cast.income_professional()
    draft = services.begin(sam, chosen=things.of(sam.id))
    services.choose(sam, draft_id=draft.id, membership=emma.role.membership_id)
    services.choose(sam, draft_id=draft.id, knows_unchecked=True, knows_income=True)
    services.choose(sam, draft_id=draft.id, membership=ruud.role.membership_id)
    assert selectors.draft_for(sam, draft.id).asks_income
    services.choose(sam, draft_id=draft.id, membership=emma.role.membership_id)
    assert selectors.draft_for(sam, draft.id).asks_unchecked


# -- who decides on benefits (rule 14) --


def test_another_work_where_benefits_are_decided_counts_too():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "story")
    assert kinds(marieke, sam) == {"dreams", "story"}
    loket = cast.organisation("Loket", chain_link="income")
    elsewhere = cast.member(marieke, loket, profession=cast.CASE_MANAGER)
    assert kinds(marieke, sam) == {"dreams"}
    with pytest.raises(NotAllowed):
        cast.share(sam, marieke, "story")
    cast.share(sam, marieke, "story", knows_income=True)
    assert kinds(marieke, sam) == {"dreams", "story"}
    assert kinds(elsewhere, sam) == set()


def test_a_profession_that_changes_to_deciding_on_benefits_closes_the_story():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "story")
    manager = Profession.objects.get(nr=cast.CASE_MANAGER)
    Membership.objects.filter(id=marieke.role.membership_id).update(profession=manager)
    assert kinds(marieke, sam) == {"dreams"}


def test_the_page_about_income_offers_to_share_without_the_story():
    sam, ruud = cast.worker(), cast.income_professional()
    browser = cast.client_of(sam)
    wanted = [thing for thing in things.of(sam.id) if thing.kind in {"stories.dreams", "stories.story"}]
    for button, left in (("only", ["stories.dreams"]), ("know", ["stories.dreams", "stories.story"])):
        draft = services.begin(sam, chosen=wanted)
        services.choose(sam, draft_id=draft.id, membership=ruud.role.membership_id)
        page = f"/delen/{draft.id.hex}/even-stilstaan/"
        answer = browser.get(f"/delen/{draft.id.hex}/waarvoor/", follow=True)
        assert answer.redirect_chain[-1][0] == page
        assert "Word je onder druk gezet?" in answer.content.decode()
        cast.post(browser, page, {"version": answer.context["choices"].version, button: "1"})
        choices = selectors.draft_for(sam, draft.id)
        assert [thing.kind for thing in choices.things] == left
        assert not choices.asks_income


# -- one person in two roles (rule 14) --


def as_employer(person, name: str = "Werkpunt", *, at: str = cast.ELSEWHERE) -> None:
    """The same person asks to be known as the employer at an organisation; nobody confirmed it yet."""
    place = cast.organisation(name, kind="employer", at=at)
    places.request_membership(cast.Actor(person.user), organisation=place, profession=None, name="X")


def test_who_becomes_an_employer_in_the_same_organisation_loses_the_story_at_the_next_request():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    cast.share(sam, marieke, "dreams", "story")
    cast.share(sam, joost, "dreams", "story")
    browser, address = cast.client_of(marieke), f"/met-mij-gedeeld/{sam.id.hex}/"
    assert "tandarts" in browser.get(address).content.decode()
    as_employer(marieke)
    assert "tandarts" not in browser.get(address).content.decode()
    assert (kinds(marieke, sam), kinds(joost, sam)) == ({"dreams"}, {"dreams", "story"})
    with pytest.raises(NotAllowed):
        cast.share(sam, marieke, "story")


@pytest.mark.parametrize("link", ["part of it", "the other way round", "both parts", "number", "name"])
def test_two_rows_of_one_legal_person_are_one_organisation(link):
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "dreams", "story")
    name = "WERKPUNT" if link == "name" else "Werkpunt als werkgever"
    here, there = cast.organisation(), cast.organisation(name, kind="employer", at=cast.ELSEWHERE)
    as_employer(marieke, name)
    if link != "name":
        assert kinds(marieke, sam) == {"dreams", "story"}
    rows = Organisation.objects.filter
    if link == "part of it":
        rows(id=there.id).update(part_of=here)
    elif link == "the other way round":
        rows(id=here.id).update(part_of=there)
    elif link == "both parts":
        rows(id__in=[here.id, there.id]).update(part_of=cast.organisation("Koepel"))
    elif link == "number":
        rows(id__in=[here.id, there.id]).update(kvk="12345678")
    assert kinds(marieke, sam) == {"dreams"}


def test_an_employer_role_elsewhere_or_of_a_colleague_closes_nothing():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    cast.share(sam, marieke, "story")
    as_employer(marieke, "Bakkerij")
    as_employer(joost)
    assert kinds(marieke, sam) == {"story"}


def test_who_stops_being_an_employer_there_reads_again_what_is_still_open():
    sam, marieke = cast.worker(), cast.professional()
    cast.share(sam, marieke, "story")
    as_employer(marieke)
    role = Membership.objects.get(user=marieke.user, organisation__kind="employer")
    places.leave(cast.Actor(marieke.user), membership=role)
    assert kinds(marieke, sam) == {"story"}


# -- no longer there --


def test_every_way_of_leaving_closes_everything(monkeypatch):
    sam = cast.worker()
    lead = cast.coordinator()
    readers = {name: cast.professional(name) for name in ("self", "ended", "closed", "erased", "stilled")}
    care = cast.organisation("Wijkteam", chain_link="care")
    readers["closed"] = cast.member(cast.person("Closed"), care)
    for reader in readers.values():
        cast.share(sam, reader)
    browsers = {name: cast.client_of(reader) for name, reader in readers.items()}
    address = f"/met-mij-gedeeld/{sam.id.hex}/"
    assert {browser.get(address).status_code for browser in browsers.values()} == {200}
    cast.leave(readers["self"])
    ended = Membership.objects.get(id=readers["ended"].role.membership_id)
    places.leave(lead, membership=ended)
    Organisation.objects.filter(id=care.id).update(closed_at=cast.timezone.now())
    accounts.erase_now(readers["erased"].id, readers["erased"].vault_id)
    type(readers["stilled"].user).objects.filter(id=readers["stilled"].id).update(is_active=False)
    for name, reader in readers.items():
        assert kinds(reader, sam) == set(), name
        for method in (browsers[name].get, browsers[name].head):
            assert method(address).status_code in {302, 403, 404}, name
            assert sam.user.name not in method("/met-mij-gedeeld/", follow=True).content.decode(), name


def test_a_draft_for_somebody_who_left_asks_for_another_reader():
    sam, marieke = cast.worker(), cast.professional()
    draft = services.begin(sam, chosen=things.of(sam.id))
    services.choose(sam, draft_id=draft.id, membership=marieke.role.membership_id, until=cast.today())
    cast.leave(marieke)
    browser = cast.client_of(sam)
    answer = browser.get(f"/delen/{draft.id.hex}/bekijk/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/delen/{draft.id.hex}/wie/"
    with pytest.raises(NotThere):
        services.share(sam, draft_id=draft.id)


def test_the_person_sees_for_whom_it_closed_by_itself_and_why():
    sam, marieke, joost, els = (
        cast.worker(),
        *(cast.professional(name) for name in ("Marieke", "Joost", "Els")),
    )
    for reader in (marieke, joost, els):
        cast.share(sam, reader, "dreams", "story")
    browser = cast.client_of(sam)
    assert "vanzelf dicht" not in browser.get("/wie-mag-lezen/").content.decode()
    cast.leave(marieke)
    as_employer(joost)
    block(sam, els)
    assert [reader.name for reader in selectors.matrix_for(sam).closed] == ["Joost", "Marieke"]
    page = browser.get("/wie-mag-lezen/").content.decode()
    assert "Werkt daar niet meer, en kan niets meer lezen." in page
    assert "Is daar ook werkgever." in page
