"""Every public text is plain Dutch, and the measure itself can tell plain from not plain."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.core import mail as outside
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from mmm.accounts.mails import send_code, send_no_account
from mmm.content import plain
from mmm.foundation.tasks import worker
from mmm.start import errors
from tests import cast
from tests.house.readability import Reading, is_passive, read, read_text, stem, syllables
from tests.house.table import OK, ROWS
from tests.house.world import World, made

# Pages that are not for workers in the first place may miss two rules. A few of the region are for everybody.
OF_THE_REGION_FOR_ALL = {
    f"region:{name}" for name in ("regions", "region", "directory", "my_reports", "report")
}
BOOK_FOR_OTHERS = {
    f"book:{name}"
    for name in ("professions", "profession", "for_professionals", "for_employers", "recommendations")
} | {"book:recommendation", "book:stories"}  # the list of stories: sixteen first sentences, each of a trade
FOR_OTHERS = (
    {"start:accessibility", "demo:cast", "demo:post"}
    | BOOK_FOR_OTHERS
    | {row.name for row in ROWS if row.name.startswith("region:") and row.name not in OF_THE_REGION_FOR_ALL}
)
FOR_OTHERS |= {row.name for row in ROWS if row.name.split("_")[0] == "stories:given"} - {
    "stories:given_story"
}
FOR_WORKERS = {row.name for row in ROWS} - FOR_OTHERS

# What nobody reads as a page.
MACHINES = {
    "healthz",
    "readyz",
    "design:components",
    "accounts:leave",
    "sitemap",
    "robots",
    "book:stories_feed",
    "book:news_feed",
    "book:pdf",
    "book:epub",
}
# People of the test's world, and where they work.
NAMES = {
    "owner": "Nadia",
    "other worker": "Henk",
    "reader": "Marieke",
    "professional": "Okan",
    "income professional": "Ruud",
    "employer": "Anja",
    "coordinator": "Fatima",
    "coordinator elsewhere": "Greta",
    "deputy": "Bram",
    "editor": "Joris",
    "listener": "Lotte",
    "newcomer": "Thandi",
    "reader until taken back": "Karel",
    "reader until yesterday": "Mila",
    "reader who left": "Pieter",
    "reader who was blocked": "Diana",
    "reader who became an employer there": "Wouter",
    "unchecked": "Emma",
    "resting": "Naomi",
    "erased": "Sien",
    "inactive": "Tom",
    "helper": "Corrie",
    "professional without second step": "Joyce",
    "coordinator without second step": "Edwin",
    "who waits to be erased": "Mees",
    "who came by letter": "Noor",
    "lost": "Kim",
}
# People of the shipped stories, on whose cards their names stand.
TELLERS = {
    "Bram", "Dilara", "Geertje", "Gonnie", "Hatice", "Jerrel", "Kofi", "Marta", "Nasrin", "Ruud", "Sietse",
    "Thijs", "Youri",
}  # fmt: skip
PLACES = {"Nieuwland", "Werkpunt", "Loket", "Bakkerij", "Ervaring", "Rijnland", "Holland"}


def of_page(answer: HttpResponse) -> Reading:
    """The reading of what a browser got. Names of people and places count for nobody."""
    html = answer.content.decode()
    assert "<main" in html
    reading = read(html)
    reading.names |= {*NAMES.values(), *PLACES, *TELLERS}
    assert reading.words
    return reading


def pages(world: World, role: str, names: set[str]) -> Iterator[tuple[str, Reading]]:
    """Every page of `names` that this role finds, and what it says of an empty form."""
    for row in ROWS:
        if row.name not in names - MACHINES or row.expected(role) != OK:
            continue
        for method, way in ((Client.get, "GET"), (Client.post, "POST")):
            if way not in row.methods:
                continue
            with transaction.atomic():
                answer = method(world.enter(Client(), role), row.address(world), {"once": "0" * 32})
                transaction.set_rollback(True)
            if answer.headers.get("Content-Type", "").startswith("application/"):
                continue  # the same words as the page it stands on
            if answer.status_code not in {301, 302, 404}:
                yield f"{way} {row}", of_page(answer)


def broken(readings: Iterable[tuple[str, Reading]], *, may_miss: int) -> str:
    """Which pages miss more rules than they may, and what to change; at least ten pages were read."""
    found = {name: reading.broken() for name, reading in readings}
    assert len(found) >= 10, found.keys()
    return "\n".join(f"{name}: {'; '.join(rules)}" for name, rules in found.items() if len(rules) > may_miss)


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.urls("tests.house.urls_demo")
@pytest.mark.parametrize("role", ["anonymous", "owner", "owner, signed in long ago"])
def test_pages_for_workers_keep_all_seven_rules(role: str) -> None:
    missed = broken(pages(made(names=NAMES), role, FOR_WORKERS), may_miss=0)
    assert not missed, missed


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.urls("tests.house.urls_demo")
@pytest.mark.parametrize("role", ["reader", "employer", "coordinator", "editor"])
def test_other_pages_miss_two_rules_at_most(role: str) -> None:
    missed = broken(pages(made(names=NAMES), role, {row.name for row in ROWS}), may_miss=2)
    assert not missed, missed


@pytest.mark.parametrize(
    "page",
    [
        errors.bad_request,
        errors.forbidden,
        errors.not_found,
        errors.server_error,
        errors.unavailable,
        lambda request: errors.too_many(request, None),
    ],
)
def test_error_page_keeps_all_seven_rules(page: Callable[[HttpRequest], HttpResponse]) -> None:
    with translation.override("nl"):
        missed = of_page(page(RequestFactory().get("/"))).broken()
    assert not missed, missed


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_mails_keep_all_seven_rules() -> None:
    with translation.override("nl"):
        send_code("jo@voorbeeld.example", "12345678", language="nl", key="a")
        send_no_account("jo@voorbeeld.example", language="nl", key="b")
        cast.share(cast.worker(), cast.professional())
        with cast.at_noon():
            worker.run_due()
    mails = {mail.body: mail for mail in outside.outbox}
    assert len(mails) == 3
    for mail in mails.values():
        for text in (f"{mail.subject}.", mail.body):
            missed = read_text(text).broken()
            assert not missed, (text, missed)


PLAIN = (
    "<main><h1>Jouw verhaal</h1><p>Je schrijft wat je wilt. Niemand leest mee. "
    "Jij kiest wie het mag lezen. Je kunt altijd stoppen.</p></main>"
)


def test_plain_text_breaks_no_rule() -> None:
    assert read(PLAIN).broken() == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Je kunt " + "heel " * 20 + "veel doen.", "a sentence has 24 words, at most"),
        (
            " ".join(["Dit is een zin met precies dertien woorden die allemaal heel gewoon zijn hoor."] * 3),
            "average",
        ),
        ("Je mag dit doen met ons en met hem en met haar en met mij nu. " * 2 + "Ja. " * 8, "over 15 words"),
        ("De belangenbehartiger faciliteert participatie. Je leest dit.", "rare"),
        ("Je krijgt derhalve een brief.", "formal: derhalve"),
        ("Je krijgt dit met betrekking tot je werk.", "formal: met betrekking tot"),
        ("Je brief wordt gelezen. Je krijgt wat.", "passive"),
        ("Verantwoordelijkheden organiseren. Mogelijkheden inventariseren.", "Flesch-Douma"),
    ],
)
def test_each_rule_can_be_broken(text: str, sign: str) -> None:
    assert any(sign in line for line in read(f"<main><p>{text}</p></main>").broken())


def test_names_other_languages_and_code_are_not_read() -> None:
    html = (
        '<main><p>Je praat met Wilhelmina Oosterbroek. <span lang="en">Disproportionately</span></p>'
        '<p translate="no">Krimpenerwaard</p><script>obfuscated</script><p>Ga naar Krimpenerwaard.</p></main>'
    )
    assert read(html).rare == []


def test_a_word_explained_on_the_page_is_not_rare() -> None:
    text = "Een {}belangenbehartiger{} luistert naar je. Belangenbehartigers zeggen niets door."
    assert read(f"<main><p>{text.format('', '')}</p></main>").rare
    assert not read(f"<main><p>{text.format('<dfn>', '</dfn>')}</p></main>").rare


def test_headings_and_buttons_do_not_make_sentences_look_short() -> None:
    long = "Je mag hier schrijven wat je wilt over je werk en over wat je kunt."
    html = f"<main><h1>Werk</h1><button>Bewaar</button><p>{long}</p></main>"
    assert read(html).mean_words == 15


def test_time_and_shortened_words_do_not_end_a_sentence() -> None:
    reading = read("<main><p>Bewaard om 14.32 uur. Bel bijv. Marieke. Kom om 9.00 uur.</p></main>")
    assert len(reading.sentences) == 3


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("Je brief wordt gelezen", True),
        ("De tekst werd door haar geschreven", True),
        ("Dat is door mij gedaan", True),
        ("Ik word moe", False),
        ("Dat is gebeurd", False),
        ("Wij lezen je brief", False),
        ("Je wordt gezond", False),
    ],
)
def test_passive_is_told_from_active(sentence: str, passive: bool) -> None:
    assert is_passive(sentence.split()) is passive


@pytest.mark.parametrize(
    ("word", "count"),
    [("werk", 1), ("verhaal", 2), ("nieuwe", 2), ("mooi", 1), ("mooie", 2), ("ideeën", 3), ("jij", 1),
     ("sollicitatie", 5), ("leeuw", 1), ("begeleider", 4), ("de", 1)],
)  # fmt: skip
def test_syllables_of_dutch_words(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [("taak", "taken"), ("kaart", "kaarten"), ("regel", "regels"), ("gesprek", "gesprekken")],
)
def test_glossary_knows_a_word_in_its_common_forms(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_mail_is_read_without_its_addresses() -> None:
    reading = read_text(
        "Dag,\n\nJe hebt post. Kijk hier:\nhttps://mmm.example/abc/disproportionately\n\nTot snel."
    )
    assert reading.rare == []
    assert len(reading.sentences) == 2


def test_formal_list_is_lower_case_and_sorted_once() -> None:
    words = plain.formal_words()
    assert len(words) == len(set(words)) > 80
