"""What is found, in which order, and what is not. Both databases answer alike."""

import datetime as dt
import re
import unicodedata
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client

from mmm.content.search import calm, services, words
from mmm.content.search.models import Document as Indexed
from mmm.content.search.models import Gram, Word
from mmm.foundation import clock, doors, public
from tests import guards
from tests.content.conftest import Pages, page

pytestmark = pytest.mark.django_db
DANGER = '<a href="tel:112">112</a>'


def titles(client: Client, asked: str, **more: str) -> list[str]:
    """Titles that were found, in their order."""
    found = re.findall(r"<h2><a [^>]*>(.*?)</a>", html(client, asked, **more))
    return [re.sub("</?mark>", "", title) for title in found]


def html(client: Client, asked: str, *, path: str = "/zoeken/", **more: str) -> str:
    answer = client.get(path, {"q": asked, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def main(text: str) -> str:
    return text.split("<main", 1)[1].split("</main>")[0]


def test_what_anybody_reads_today_is_found(client: Client) -> None:
    services.rebuild()
    assert "Hoe wij omgaan met jouw gegevens" in titles(client, "gegevens")[0]
    assert titles(client, "Alphen aan den Rijn")[0] == "Regio Holland Rijnland"
    assert titles(client, "wachtwoord kwijt kip") is not None
    assert "accessibility" in html(client, "accessible", path="/en/zoeken/").lower()


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("verhaal", "Verhalen van mensen"),
        ("grens", "Grenzen stellen"),
        ("grenzen", "Mijn grens"),
        ("gewerkt", "Werk vinden"),
        ("kwetsbaar", "Kwetsbare mensen"),
        ("mogelijkheid", "Mogelijkheden"),
        ("één", "Een begin"),
        ("reële", "Reele kansen"),
        ("reele", "Reële kansen"),
        ("regio", "Alle regio’s"),
        ("werkpl", "Een werkplek"),
        ("VERHAAL", "Verhalen van mensen"),
        ("het verhaal van een mens", "Verhalen van mensen"),
    ],
)
def test_a_word_is_found_in_every_form(client: Client, pages: Pages, asked: str, title: str) -> None:
    pages.tell(page("a", title), page("b", "Iets anders"))
    assert titles(client, asked) == [title]


def test_english_has_stems_of_its_own(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Stories about working"), language="en")
    pages.tell(page("a", "Verhalen over werken"))
    assert titles(client, "story work", path="/en/zoeken/") == ["Stories about working"]
    assert titles(client, "verhaal werk") == ["Verhalen over werken"]
    assert titles(client, "stories") == []


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("ervaringsdeskundig", "Ervaringsdeskundige"),
        ("ervarngsdeskundige", "Ervaringsdeskundige"),
        ("ervaringsdeskudnige", "Ervaringsdeskundige"),
        ("toegankelijkheit", "Toegankelijkheid"),
        ("begelijding", "Begeleiding"),
        ("sollisiteren", "Solliciteren"),
        ("brif", "Een brief"),
        ("psygiater", "Psychiater"),
    ],
)
def test_a_typing_mistake_in_a_title_is_forgiven(
    client: Client, pages: Pages, asked: str, title: str
) -> None:
    pages.tell(page("a", title), page("b", "Heel iets anders"), page("c", "Werkgever"))
    assert titles(client, asked) == [title]


