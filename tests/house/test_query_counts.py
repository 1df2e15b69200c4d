"""How many questions a page asks the three databases: fixed, few, never twice the same, and not growing.

SELECT, INSERT, UPDATE and DELETE count; transaction statements do not. Budget: public pages 6, private 15.
"""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from mmm.accounts.models import User
from mmm.consent.models import Grant
from mmm.foundation import audit, ids
from mmm.region.models import Membership
from mmm.stories.models import Part
from tests import guards
from tests.house.table import EVERYBODY, OK, ROLES, ROWS, Row
from tests.house.world import World, made

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.house.urls_demo")]
PUBLIC, PRIVATE, MANY = 6, 15, 1000

# What each page asks. A number that goes down may be lowered; one that goes up needs a reason in the commit.
ASKS = {
    "healthz as anonymous": 0,
    "readyz as anonymous": 4,
    "start:home as anonymous": 4,
    "start:your_data as anonymous": 1,
    "start:accessibility as anonymous": 1,
    "start:about as anonymous": 1,
    "accounts:join as anonymous": 0,
    "accounts:join?als=professional as anonymous": 0,
    "accounts:sign_in as anonymous": 0,
    "accounts:code as anonymous": 0,
    "accounts:welcome as owner": 2,
    "accounts:again as owner": 3,
    "accounts:signed_out as anonymous": 0,
    "accounts:notices as owner": 3,
    "accounts:settings as anonymous": 0,
    "accounts:notice_settings as owner": 4,
    "accounts:role as owner": 4,
    "accounts:pause as owner": 2,
    "accounts:mine as owner": 6,
    "accounts:take_along as owner": 2,
    "accounts:erase as owner": 3,
    "accounts:erased as anonymous": 0,
    "accounts:letter as anonymous": 0,
    "accounts:letter_name as anonymous": 0,
    "accounts:letter_own_pin as anonymous": 0,
    "accounts:letter_pin as anonymous": 0,
    "accounts:paper_codes as owner": 3,
    "accounts:paper_codes_print as owner": 2,
    "accounts:pin as who came by letter": 3,
    "accounts:recovered as owner": 2,
    "accounts:recovery as anonymous": 0,
    "accounts:recovery_going_on as owner": 4,
    "accounts:recovery_stop a mail's link as anonymous": 1,
    "accounts:sentence as owner": 3,
    "accounts:without_mail as anonymous": 0,
    "region:invitation an invitation's link as anonymous": 1,
    "region:invitation_letter nothing as coordinator": 3,
    "region:invite as coordinator": 7,
    "region:letter nothing as coordinator": 3,
    "region:letters as coordinator": 4,
    "region:recoveries as coordinator": 4,
    "region:recovery a recovery as coordinator": 4,
    "accounts:erased_later as anonymous": 0,
    "accounts:erased_later?dag=2026-12-06 as anonymous": 0,
    "accounts:later as owner": 3,
    "accounts:back as who waits to be erased": 2,
    "accounts:second_step as owner": 3,
    "accounts:step as owner": 3,
    "accounts:app as owner": 3,
    "accounts:app_off as owner": 3,
    "accounts:paper as owner": 3,
    "accounts:key as owner": 4,
    "accounts:key_offer as owner": 2,
    "accounts:key_off marieke's key as reader": 5,
    "accounts:email as owner": 4,
    "accounts:email_code as owner": 4,
    "accounts:email_off marieke's second address as reader": 6,
    "accounts:email_stop a link that undoes as anonymous": 1,
    "accounts:password as owner": 3,
    "accounts:by_password as anonymous": 0,
    "accounts:by_step as anonymous": 0,
    "accounts:by_key as anonymous": 0,
    "accounts:devices as owner": 3,
    "region:regions as anonymous": 2,
    "region:region a region as anonymous": 5,
    "region:mine as owner": 5,
    "region:my_reports as owner": 6,
    "region:report naam marieke's work as owner": 4,
    "region:report lezen sam's look as owner": 6,
    "region:report lezen noor's look as other worker": 6,
    "region:reports as coordinator": 6,
    "region:reply a report that nobody in the region may handle as outside": 11,
    "region:reply sam's report as coordinator": 11,
    "region:request as owner": 3,
    "region:request?regio=holland-rijnland as owner": 7,
    "region:secrecy sam's work as owner": 3,
    "region:secrecy marieke's work as reader": 4,
    "region:leave sam's work as owner": 3,
    "region:leave marieke's work as reader": 4,
    "region:memberships as coordinator": 4,
    "region:deaths as coordinator": 4,
    "region:organisations as coordinator": 5,
    "region:end marieke's work as coordinator": 4,
    "region:end a request as coordinator": 4,
    "region:end a request elsewhere as coordinator elsewhere": 4,
    "region:contact a number elsewhere as coordinator elsewhere": 6,
    "region:check an organisation as coordinator": 4,
    "region:desk as coordinator": 11,
    "region:decline a request elsewhere as coordinator elsewhere": 4,
    "region:staff_end a task elsewhere as coordinator elsewhere": 5,
    "region:colleagues as reader": 5,
    "region:staff as coordinator": 4,
    "region:opening as coordinator": 6,
    "region:organisation an organisation elsewhere as coordinator elsewhere": 6,
    "region:staff_end a task as coordinator": 4,
    "region:close as coordinator": 3,
    "region:check an organisation elsewhere as coordinator elsewhere": 4,
    "region:staff_end the coordinator's task as coordinator": 5,
    "region:hours as coordinator": 4,
    "region:decline the coordinator's own request as deputy": 4,
    "region:contact_new complaint as coordinator": 5,
    "region:organisation_close an organisation elsewhere as coordinator elsewhere": 6,
    "region:contact a number as coordinator": 6,
    "region:decline a request as coordinator": 4,
    "region:contact_new phone as coordinator": 4,
    "region:organisation an organisation as coordinator": 6,
    "region:organisation_close an organisation as coordinator": 6,
    "region:contacts as coordinator": 4,
    "region:directory as owner": 5,
    "region:directory?beroep=15&gemeente=x&bladzijde=2 as owner": 5,
    "region:organisations_import as coordinator": 4,
    "search:search as anonymous": 1,
    "search:search?q=gegevens as anonymous": 3,
    "search:search?q=gegevns as anonymous": 5,
    "search:search?q=kip+noch+ei as anonymous": 6,
    "search:search?q=113 as anonymous": 2,
    "search:search?q=regio&bladzijde=2 as anonymous": 2,
    "consent:begin as owner": 3,
    "consent:reader sam's draft as owner": 8,
    "consent:reader noor's draft as other worker": 8,
    "consent:unchecked sam's draft to an unchecked reader as owner": 6,
    "consent:unchecked sam's draft as owner": 6,
    "consent:unchecked noor's draft as other worker": 6,
    "consent:income sam's draft to who decides on benefits as owner": 6,
    "consent:income sam's draft as owner": 6,
    "consent:income noor's draft as other worker": 6,
    "consent:blocks as owner": 7,
    "consent:block sam's work as other worker": 3,
    "consent:block marieke's work as owner": 3,
    "consent:block the employer's work as owner": 5,
    "consent:block work that ended as owner": 5,
    "consent:purpose sam's draft as owner": 6,
    "consent:purpose noor's draft as other worker": 6,
    "consent:confirm sam's draft as owner": 7,
    "consent:confirm noor's draft as other worker": 7,
    "consent:who as owner": 7,
    "consent:stop sam's grant as owner": 5,
    "consent:stop noor's grant as other worker": 5,
    "consent:letter_for sam's draft as owner": 6,
    "consent:letter_for noor's draft as other worker": 6,
    "consent:letter_confirm sam's draft of a letter as owner": 6,
    "consent:letter_confirm noor's draft as other worker": 6,
    "consent:letter sam's letter as owner": 4,
    "consent:letter sam's letter that was opened as owner": 4,
    "consent:letter noor's letter as other worker": 4,
    "consent:letter_pdf sam's letter as owner": 4,
    "consent:letter_pdf noor's letter as other worker": 4,
    "consent:letter_code as anonymous": 0,
    "consent:letter_ready as anonymous": 0,
    "consent:letter_text as anonymous": 0,
    "consent:looks as owner": 5,
    "consent:looks?periode=7&bladzijde=2 as owner": 4,
    "consent:shared_with_me as reader": 5,
    "consent:worrying as reader": 3,
    "consent:read sam as reader": 9,
    "consent:read noor as professional": 9,
    "sitemap as anonymous": 2,
    "robots as anonymous": 1,
    "book:stories as anonymous": 5,
    "book:stories_feed as anonymous": 4,
    "book:contents as anonymous": 2,
    "book:professions as anonymous": 3,
    "book:publications as anonymous": 2,
    "book:pdf as anonymous": 0,
    "book:epub as anonymous": 0,
    "book:for_workers as anonymous": 5,
    "book:for_professionals as anonymous": 5,
    "book:for_employers as anonymous": 4,
    "book:recommendations as anonymous": 2,
    "book:tips as anonymous": 2,
    "book:news as anonymous": 2,
    "book:news_feed as anonymous": 2,
    "book:glossary as anonymous": 2,
    "book:dated as anonymous": 2,
    "book:help as anonymous": 4,
    "book:stories?over=limits&verteller=worker as anonymous": 2,
    "book:stories?over=limits&werk=ict&verteller=employer as anonymous": 2,
    "book:tips?voor=workers as anonymous": 1,
    "book:dated?voor=workers as anonymous": 1,
    "book:stories?niet-vertaald=1 as anonymous": 4,
    "book:story de-schroefjes-op-volgorde as anonymous": 4,
    "book:chapter doen as anonymous": 4,
    "book:profession psychiater as anonymous": 4,
    "book:publication magazine-1-zes-stoelen as anonymous": 3,
    "book:answers goed-naast-elkaar as owner": 5,
    "book:my_answers as owner": 5,
    "book:recommendation aanbevelingen-professional as anonymous": 3,
    "book:news_item een-regio-gaat-open-met-twee-mensen as anonymous": 3,
    "stories:first_visit as anonymous": 1,
    "stories:overview as owner": 6,
    "stories:whole as owner": 5,
    "stories:care_card as owner": 5,
    "stories:care_card_show as owner": 5,
    "stories:care_card_pdf as owner": 5,
    "stories:earlier dromen 1 as owner": 4,
    "stories:question dromen 1 as owner": 6,
    "stories:question nodig 1 as owner": 4,
    "stories:question verhaal 1 as owner": 6,
    "region:report verhaal sam's story on the web as owner": 3,
    "stories:given as editor": 4,
    "stories:given_ask noor's given story as editor": 4,
    "stories:given_edit noor's given story as editor": 10,
    "stories:given_refuse noor's given story as editor": 4,
    "stories:given_story the address of sam's story on the web as anonymous": 3,
    "stories:offer a story that waits for a yes as who came by letter": 6,
    "stories:offer noor's given story as other worker": 6,
    "stories:offer sam's story being written as owner": 7,
    "stories:offer sam's story on the web as owner": 6,
    "stories:offer sam's story that was taken back as owner": 6,
    "stories:offer_answer a story that waits for a yes as who came by letter": 6,
    "stories:offer_answer noor's given story as other worker": 6,
    "stories:offer_withdraw a story that waits for a yes as who came by letter": 6,
    "stories:offer_withdraw noor's given story as other worker": 6,
    "stories:offer_withdraw sam's story being written as owner": 6,
    "stories:offer_withdraw sam's story on the web as owner": 6,
    "stories:offer_withdraw sam's story that was taken back as owner": 6,
    "stories:offers as owner": 4,
    "design:components as anonymous": 0,
    "demo:cast as anonymous": 0,
    "demo:post as anonymous": 1,
}


