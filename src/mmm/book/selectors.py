"""The public site for pages: frozen rows, HTML ready, at most five queries each. Only what is published.

`language` is "nl" or "en". `address` is the path of a page, in its own language.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page

from mmm.book import addresses, places
from mmm.book.models import (
    AudiencePage,
    ChapterPage,
    NewsPage,
    ProfessionPage,
    ProsePage,
    PublicationPage,
    StoryPage,
    TipPage,
)
from mmm.book.rows import (
    AudienceText,
    Chapter,
    ChapterText,
    Fact,
    Head,
    Neighbour,
    News,
    Profession,
    ProfessionText,
    Publication,
    Source,
    Story,
    StoryText,
    Text,
    Tip,
)
from mmm.content import body
from mmm.content.models import TextPage
from mmm.content.pictures import handed_in, shown_in
from mmm.foundation import clock

# -- stories --


def stories(
    language: str,
    *,
    told_by: str = "",
    sector: str = "",
    theme: str = "",
    reader: str = "",
) -> list[Story]:
    """The stories, in their order, those that fit every filter that is given (one code each). One query."""
    rows = _live(StoryPage, language).only(*_OF_HEAD, *_OF_STORY)
    if told_by:
        rows = rows.filter(told_by=told_by)
    if sector:
        rows = rows.filter(sector=sector)
    found = [_story(row, language) for row in rows]
    return [
        each
        for each in found
        if (not theme or theme in each.themes) and (not reader or reader in each.readers)
    ]


def story(language: str, slug: str) -> StoryText | None:
    """One story, or None. At most four queries."""
    row = _live(StoryPage, language).filter(slug=slug).first()
    if row is None:
        return None
    one = _story(row, language, learned=row.learned)
    others = stories(language)
    return StoryText(
        head=one,
        body=_html(row, language),
        alternates=_alternates(row),
        story=one,
        related=_alike(one, others),
    )


def related(language: str, *, reader: str = "", count: int = 3) -> list[Story]:
    """Stories that are worth most to these readers. One query."""
    return stories(language, reader=reader)[:count]


def _alike(one: Story, others: Iterable[Story], count: int = 3) -> tuple[Story, ...]:
    def likeness(other: Story) -> tuple[int, int]:
        same = 2 * len(set(one.themes) & set(other.themes)) + (one.sector == other.sector)
        return same, other.id % 7  # equal ones differ from page to page

    rest = [other for other in others if other.id != one.id]
    return tuple(sorted(rest, key=likeness, reverse=True)[:count])


def _story(row: StoryPage, language: str, learned: str = "") -> Story:
    return Story(
        **_head(row, language, addresses.of_page("storypage", key=row.key, slug=row.slug, language=language)),
        who=row.who,
        told_by=row.told_by,
        sector=row.sector,
        themes=tuple(row.themes),
        readers=tuple(row.readers),
        learned_by=row.learned_by,
        learned=learned,
    )


# -- professions --


def professions(language: str) -> list[Profession]:
    """All pages for professions, by number. One query."""
    rows = _live(ProfessionPage, language).defer("body", "minutes", "secrecy", "tips").order_by("profession")
    return [_profession(row, language) for row in rows]


def profession(language: str, slug: str) -> ProfessionText | None:
    """The page for one profession, or None; limits of secrecy past their day are left out. Three queries."""
    row = _live(ProfessionPage, language).filter(slug=slug).first()
    if row is None:
        return None
    return ProfessionText(
        head=_profession(row, language),
        body=_html(row, language),
        alternates=_alternates(row),
        number=row.profession,
        ask=row.ask,
        ask_why=row.ask_why,
        stop=row.stop,
        stop_why=row.stop_why,
        call=row.call,
        minutes=tuple(block["value"] for block in row.minutes.raw_data),
        secrecy=tuple(fact for fact in map(_fact, row.secrecy.raw_data) if fact.expires >= clock.today()),
        tips=tuple(block["value"] for block in row.tips.raw_data),
    )


def _profession(row: ProfessionPage, language: str) -> Profession:
    address = addresses.of_page("professionpage", key=row.key, slug=row.slug, language=language)
    return Profession(**_head(row, language, address), number=row.profession)


def _fact(block: Mapping[str, Any]) -> Fact:
    value = block["value"]
    days = {name: dt.date.fromisoformat(str(value[name])) for name in ("checked", "expires")}
    return Fact(text=value["text"], source=value["source"], url=value["url"], **days)


# -- audiences, prose --


def audience(language: str, audience: str) -> AudienceText | None:
    """The page of an audience ("workers", "professionals", "employers"), or None. Three queries."""
    row = _live(AudiencePage, language).filter(audience=audience).first()
    if row is None:
        return None
    address = addresses.of_page(
        "audiencepage", key=row.key, slug=row.slug, language=language, audience=row.audience
    )
    return AudienceText(
        head=Head(**_head(row, language, address)),
        body=_html(row, language),
        alternates={each: addresses.in_language(addresses.AUDIENCES[audience], each) for each in _pair(row)},
        audience=row.audience,
        step_text=row.step_text,
        step=addresses.fixed(row.step_page, language) or addresses.in_language("/", language),
    )


def prose(language: str, *, key: str = "", slug: str = "") -> Text | None:
    """A page of words by its key or by its slug, or None. Three queries."""
    row = _live(ProsePage, language).filter(**({"key": key} if key else {"slug": slug})).first()
    if row is None:
        return None
    address = addresses.of_page("prosepage", key=row.key, slug=row.slug, language=language)
    return Text(
        head=Head(**_head(row, language, address)), body=_html(row, language), alternates=_alternates(row)
    )


def proses(language: str) -> list[Head]:
    """All pages of words, in their order. One query."""
    return [
        Head(
            **_head(
                row, language, addresses.of_page("prosepage", key=row.key, slug=row.slug, language=language)
            )
        )
        for row in _live(ProsePage, language).defer("body")
    ]


# -- to take along --


def publications(language: str) -> list[Publication]:
    """All texts to take along, in their order; group them by `kind`. One query."""
    rows = _live(PublicationPage, language).only(*_OF_HEAD, "kind")
    return [_publication(row, language) for row in rows]


def publication(language: str, slug: str) -> Text | None:
    """One text to take along, its `head` a `Publication`; or None. Three queries."""
    row = _live(PublicationPage, language).filter(slug=slug).first()
    if row is None:
        return None
    return Text(head=_publication(row, language), body=_html(row, language), alternates=_alternates(row))


def _publication(row: PublicationPage, language: str) -> Publication:
    address = addresses.of_page("publicationpage", key=row.key, slug=row.slug, language=language)
    return Publication(**_head(row, language, address), kind=row.kind)


# -- tips, news --


def tips(language: str, reader: str = "") -> list[Tip]:
    """The tips with their words, all or for one audience. Two queries; more with pictures or papers."""
    rows = list(_live(TipPage, language))
    blocks = [block for row in rows for block in row.body.raw_data]
    links, shown, handed = _links(blocks, language), shown_in(blocks), handed_in(blocks)
    return [
        Tip(
            **_head(
                row, language, addresses.of_page("tippage", key=row.key, slug=row.slug, language=language)
            ),
            readers=tuple(row.readers),
            body=body.render(row.body.raw_data, links=links, shown=shown, handed=handed),
        )
        for row in rows
        if not reader or reader in row.readers
    ]


def news(language: str, count: int | None = None) -> list[News]:
    """The news, newest first. One query."""
    rows = _live(NewsPage, language).only(*_OF_HEAD, "date").order_by("-date", "order", "id")[:count]
    return [_news(row, language) for row in rows]


def news_item(language: str, slug: str) -> Text | None:
    """One news item, its `head` a `News`; or None. Three queries."""
    row = _live(NewsPage, language).filter(slug=slug).first()
    if row is None:
        return None
    return Text(head=_news(row, language), body=_html(row, language), alternates=_alternates(row))


def _news(row: NewsPage, language: str) -> News:
    address = addresses.of_page("newspage", key=row.key, slug=row.slug, language=language)
    return News(**_head(row, language, address), date=row.date)


# -- the book --


def chapters(language: str) -> list[Chapter]:
    """The chapters of the book, by number. One query."""
    rows = _live(ChapterPage, language).only(*_OF_HEAD, "number").order_by("number", "path")
    return [Chapter(**_head(row, language, _at(row.slug, language)), number=row.number) for row in rows]


def chapter(language: str, slug: str) -> ChapterText | None:
    """One chapter, or None. Three queries; one more when it links to pages, one more with pictures."""
    row = _live(ChapterPage, language).filter(slug=slug).first()
    if row is None:
        return None
    blocks = row.body.raw_data
    apart = {kind: [each for each in blocks if each["type"] == kind] for kind in ("exercise", "group")}
    draw = partial(
        body.render, links=_links(blocks, language), shown=shown_in(blocks), handed=handed_in(blocks)
    )
    every = list(
        ChapterPage.objects.filter(live=True)
        .order_by("number", "path")
        .values_list("locale__language_code", "slug", "number", "title", "translation_key")
    )
    here = [
        Neighbour(number, title, _at(near, code))
        for code, near, number, title, _key in every
        if code == language
    ]
    at = next((n for n, each in enumerate(here) if each.address == _at(slug, language)), len(here))
    tales = _live(StoryPage, language).filter(key=row.story).only(*_OF_HEAD, *_OF_STORY)[: bool(row.story)]
    return ChapterText(
        head=Head(**_head(row, language, _at(slug, language))),
        body=draw([each for each in blocks if each["type"] not in apart]),
        alternates={code: _at(near, code) for code, near, *_rest, key in every if key == row.translation_key},
        number=row.number,
        exercises=draw(apart["exercise"]),
        sheet=draw(apart["group"]),
        story=next((_story(tale, language) for tale in tales), None),
        sources=tuple(Source(each["value"]["text"], each["value"]["url"]) for each in row.sources.raw_data),
        before=here[at - 1] if at else None,
        after=here[at + 1] if at + 1 < len(here) else None,
    )


def _at(slug: str, language: str) -> str:
    return addresses.of_page("chapterpage", key="", slug=slug, language=language)


# -- what they share --


def _live(kind: type[TextPage], language: str) -> QuerySet[Any]:
    rows = kind.objects.filter(live=True, locale__language_code=language)
    return rows.order_by("order", "path")  # type: ignore[no-any-return]


# A page of Wagtail has sixty columns; a list needs a quarter of them.
_OF_HEAD = (
    "title",
    "slug",
    "first_published_at",
    "last_published_at",
    "latest_revision_created_at",
    "key",
    "intro",
    "note",
    "minutes_to_read",
)
_OF_STORY = ("who", "told_by", "sector", "themes", "readers", "learned_by")


def _head(row: TextPage, language: str, address: str) -> dict[str, Any]:
    first = row.first_published_at or row.latest_revision_created_at or clock.now()
    return {
        "id": row.pk,
        "key": row.key or row.slug,
        "slug": row.slug,
        "language": language,
        "address": address,
        "title": row.title,
        "intro": row.intro,
        "note": row.note,
        "minutes": row.minutes_to_read,
        "published": timezone.localdate(first),
        "changed": timezone.localdate(row.last_published_at or first),
    }


def _html(row: TextPage, language: str) -> SafeString:
    blocks = row.body.raw_data
    return body.render(
        blocks, links=_links(blocks, language), shown=shown_in(blocks), handed=handed_in(blocks)
    )


def _links(blocks: Collection[Any], language: str) -> dict[int, str]:
    """Addresses of the published pages that these blocks link to. No query without links, else one."""
    wanted = body.linked(blocks)
    return places.addresses_of(wanted) if wanted else {}


def _pair(row: TextPage) -> Sequence[str]:
    rows = Page.objects.filter(translation_key=row.translation_key, live=True)
    return list(rows.values_list("locale__language_code", flat=True))


def _alternates(row: TextPage) -> dict[str, str]:
    """Address of this page in each language in which it is published. One query."""
    pairs = Page.objects.filter(translation_key=row.translation_key, live=True)
    return {
        language: addresses.of_page(kind, key=row.key, slug=slug, language=language)
        for language, slug, kind in pairs.values_list("locale__language_code", "slug", "content_type__model")
        if kind in addresses.PATHS
    }