def test_the_page_says_what_it_searched_for_instead(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Luisteren zonder oordeel"))
    text = main(html(client, "luisteren zonder ordeel"))
    assert "Met deze letters vonden we niets" in text
    assert "<strong>luisteren zonder oordeel</strong>" in text


def test_a_word_far_from_all_others_is_left_alone(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Kasteel"))
    text = main(html(client, "xylofoon"))
    assert "We vonden niets. Dat ligt niet aan jou." in text
    assert "071 000 00 00" in text
    assert text.count("<li>") >= 3


def test_title_counts_more_than_introduction_and_that_more_than_text(client: Client, pages: Pages) -> None:
    filler = "niets bijzonders te zien hier vandaag " * 30
    pages.tell(
        page("text", "Een", "Twee", "droom " * 60 + filler),
        page("intro", "Drie", "Over een droom en nog veel meer. " + filler, filler),
        page("title", "De droom die niet meteen gelukt is en toch mooi bleef", filler, filler),
        page("none", "Vier", filler, filler),
    )
    expected = ["De droom die niet meteen gelukt is en toch mooi bleef", "Drie", "Een"]
    assert titles(client, "dromen") == expected


def test_when_no_page_has_all_words_those_with_most_come_first(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Rust op het werk"), page("b", "Rust in de tuin met planten"), page("c", "Planten"))
    text = main(html(client, "rust planten kantoor"))
    assert "Geen pagina heeft al jouw woorden" in text
    assert titles(client, "rust planten kantoor")[0] == "Rust in de tuin met planten"


def test_words_are_marked_where_they_stand(client: Client, pages: Pages) -> None:
    far = "Er was eens iets heel anders. " * 40
    pages.tell(page("a", "Titel", "Begin", f"{far}Toen kwam de <b>grens</b> in zicht. Daarna niet meer."))
    text = main(html(client, "grenzen"))
    assert "Toen kwam de &lt;b&gt;<mark>grens</mark>&lt;/b&gt; in zicht." in text
    assert "Er was eens iets" not in text


def test_what_is_typed_is_shown_again_and_never_as_markup(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Script <script>alert(1)</script>"))
    text = html(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in text
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in text


def facets(text: str) -> list[str]:
    inside = text.split('class="facets"')[1].split("</nav>")[0]
    return [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<a .*?</a>", inside, re.DOTALL)]


def test_facets_count_and_narrow_down(client: Client, pages: Pages) -> None:
    pages.tell(
        page("a", "Droom een", audiences=["workers", "employers"], themes=["grenzen"]),
        page("b", "Droom twee", audiences=["workers"], themes=["moed"]),
        page("c", "Droom drie", audiences=["professionals"]),
    )
    shown = facets(html(client, "droom", kies="1"))
    assert "wie werk zoekt of werkt (2)" in shown
    assert "werkgevers (1)" in shown
    assert "Grenzen stellen (1)" in shown
    assert sorted(titles(client, "droom", voor="workers")) == ["Droom een", "Droom twee"]
    assert titles(client, "droom", voor="workers", thema="moed") == ["Droom twee"]
    assert titles(client, "droom", soort="proef", voor="professionals") == ["Droom drie"]
    assert titles(client, "droom", soort="nergens") == []
    text = html(client, "droom", voor="workers")
    assert "Laat weer alles zien" in text
    assert "q=droom&amp;thema=" not in text.split("Laat weer alles zien")[0].split("facets")[1]


def test_what_one_can_choose_is_counted_when_asked_for(client: Client, pages: Pages) -> None:
    pages.tell(*(page(f"{n}", f"Droom {n}", audiences=["workers"], themes=["moed"]) for n in range(11)))
    with guards.questions() as questions:
        first = html(client, "droom")
    assert 'class="facets"' not in first
    assert not any("GROUP BY" in each for each, _ in questions)
    link = re.search(r'<a class="reach" href="([^"]+)"[^>]*>Kies wat je wilt zien</a>', first)
    assert link
    chosen = client.get(f"/zoeken/{link[1]}".replace("&amp;", "&")).content.decode()
    assert "Kies wat je wilt zien</a>" not in chosen
    pages.tell(page("a", "Moed een"), page("b", "Moed twee"))
    assert "Kies wat je wilt zien" not in html(client, "moed")  # all of it stands on one page


def test_long_lists_come_in_parts(client: Client, pages: Pages) -> None:
    pages.tell(*(page(f"{n}", f"Droom {n}") for n in range(25)))
    seen = [titles(client, "droom", bladzijde=f"{n}") for n in (1, 2, 3)]
    assert [len(each) for each in seen] == [10, 10, 5]
    assert len({title for each in seen for title in each}) == 25
    assert titles(client, "droom", bladzijde="99") == seen[2]
    assert titles(client, "droom", bladzijde="-1") == seen[0]
    assert "25 pagina’s gevonden." in html(client, "droom")


def test_titles_come_first_on_all_parts_of_a_list_and_nothing_comes_twice(
    client: Client, pages: Pages
) -> None:
    pages.tell(
        *(page(f"t{n}", f"Droom {n}") for n in range(13)),
        *(page(f"x{n}", f"Anders {n}", "", "Over een droom. " * n) for n in range(1, 13)),
    )
    seen = [title for n in (1, 2, 3) for title in titles(client, "droom", bladzijde=f"{n}")]
    assert len(set(seen)) == len(seen) == 25
    assert all(title.startswith("Droom") for title in seen[:13])


@pytest.mark.parametrize(
    "asked",
    [
        "113",
        "112",
        "crisis",
        "ik heb een crisis",
        "zelfmoord",
        "zelfmoort",
        "Zelfmoordgedachten zelfmoord",
        "suïcide",
        "suicidaal",
        "ik wil dood",
        "ik wil niet meer leven",
        "suicide",
        "kill myself",
        "i want to die",
    ],
)
@pytest.mark.parametrize("path", ["/zoeken/", "/en/zoeken/"])
def test_words_about_danger_give_help_first(client: Client, pages: Pages, asked: str, path: str) -> None:
    if path == "/zoeken/" and asked == "i want to die":
        asked = "want to die"
        return  # "die" is a Dutch word
    pages.tell(page("a", "Crisis, wat nu"))
    text = html(client, asked, path=path)
    assert DANGER in main(text)
    assert main(text).index(DANGER) < main(text).index("<h1")
    assert text.count(DANGER) == 1


@pytest.mark.parametrize("asked", ["die baan", "wat heb ik nodig", "werk", "beleven", "code 1120", "doodle"])
def test_other_words_do_not(client: Client, pages: Pages, asked: str) -> None:
    pages.tell(page("a", "Werk"))
    assert DANGER not in main(html(client, asked))


ABSURD = [
    "",
    " ",
    '"',
    '""""""',
    "'",
    "NEAR(",
    "NEAR(a b, 2)",
    "*",
    "a*",
    "^droom",
    "title:droom",
    "droom AND NOT",
    "-droom",
    "(((",
    "droom & | !",
    "':*",
    "\\",
    "%",
    "%00",
    "\x00",
    "droom\x00werk",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "😀 droom 😀",
    "مرحبا بالعالم",
    "\u202edroom",
    "ﷺ",
    "ß" * 50,
    "İ" * 50,
    "e\u0301" * 90,
    "d" * 10_000,
    "droom " * 2_000,
    "x' OR 1=1 --",
    "'; DROP TABLE search_document; --",
    "<script>",
    "{{ q }}",
    "１２３",
    "²",
    "ﬁets",
    "𝓭𝓻𝓸𝓸𝓶",
]


@pytest.mark.parametrize("asked", ABSURD, ids=range(len(ABSURD)))
def test_anything_at_all_gets_a_page(client: Client, pages: Pages, asked: str) -> None:
    pages.tell(page("a", "Droom"), page("b", "ß İstanbul ﬁets مرحبا"))
    for more in ({}, {"soort": asked, "voor": asked, "thema": asked, "bladzijde": asked}):
        text = html(client, asked, **more)
        assert "\x00" not in text
        assert not any(unicodedata.category(each) == "Cf" for each in main(text))
    services.put("proef", "nl", page("c", asked[:300] or "-", asked, asked))


def test_every_word_of_a_title_finds_it_in_any_script(client: Client, pages: Pages) -> None:
    pages.tell(page("b", "İstanbul ﬁets مرحبا Ærø 2026 e\u0301e\u0301n"))
    for word in ("İstanbul", "istanbul", "fiets", "مرحبا", "ærø", "2026", "één", "een"):
        assert len(titles(client, word)) == 1, word


def test_a_page_can_be_put_changed_and_taken_out(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Blijft hier"))
    services.put("proef", "nl", page("b", "Samira Zonnebloem vertelt", "Uniekwoord", "Geheimpje"))
    assert titles(client, "zonnebloem") == ["Samira Zonnebloem vertelt"]
    services.put("proef", "nl", page("b", "Fatima vertelt"))
    assert titles(client, "zonnebloem") == []
    assert titles(client, "fatima") == ["Fatima vertelt"]
    services.remove("proef", "b")
    assert titles(client, "fatima") == []
    assert not Indexed.objects.filter(key="b").exists()
    left = set(Word.objects.values_list("word", flat=True))
    assert left == {"blijft"}
    assert set(Gram.objects.values_list("word__word", flat=True)) == left


@pytest.mark.sqlite_only
def test_what_is_taken_out_is_in_no_corner_of_the_index(pages: Pages) -> None:
    pages.tell(page("a", "Blijft"))
    services.put("proef", "nl", page("b", "Zonnebloem", "Uniekwoord", "Geheimpje"))
    services.remove("proef", "b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_words_nl_data")
        blocks = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert b"blijf" in blocks
    for word in (b"zonnebloem", b"uniek", b"geheim"):
        assert word not in blocks


def test_a_put_that_is_rolled_back_never_was(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Blijft"))
    with transaction.atomic():
        services.put("proef", "nl", page("b", "Zonnebloem"))
        transaction.set_rollback(True)
    assert titles(client, "zonnebloem") == []


def test_what_its_room_hides_is_not_shown(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Droom een"), page("b", "Droom twee"))
    pages.hidden.add("a")
    assert titles(client, "droom") == ["Droom twee"]


def test_building_again_changes_nothing(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Droom een"), page("b", "Droom twee"))
    before = sorted(Word.objects.values_list("word", "uses")), Gram.objects.count()
    services.rebuild()
    assert (sorted(Word.objects.values_list("word", "uses")), Gram.objects.count()) == before
    assert dict(before[0])["droom"] == 2
    assert len(titles(client, "droom")) == 2


def test_putting_one_at_a_time_makes_the_same_vocabulary(pages: Pages) -> None:
    documents = [page("a", "Droom een boom"), page("b", "Droom twee", "Boom"), page("c", "Regio’s")]
    pages.tell(*documents)
    whole = sorted(Word.objects.values_list("word", "uses"))
    for document in documents:
        services.remove("proef", document.key)
    assert not Word.objects.exists()
    for document in documents:
        services.put("proef", "nl", document)
    assert sorted(Word.objects.values_list("word", "uses")) == whole


def test_six_questions_at_most(client: Client, pages: Pages) -> None:
    pages.tell(*(page(f"{n}", f"Droom {n} kansen") for n in range(25)), page("z", "Vertrouwen"))
    for asked, most in (
        ("droom", 3),
        ("vertrouwn", 5),
        ("vertrouwn kansen", 6),
        ("dromn kanse nergens", 6),
        ("xylofoon", 3),
        ("112", 3),
    ):
        with guards.questions() as questions:
            html(client, asked, bladzijde="9")
        assert len(questions) <= most, (asked, [each for each, _ in questions])


def test_a_network_that_searches_too_much_waits_and_still_reads_about_help(
    client: Client, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calm, "time", SimpleNamespace(monotonic=lambda: 1.0))  # all in one minute
    pages.tell(page("a", "Droom"))
    for _ in range(calm.MOST):
        assert calm.may_search("192.0.2.0/24")
    first = client.get("/zoeken/", {"q": "droom"}, REMOTE_ADDR="192.0.2.9")
    assert first.status_code == 429
    assert first["Retry-After"] == "60"
    help_first = client.get("/zoeken/", {"q": "zelfmoord"}, REMOTE_ADDR="192.0.2.9").content.decode()
    assert DANGER in main(help_first)
    assert client.get("/zoeken/", {"q": "droom"}, REMOTE_ADDR="198.51.100.9").status_code == 200
    assert client.get("/zoeken/", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_kind_that_no_room_told_of_cannot_be_put(pages: Pages) -> None:
    with pytest.raises(KeyError):
        services.put("onbekend", "nl", page("a", "Droom"))


def test_every_door_tells_of_pages_that_are_there(client: Client) -> None:
    services.rebuild()
    assert len(doors.searchable) >= 2
    for path in Indexed.objects.values_list("path", flat=True):
        assert client.get(path).status_code == 200, path
    assert not Indexed.objects.filter(title="").exists()
    assert not Indexed.objects.filter(intro="").exists()


def test_distance_counts_each_kind_of_mistake() -> None:
    for one, other, wrong in (
        ("droom", "droom", 0),
        ("drom", "droom", 1),
        ("droomm", "droom", 1),
        ("drxom", "droom", 1),
        ("rdoom", "droom", 1),
        ("", "ab", 2),
        ("abc", "xyz", 3),
    ):
        assert words.distance(one, other, most=5) == wrong
    assert words.distance("abcdef", "xyzuvw", most=2) == 3


def test_what_is_past_its_last_day_is_not_shown(client: Client, pages: Pages) -> None:
    today = clock.today()
    pages.tell(
        page("a", "Droom van gisteren", until=today - dt.timedelta(days=1)),
        page("b", "Droom van vandaag", until=today),
    )
    assert titles(client, "droom") == ["Droom van vandaag"]


def test_the_index_keeps_up_with_what_is_published(client: Client, pages: Pages) -> None:
    pages.tell(page("a", "Droom een"), page("b", "Droom twee"))
    assert services.keep_up() == 0
    pages.told["nl"] = [page("a", "Droom anders"), page("c", "Droom drie")]
    assert services.keep_up() == 0  # nothing public changed, so it did not look
    public.raise_edition()
    assert services.keep_up() == 3
    assert sorted(titles(client, "droom")) == ["Droom anders", "Droom drie"]
    assert services.keep_up() == 0
    assert dict(Word.objects.values_list("word", "uses")) == {"droom": 2, "anders": 1, "drie": 1}
