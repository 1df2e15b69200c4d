"""The shipped pages of the public site: `content/{nl,en}/<folder>/<name>.md`."""

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from wagtail.models import Page

from mmm.book import addresses
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
from mmm.content import loading, markdown
from mmm.content.models import Section, TextPage
from mmm.foundation import clock
from mmm.foundation.public import raise_edition

FOLDER: Final = Path(__file__).parent / "content"
SECTIONS: Final = {
    "stories": ("StoryPage", {"nl": "Verhalen", "en": "Stories"}),
    "professions": ("ProfessionPage", {"nl": "Beroepen", "en": "Professions"}),
    "pages": ("ProsePage", {"nl": "Bladzijden", "en": "Pages"}),
    "tips": ("TipPage", {"nl": "Tips", "en": "Tips"}),
    "news": ("NewsPage", {"nl": "Nieuws", "en": "News"}),
    "book": ("ChapterPage", {"nl": "Inspiratieboek", "en": "Inspiration book"}),
    "publications": ("PublicationPage", {"nl": "Om mee te nemen", "en": "To take along"}),
}
TYPES: Final[dict[str, type[TextPage]]] = {
    "stories": StoryPage,
    "professions": ProfessionPage,
    "pages": ProsePage,
    "tips": TipPage,
    "news": NewsPage,
    "book": ChapterPage,
    "publications": PublicationPage,
}
FOR_EDITORS: Final = "naslag-"  # shown in the editors' room, no page of the site
# Fields as files name them; `for` is a word of Python's.
COMMON: Final = ("title", "slug", "intro", "note", "order")
OWN: Final[dict[type[TextPage], tuple[str, ...]]] = {
    StoryPage: ("who", "told_by", "sector", "themes", "readers", "learned_by", "learned"),
    ProfessionPage: ("profession", "ask", "ask_why", "stop", "stop_why", "call"),
    AudiencePage: ("audience", "step_text", "step_page"),
    ProsePage: (),
    TipPage: ("readers",),
    NewsPage: ("date",),
    ChapterPage: ("number", "story"),
    PublicationPage: ("kind",),
}
# Lists in the head of a file -> what an entry is called in the database.
STREAMS: Final[dict[type[TextPage], dict[str, str]]] = {
    ProfessionPage: {"minutes": "minute", "tips": "tip", "secrecy": "fact"},
    ChapterPage: {"sources": "source"},
}


@transaction.atomic
def load() -> dict[str, int]:
    """Load what changed; returns how many pages there are, and how many stay as an editor made them."""
    run = loading.Loading()
    sources = [
        markdown.read(path, name, language)
        for language, name, path in loading.files(FOLDER, ".md")
        if not path.name.startswith(FOR_EDITORS)
    ]
    news = [source for source in sources if run.is_news(source.path, source.fingerprint)]
    if news:
        _put_all(run, news)
        raise_edition()
    for path, difference in run.kept.items():
        print(f"Kept as it was changed here: {path}\n{difference}")
    return {"pages": len(sources), "pages changed here and kept": len(run.kept)}


def _put_all(run: loading.Loading, news: list[markdown.Source]) -> None:
    homes = loading.homes()
    sections = {
        folder: loading.section(homes, folder, titles, holds) for folder, (holds, titles) in SECTIONS.items()
    }
    pages = _there()
    later: list[markdown.Source] = []
    for source in news:  # first every page without its text, so that texts can link to each other
        folder = source.path.split("/")[1]
        if folder not in SECTIONS:
            raise markdown.WrongText(f"{source.path}: there is no folder {folder!r}.")
        if (source.language, source.key) not in pages:
            if source.path in run.known:
                continue  # an editor took it away
            section = Section.objects.get(pk=sections[folder][source.language].pk)
            pages[source.language, source.key] = _added(source, section, pages)
        later.append(source)
    for source in later:
        page = pages[source.language, source.key]
        values = _values(source, type(page), pages)
        new = source.path not in run.known and not page.body.raw_data
        run.put(
            source.path,
            source.fingerprint,
            there=None if new else page,
            values=values,
            save=lambda page=page, values=values: _saved(page, values),  # type: ignore[misc]
        )
        if source.missing:
            print(f"{source.path}: no such page: {', '.join(source.missing)}")


def _there() -> dict[tuple[str, str], TextPage]:
    found: dict[tuple[str, str], TextPage] = {}
    for kind in OWN:
        for page in kind.objects.select_related("locale"):
            found[page.locale.language_code, page.key] = page
    return found


def _kind(source: markdown.Source) -> type[TextPage]:
    if source.head.get("audience"):
        return AudiencePage
    return TYPES[source.path.split("/")[1]]


def _added(source: markdown.Source, section: Section, pages: Mapping[tuple[str, str], TextPage]) -> TextPage:
    kind = _kind(source)
    pair = next((pages[each, source.key] for each in loading.LANGUAGES if (each, source.key) in pages), None)
    values = _plain_values(source, kind)
    now = clock.now()
    page = kind(
        key=source.key, locale=section.locale, first_published_at=now, last_published_at=now, **values
    )
    if pair is not None and type(pair) is kind:
        page.translation_key = pair.translation_key
    section.add_child(instance=page)
    return page


def _plain_values(source: markdown.Source, kind: type[TextPage]) -> dict[str, Any]:
    head = dict(source.head)
    if "for" in head:
        head["readers"] = [head["for"]] if isinstance(head["for"], str) else head["for"]
    return loading.only(head, (*COMMON, *OWN[kind]))


def _values(
    source: markdown.Source, kind: type[TextPage], pages: Mapping[tuple[str, str], TextPage]
) -> dict[str, Any]:
    def resolve(key: str) -> str | None:
        if page := pages.get((source.language, key)):
            return f'linktype="page" id="{page.pk}"'
        fixed = addresses.fixed(key, source.language)
        return f'href="{fixed}"' if fixed else None

    values = _plain_values(source, kind)
    values["body"] = markdown.blocks(source, resolve)
    for name, block in STREAMS.get(kind, {}).items():
        items = source.head.get(name) or []
        values[name] = [
            {"type": block, "value": _json(item), "id": _block_id(source.path, name, place)}
            for place, item in enumerate(items)
        ]
    return values


def _json(item: Any) -> Any:
    if isinstance(item, dict):
        if set(item) == {"text"}:  # a tip is words alone
            return item["text"]
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in item.items()
        }
    return item


def _block_id(path: str, name: str, place: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{path}#{name}{place}"))


def _saved(page: Page, values: Mapping[str, Any]) -> None:
    """Straight into the live page: shipped text needs no draft."""
    for name, value in values.items():
        field = page._meta.get_field(name)
        setattr(page, name, field.to_python(json.dumps(value)) if name in _streams(page) else value)
    page.draft_title, page.last_published_at = page.title, clock.now()
    page.save()


def _streams(page: Page) -> set[str]:
    return {"body", *STREAMS.get(type(page), ())}