def asked_of(client: Client, world: World, role: str, row: Row) -> guards.Questions:
    """What one visit asks; the second visit, so that what a process loads once is there."""
    world.enter(client, role)
    client.get(row.address(world))
    cache.clear()
    with guards.questions() as asked:
        answer = client.get(row.address(world))
    assert answer.status_code in {200, 302, 503}, f"{row} as {role}: {answer.status_code}"
    return asked


def world_with_one_look(client: Client) -> World:
    """One of everything: one grant of a part to a reader, one look."""
    world = made()
    reads = next(row for row in ROWS if row.name == "consent:read" and row.expected("reader") == OK)
    world.enter(client, "reader").get(reads.address(world))
    return world


def visits() -> list[tuple[str, Row]]:
    """Each page as one role that opens it: somebody anonymous if that is possible."""
    order = ["anonymous", "owner", "reader", "coordinator", *sorted(ROLES)]
    found = []
    for row in ROWS:
        if "GET" in row.methods:
            found += [(role, row) for role in order if row.expected(role) == OK][:1]
    return found


def test_each_page_asks_what_the_table_says_and_nothing_twice() -> None:
    client = Client()
    world = world_with_one_look(client)
    found, twice = {}, []
    for role, row in visits():
        asked = asked_of(client, world, role, row)
        name = f"{row} as {role}"
        found[name] = len(asked)
        twice += [f"{name}: {statement[:300]}" for statement in asked.repeated()]
        budget = PUBLIC if row.door is EVERYBODY else PRIVATE
        assert len(asked) <= budget, f"{name} asks {len(asked)}:\n" + "\n".join(each for each, _ in asked)
    assert not twice, "\n".join(twice)
    changed = {name: (ASKS.get(name), found.get(name)) for name in {*ASKS, *found}}
    changed = {name: numbers for name, numbers in changed.items() if numbers[0] != numbers[1]}
    assert not changed, f"page: (in the table, now) {changed}"


