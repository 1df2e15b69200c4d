"""Canaries: a word of its own in every sealed field and name is found where it may be, and nowhere else.

P2 and P3 (rules 3 and 4): not in the raw bytes of databases and write-ahead logs, not in backups, logs, mails
or the cache, and on no page but of the owner and of the reader who was chosen, until it is taken back.
P1 (nickname, address): nowhere after the person erased themselves.
"""

import base64
import logging
import os
import pickle
import random
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client

from mmm.accounts import selectors
from mmm.accounts.models import Session
from mmm.consent import services as consent
from mmm.foundation import audit, clock, crypto, public
from mmm.foundation.crypto import SealedField
from mmm.foundation.tasks import worker
from mmm.region.reports import names as listed_names
from mmm.region.reports import services as reports
from mmm.stories import services as stories
from mmm.stories.care_card import services as care_card
from mmm.stories.offers import editing
from mmm.stories.offers import services as offers
from mmm.stories.offers.words import Words
from tests import cast, databases
from tests.house.forms import KINDS, forms_of
from tests.house.table import EVERYBODY, OK, ROLES, ROWS
from tests.house.world import World, answer_exercise, letter, made
from tests.stories.offers import giving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.house.urls_demo")]

NICKNAME, READER, BLOCKED = "Zwaluwstaart", "Kwikstaart Veldleeuwerik", "Graspieper Tapuit"
DREAMS, NEEDS, STORY = "koolmeesdroom", "pimpelmeesnodig", "winterkoningverhaal"
OTHER, PURPOSE, DRAFT = "roodborstander", "boomkruiperdoel", "goudhaantjekeuze"
EARLIER, LETTER, CARD = "staartmeesvroeger", "grauwegorslezer", "kuifmeeserbij"
REPORT, REPLY, HIDDEN = "ijsvogelmelding", "wulpantwoord", "tureluurreden"
EXERCISE = "baardmanantwoord"
GIVEN, CONCEPT, TALK = "heggenmusgegeven", "sijsjesconcept", "puttersgesprek"
ALL = {
    GIVEN,
    CONCEPT,
    TALK,
    DREAMS,
    NEEDS,
    STORY,
    EARLIER,
    OTHER,
    PURPOSE,
    DRAFT,
    LETTER,
    CARD,
    EXERCISE,
    REPORT,
    REPLY,
    HIDDEN,
}
# What lies in each sealed field. A new sealed field without a line here fails the first test.
CANARIES = {
    "stories.Answer.content": {DREAMS, NEEDS, STORY},
    "stories.ReadersText.content": {DREAMS},
    "stories.Earlier.content": {EARLIER},
    "stories.OtherText.content": {OTHER},
    "stories.CareCard.choices": {CARD},
    "stories.OfferText.content": {GIVEN, CONCEPT},
    "stories.OfferNote.content": {TALK},
    "book.ExerciseAnswer.content": {EXERCISE},
    "consent.Grant.purpose": {PURPOSE},
    "consent.Draft.choices": {DRAFT},
    "consent.Letter.reader": {LETTER},
    "region.Report.content": {REPORT},
    "region.Report.answer": {REPLY},
    "region.HiddenName.reason": {HIDDEN},
    # Who and what in words: the parts lie open elsewhere (P1), joined they lie sealed only.
    "audit.LookRow.words": {f"{READER}, jobcoach, Werkpunt"},
    "accounts.Block.known_as": {f"{BLOCKED}, jobcoach, Werkpunt"},
}
# Public for now: on its own page, in lists, in the index of what is public, and so long in the page cache.
PUBLIC_PAGE = "stories:given_story the address of sam's story on the web"
PUBLIC_LISTS = {"book:stories", "book:stories_feed", "book:stories?niet-vertaald=1"}
INDEX = {
    "the cache",
    "default.search_document",
    "default.search_word",
    "default.sqlite3",
    "default.sqlite3-wal",
}
DEEP, A_TENTH = bool(os.environ.get("MMM_DEEP")), 0.1
SEALED = set().union(*CANARIES.values())


