"""From blocks to HTML: cheap, and nothing of what an editor (or a stolen account) could hide in it."""

import re
import time

import pytest

from mmm.content import body, markdown
from mmm.content.markdown import Source, WrongText


def block(kind: str, value: object) -> dict[str, object]:
    return {"type": kind, "value": value, "id": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}


@pytest.mark.parametrize(
    "evil",
    [
        "<p>Hoi<script>alert(1)</script></p>",
        '<p onclick="x()">Hoi</p>',
        '<p><a href="javascript:x()">Hoi</a></p>',
        '<p style="position:fixed">Hoi</p>',
        '<p>Hoi<img src=x onerror=alert(1)><iframe src="//elders.example"></iframe></p>',
    ],
)
def test_only_words_lists_and_links_reach_a_page(evil: str) -> None:
    for kind, value in (("paragraph", evil), ("list", evil), ("box", {"title": evil, "text": evil})):
        html = body.render([block(kind, value)])
        assert "Hoi" in html
        for word in ("<script", "onclick=", 'href="javascript', "style=", "<img", "<iframe"):
            assert word not in "".join(re.findall(r"<[^>]*>", html))
    for kind in ("heading", "spoken"):
        assert "<script" not in body.render([block(kind, evil)])


def test_a_link_to_a_page_leads_there_and_to_a_page_that_is_gone_is_plain_words() -> None:
    text = [
        block("paragraph", '<p><a linktype="page" id="7">hier</a> en <a id="8" linktype="page">daar</a></p>')
    ]
    assert body.linked(text) == {7, 8}
    html = body.render(text, links={7: "/verhalen/bus/"})
    assert 'href="/verhalen/bus/"' in html
    assert html.count("href") == 1
    assert "daar" in html


def test_a_kind_of_block_that_nobody_knows_shows_nothing() -> None:
    assert body.render([block("video", "x"), block("picture", 5)]) == ""


def test_a_heading_keeps_its_place_when_its_words_change() -> None:
    first, second = (body.render([block("heading", words)]) for words in ("Een", "Twee"))
    assert first.replace("Een", "Twee") == second
    assert 'id="b-1b4e28ba"' in first


def test_a_text_of_500_blocks_takes_less_than_a_tenth_of_a_second() -> None:
    text = [block("paragraph", "<p>Een zin met <b>nadruk</b> en nog wat woorden.</p>")] * 500
    began = time.process_time()
    html = body.render(text)
    assert time.process_time() - began < 0.1
    assert html.count("<p>") == 500


def test_minutes_are_counted_from_the_words_alone() -> None:
    assert body.minutes([block("paragraph", "<p>" + "woord " * 540 + "</p>")]) == 3
    assert body.minutes([]) == 1


def source(text: str) -> Source:
    return Source("nl/pages/proef", "nl", {"key": "proef"}, text, "")


def test_shipped_markdown_becomes_blocks() -> None:
    text = (
        "Eerst **dit**.\n\n## Kop\n\n- een\n- [twee](page:hulp)\n\n"
        "> Zei zij.\n\n::: box Vraag\nHoe?\n\n- zo\n:::\n\nSlot.\n"
    )
    made = markdown.blocks(source(text), lambda key: 'href="/hulp/"' if key == "hulp" else None)
    assert [(each["type"], each["value"]) for each in made] == [
        ("paragraph", "<p>Eerst <b>dit</b>.</p>"),
        ("heading", "Kop"),
        ("list", '<ul><li>een</li><li><a href="/hulp/">twee</a></li></ul>'),
        ("spoken", "Zei zij."),
        ("box", {"title": "Vraag", "text": "<p>Hoe?</p><ul><li>zo</li></ul>"}),
        ("paragraph", "<p>Slot.</p>"),
    ]
    again = markdown.blocks(source(text), lambda key: None)
    assert [each["id"] for each in made] == [each["id"] for each in again]


def test_a_link_to_a_page_that_is_not_there_is_told() -> None:
    one = source("[weg](page:nergens)\n")
    assert markdown.blocks(one, lambda key: None)[0]["value"] == "<p><a>weg</a></p>"
    assert one.missing == ["nergens"]


@pytest.mark.parametrize("text", ["![beeld](x.png)", "# Te groot", "`code`", "<script>x</script>"])
def test_markdown_brings_no_html_and_no_pictures(text: str) -> None:
    try:
        made = markdown.blocks(source(text + "\n"), lambda key: None)
    except WrongText:
        return
    assert "<script" not in str(made)
    assert "<img" not in str(made)