def crowd(world: World) -> None:
    """A thousand of everything that a list could grow with: people, memberships, grants, looks."""
    sam, marieke, now = world["owner"], world["reader"], timezone.now()
    work = Membership.objects.get(id=marieke.role.membership_id)
    part = Part.objects.get(owner=sam.user, kind="dreams")
    users = [User(name=f"Iemand {n}", vault_id=ids.new()) for n in range(MANY)]
    User.objects.bulk_create(users)
    ended = dt.timedelta(days=400)
    memberships = [
        Membership(
            user=user,
            organisation_id=work.organisation_id,
            profession_id=work.profession_id,
            name=user.name,
            listed=True,
            confirmed_at=now,
            secrecy_at=now,
            secrecy_version=1,
        )
        for user in users
    ]
    Membership.objects.bulk_create(memberships)
    # Marieke and Sam themselves had many, too.
    Membership.objects.bulk_create(
        Membership(
            user=actor.user,
            organisation_id=work.organisation_id,
            name="x",
            requested_at=now - ended,
            ended_at=now,
        )
        for actor in (sam, marieke)
        for _ in range(MANY)
    )
    parts = [Part(owner=user, vault_id=user.vault_id, kind="dreams", updated_at=now) for user in users]
    Part.objects.bulk_create(parts)

    def grant(owner: User, reader: User, membership: Membership, thing: Part, **more: object) -> Grant:
        return Grant(
            share_id=ids.new(),
            owner=owner,
            vault_id=owner.vault_id,
            kind="stories.dreams",
            thing_id=thing.id,
            data_class="P2",
            reader=reader,
            membership=membership,
            until=timezone.localdate() + dt.timedelta(days=30),
            created_at=now,
            **more,
        )

    Grant.objects.bulk_create(
        [
            *(grant(sam.user, m.user, m, part) for m in memberships),
            *(grant(user, marieke.user, work, p) for user, p in zip(users, parts, strict=True)),
            *(grant(sam.user, marieke.user, work, part, revoked_at=now) for _ in range(MANY)),
        ],
        batch_size=500,
    )
    with transaction.atomic():
        for n in range(MANY):
            audit.look(
                vault_id=sam.vault_id,
                reader_id=uuid.uuid4(),
                reader_line=f"Lezer {n}",
                membership_id=None,
                items=[audit.Item("stories.dreams", part.id, "Mijn dromen")],
            )


def test_no_page_asks_more_when_there_is_a_thousand_of_everything() -> None:
    client = Client()
    world = world_with_one_look(client)
    roles = ("anonymous", "owner", "reader", "coordinator", "editor")
    cells = [
        (role, row)
        for role in roles
        for row in ROWS
        if "GET" in row.methods and row.expected(role) == OK
        # The demo's own, and a second page, which is empty as long as there is one look.
        if not row.name.startswith(("demo:", "design:")) and "bladzijde" not in row.query
    ]
    before = {f"{row} as {role}": len(asked_of(client, world, role, row)) for role, row in cells}
    crowd(world)
    after = {f"{row} as {role}": len(asked_of(client, world, role, row)) for role, row in cells}
    grown = {name: (before[name], after[name]) for name in before if after[name] > before[name]}
    assert not grown


def test_a_page_that_asks_once_more_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    world = world_with_one_look(client)
    row = next(row for row in ROWS if row.name == "consent:who")
    from mmm.consent import things

    real = things.of
    monkeypatch.setattr(things, "of", lambda owner_id: (real(owner_id), real(owner_id))[0])
    asked = asked_of(client, world, "owner", row)
    assert len(asked) > ASKS[f"{row} as owner"]
    assert asked.repeated()
