"""Every public text is plain Dutch, and the measure itself can tell plain from not plain."""

import pytest
from django.test import Client

from tests.house import readability
from tests.house.readability import Reading, is_passive, read, read_text, stem, syllables

# Texts for workers keep all seven rules; other public pages may miss two.
FOR_WORKERS = ["/", "/jouw-gegevens/", "/over-ons/", "/inloggen/", "/meedoen/", "/wat-heb-jij-nodig/"]
OTHER = ["/toegankelijkheid/", "/regios/", "/regios/holland-rijnland/"]


def of_page(address: str) -> Reading:
    answer = Client().get(address)
    assert answer.status_code == 200
    return read(answer.content.decode())


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.parametrize("address", FOR_WORKERS)
def test_page_for_workers_keeps_all_seven_rules(address: str) -> None:
    reading = of_page(address)
    assert reading.words
    assert reading.broken() == []


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.parametrize("address", OTHER)
def test_other_public_page_misses_two_rules_at_most(address: str) -> None:
    broken = of_page(address).broken()
    assert len(broken) <= 2, broken


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
    words = readability.formal_words()
    assert len(words) == len(set(words)) > 80