class Log(logging.Handler):
    """Keeps everything that anybody logs, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter().format(record) + repr(record.args))


@pytest.fixture
def log() -> Iterator[Log]:
    handler, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def world(log: Log) -> World:
    """Sam wrote, shared and began to share; Marieke, the chosen reader, has a name that is a canary too."""
    cache.clear()
    names = {"owner": NICKNAME, "reader": READER, "reader who was blocked": BLOCKED}
    world = made(PURPOSE, names)
    sam = world["owner"]
    # So much is taken away at the next save that this stays in the history.
    long = f"Dit stond hier eerder: {EARLIER}. " + "Het was een lang verhaal over de tuin. " * 5
    cast.write(sam, "dreams", "work", long, version=1)
    cast.write(sam, "dreams", "work", f"Dit is {DREAMS}.", version=2)
    going_on = {"text": f"Dit is {DREAMS}, denk ik."}
    stories.save_answer(sam, kind="dreams", question="work", content=going_on, version=3, by_itself=True)
    for kind, question, word in (
        ("needs", "words", NEEDS),
        ("story", "path", STORY),
    ):
        cast.write(sam, kind, question, f"Dit is {word}.", version=1)
    cast.write(sam, "story", "path", f"Op het andere toestel {OTHER}.", version=1)
    consent.choose(sam, draft_id=world.things["sam's draft"], words=f"Voor {DRAFT}.")  # type: ignore[arg-type]
    letter(sam, LETTER)
    of_her = {"kind": "naam", "thing_id": world["reader"].role.membership_id, "shown": ["line"]}
    told = reports.report(sam, **of_her, words=f"Kijk: {REPORT}.")  # type: ignore[arg-type]
    reports.answer(world["coordinator"], report_id=told.id, outcome="done", reason=f"Ik keek: {REPLY}.")
    listed_names.hide(world["coordinator"], world["owner at work"].role.membership_id, f"Om {HIDDEN}.")  # type: ignore[arg-type]
    answer_exercise(sam, f"Dit is {EXERCISE}.", version=1)
    care_card.keep(sam, answers=["dreams.work"], do=[], not_needed=[], who=f"Mijn zus {CARD}")
    _pass_on(world)
    world.things["address"] = selectors.own_address(sam)
    return world


def _pass_on(world: World) -> None:
    """One story on the web that was talked about, and one being written."""
    sam, editor, thing = world["owner"], world["editor"], world.things
    offers.throw_away(sam, offer_id=thing["sam's story being written"])
    with clock.moved(-giving.WEEK):
        row = giving.sent(sam)
        offers.answer(sam, offer_id=row.id, words=f"Let op: {TALK}.")
        words = Words(title=GIVEN, text=f"Dit is {GIVEN}.", name=GIVEN, note=GIVEN)
        version = editing.read(editor, offer_id=row.id).version
        row = editing.edit(editor, offer_id=row.id, words=words, version=version, propose=True)
        row = offers.approve(sam, offer_id=row.id, version=row.version)
    editing.publish_due()
    thing["sam's story on the web"], thing["the address of sam's story on the web"] = row.id, row.slug
    thing["sam's story being written"] = offers.begin(sam, words=Words(text=f"Dit is {CONCEPT}.")).id


def spellings(word: str) -> list[bytes]:
    """The word in the ways in which a machine may write it down."""
    raw = word.encode()
    coded = [base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : -4] for shift in range(3)]
    return [raw, raw.hex().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), *coded]


def found_in(where: Iterable[tuple[str, bytes]], words: Iterable[str]) -> list[str]:
    """Every place that holds one of the words."""
    ways = [(word, way) for word in words for way in spellings(word)]
    return [f"{word} in {name}" for name, content in where for word, way in ways if way in content]


def stored() -> Iterator[tuple[str, bytes]]:
    """What lies in the databases: the raw files with their write-ahead logs, or every column as text."""
    if databases.SERVER:
        for alias in connections:
            with connections[alias].cursor() as cursor:
                for table in connections[alias].introspection.table_names(cursor):
                    cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - our own tables
                    for (row,) in cursor.fetchall():
                        yield f"{alias}.{table}", row.encode()
                        # bytea is shown as hexadecimal, in which `spellings` looks too.
    else:
        for path in sorted(Path(settings.DATA).iterdir()):
            if path.is_file():
                yield path.name, path.read_bytes()
    for row in Session.objects.all():  # signed and perhaps compressed
        yield "a session", repr(row.get_decoded()).encode()


def backed_up(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a backup; PostgreSQL's compressed dumps also as the SQL that they hold."""
    call_command("backup", str(folder))
    for path in folder.rglob("*"):
        if path.is_file():
            yield f"backup {path.name}", path.read_bytes()
            if path.suffix == ".dump":
                plain = subprocess.run(["pg_restore", "-f", "-", str(path)], check=True, capture_output=True)
                yield f"backup {path.name}", plain.stdout


def elsewhere(log: Log) -> Iterator[tuple[str, bytes]]:
    """Logs, mails that were sent, and the cache of this process."""
    yield from (("the log", line.encode()) for line in log.lines)
    yield from (("a mail", message.message().as_bytes()) for message in mail.outbox)
    yield from (
        ("a mail", f"{message.subject} {message.body} {message.from_email}".encode())
        for message in mail.outbox
    )
    kept = cache._cache  # type: ignore[attr-defined]
    mark = public.edition()
    for key, value in list(kept.items()):
        # A page kept under an older mark is served to nobody, and gone within five minutes.
        if "page:" not in key or mark in key:
            yield "the cache", f"{key} {pickle.loads(value)!r}".encode()  # noqa: S301


def pages(world: World, roles: Iterable[str] = sorted(ROLES)) -> dict[str, dict[str, bytes]]:
    """What each role gets on every page of the table, headers included; also what is refused.

    Of what is refused, and of what everybody may see, a tenth, by a fixed seed, but for a deep run: a refusal
    is one page, byte for byte (tests/house/test_role_table.py).
    """
    client, got, dice = Client(raise_request_exception=False), {}, random.Random("canaries")
    for role in roles:
        got[role] = {}
        for row in ROWS:
            own = row.expected(role) == OK and (role in KINDS or row.door is not EVERYBODY)
            chosen = DEEP or own or dice.random() < A_TENTH
            if chosen and "GET" in row.methods and row.name != "design:components":
                answer = world.enter(client, role).get(row.address(world))
                got[role][str(row)] = (
                    answer.getvalue() + repr(answer.headers).encode() + repr(answer.cookies).encode()
                )
    return got


def where(got: dict[str, bytes], words: Iterable[str] = SEALED) -> dict[str, set[str]]:
    """Page -> which words are on it."""
    found = {page: {word for word in words if word.encode() in content} for page, content in got.items()}
    return {page: words for page, words in found.items() if words}


def test_every_sealed_field_has_a_canary_in_it(world: World) -> None:
    fields: dict[str, Any] = {
        f"{model._meta.label}.{field.name}": model
        for model in apps.get_models()
        if "tests" not in model.__module__.split(".")
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField)
    }
    assert set(fields) == set(CANARIES)
    world.enter(Client(), "reader").get(f"/met-mij-gedeeld/{world['owner'].id.hex}/")
    receipt = audit.own(world["owner"].vault_id)
    for name, model in fields.items():
        rows = model.objects.filter(vault_id=world["owner"].vault_id)
        texts = [crypto.unseal(text, receipt) for row in rows if (text := getattr(row, name.split(".")[-1]))]
        for canary in CANARIES[name]:
            assert any(canary in text for text in texts), f"{canary} is not in {name}"


def test_sealed_words_are_only_on_the_pages_of_the_owner_and_of_who_was_chosen(
    world: World, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = world["owner"]
    got = pages(world)
    # Each role twice: the second time the owner sees the reader's look.
    got |= {f"{role} again": seen for role, seen in pages(world, KINDS).items()}
    mine = set().union(*where(got["owner again"]).values())
    # What a share is for was on the owner's preview; afterwards only the reader sees it.
    assert mine == SEALED - {PURPOSE}, f"the owner does not see {SEALED - mine}"
    theirs = {
        "reader": {"consent:read sam": {DREAMS, STORY, PURPOSE}},
        "income professional": {"consent:read sam": {DREAMS, PURPOSE}},
        "employer": {"consent:read sam": {NEEDS, PURPOSE}},
    }
    # Her own reports and the reason why her name is hidden are hers in every role.
    at_work = {"owner at work": {"region:mine": {HIDDEN}, "region:my_reports": {REPORT, REPLY}}}
    for role, seen in got.items():
        if role.removesuffix(" again") not in {"owner", "owner, signed in long ago"}:
            assert GIVEN.encode() in seen.get(PUBLIC_PAGE, GIVEN.encode())
            for page in (PUBLIC_PAGE, *PUBLIC_LISTS):
                seen.pop(page, None)
            found = {page: words & ALL for page, words in where(seen).items() if words & ALL}
            assert found == (theirs | at_work).get(role.removesuffix(" again"), {}), role

    # Posts: words of the owner through each form, a conflict, a text too long, and a page that breaks.
    owner = world.enter(Client(raise_request_exception=False), "owner")
    question = "/mijn-verhaal/dromen/2/"
    form = next(form for form in forms_of(owner.get(question)) if form.autosaves)  # type: ignore[arg-type]
    assert owner.post(question, form.filled("") | {"text": f"Dit is {DREAMS}."}).status_code == 302
    long = form.filled("") | {"text": f"{STORY} " * 3000}
    assert owner.post(question, long).status_code == 422
    world.enter(owner, "anonymous").post(question, form.filled("") | {"text": STORY})

    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(stories, "save_answer", breaks)
        broken = world.enter(owner, "owner").post(question, form.filled("") | {"text": f"Dit is {STORY}."})
    assert broken.status_code == 500
    assert STORY in broken.content.decode()  # nobody loses words

    with cast.at_noon():
        worker.run_due()
    assert mail.outbox
    assert log.lines
    places = [*stored(), *backed_up(tmp_path), *elsewhere(log)]
    assert len(places) > 10
    assert set(found_in(places, SEALED)) <= {f"{GIVEN} in {place}" for place in INDEX}
    assert found_in(stored(), [GIVEN])

    # A story withdrawn: on no page but the owner's, in no kept page, in no table.
    offers.withdraw(sam, offer_id=world.things["sam's story on the web"])
    for role, seen in pages(world, KINDS).items():
        assert role == "owner" or GIVEN not in set().union(*where(seen).values()), role
    assert found_in([*stored(), *backed_up(tmp_path), *elsewhere(log)], [GIVEN]) == []
    with pytest.raises(offers.NotThere):
        editing.read(world["editor"], offer_id=world.things["sam's story on the web"])

    # Taken back: gone at the next request, for each of them.
    for grant in ("reader", "income professional", "employer"):
        work = world[grant].role.membership_id
        given = sam.user.grants_given.filter(membership_id=work, revoked_at=None).first()
        consent.revoke(sam, grant_id=given.id, everything=True)
    for role, seen in pages(world, theirs).items():
        assert {page: words & ALL for page, words in where(seen).items() if words & ALL} == {}, role


@pytest.mark.parametrize("by_worker", [False, True])
def test_after_erasing_no_word_name_or_address_is_left(
    world: World, log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_worker: bool
) -> None:
    sam = world["owner"]
    pages(world, ["owner", "reader"])
    worker.run_due()
    address = str(world.things["address"])
    personal = {*SEALED, NICKNAME, address}
    before = found_in(stored(), [NICKNAME, address])
    assert {hit.split(" in ")[0] for hit in before} == {NICKNAME, address}
    client = world.enter(Client(), "owner")
    form = next(f for f in forms_of(client.get("/mijn-gegevens/wissen/")) if f.view == "accounts:erase")  # type: ignore[arg-type]
    if by_worker:  # the process that began was killed; a worker does it all
        monkeypatch.setattr("mmm.accounts.services.erase_now", lambda *args: None)
    assert client.post(form.action, form.filled("") | {"when": "now"}).status_code == 302
    monkeypatch.undo()
    worker.run_due()
    assert not crypto.vault_alive(sam.vault_id)
    assert sam.vault_id.hex in (Path(settings.DATA) / "erasures.log").read_text()
    mail.outbox.clear()
    log.lines.clear()
    seen = pages(world, KINDS)
    left = found_in(stored(), personal)
    left += found_in(backed_up(tmp_path), personal)
    left += found_in(elsewhere(log), personal)
    # Not of who is gone: the reader's name in the list of professionals.
    of_others = {
        "region:report naam marieke's work": CANARIES["audit.LookRow.words"],
        "consent:block marieke's work": CANARIES["audit.LookRow.words"],
    }
    left += [
        f"{words - of_others.get(page, set())} on {page} of {role}"
        for role, got in seen.items()
        for page, words in where(got, personal).items()
        if words - of_others.get(page, set())
    ]
    assert left == []


def test_a_word_in_the_open_is_found(world: World, tmp_path: Path) -> None:
    """The search can fail: as it is, in hexadecimal, in base64, in a write-ahead log, in a backup."""
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + DREAMS.encode() + b"yy")
        assert found_in([("there", coded)], [DREAMS]) == [f"{DREAMS} in there"]
    sam = world["owner"].user
    sam.name = f"Dit is {DREAMS}"
    sam.save()
    assert found_in(stored(), [DREAMS])
    assert found_in(backed_up(tmp_path), [DREAMS])
