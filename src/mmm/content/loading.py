"""Shipped texts into the database, once each, and never over what an editor changed.

A file has a fingerprint; what it became in the database has one too. The file is the same as last time:
nothing is asked of the database for it. The file is new and the text is still as it was loaded: it
is changed. The text was changed here: it stays, and the difference is told.
"""

import difflib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Locale, Page

from mmm.content.models import Home, Loaded, Section

LANGUAGES: Final = ("nl", "en")
HOMES: Final = {"nl": "Mensen met Mogelijkheden", "en": "People with possibilities"}
Values = Mapping[str, Any]


class Loading:
    """One run of the loader: what was loaded before, and what could not be done."""

    def __init__(self) -> None:
        self.known = {row.path: row for row in Loaded.objects.all()}
        self.kept: dict[str, str] = {}  # path -> the difference, for texts that an editor changed
        self.changed = 0

    def is_news(self, path: str, fingerprint: str) -> bool:
        """Whether this file is another one than at the last load."""
        row = self.known.get(path)
        return row is None or row.source != fingerprint

    def put(
        self,
        path: str,
        fingerprint: str,
        *,
        there: models.Model | None,
        values: Values,
        save: Callable[[], Any],
    ) -> bool:
        """Call `save` when the text is new or still as it was loaded; else keep it and say what differs."""
        row = self.known.get(path)
        new = state(values)
        if there is not None:
            now = state(values_of(there, values))
            if now != new and (row is None or row.state != now):
                self.kept[path] = difference(values_of(there, values), values)
                return False
        if row is not None and there is None:
            return False  # an editor took it away
        save()
        self.changed += 1
        Loaded.objects.update_or_create(path=path, defaults={"source": fingerprint, "state": new})
        return True


def values_of(row: models.Model, values: Values) -> dict[str, Any]:
    """The same fields of a row as it is now, in the form in which files give them."""
    found: dict[str, Any] = {}
    for name in values:
        value = getattr(row, name)
        if hasattr(value, "raw_data"):
            value = list(value.raw_data)
        found[name] = value
    return found


def state(values: Values) -> str:
    """A fingerprint of a text; ids of blocks and the order of keys play no part."""
    return hashlib.sha256(_canonical(values).encode()).hexdigest()


def difference(now: Values, shipped: Values) -> str:
    """What the shipped text would change, as lines with + and -."""
    here, there = (_canonical(each, indent=1).splitlines() for each in (now, shipped))
    return "\n".join(difflib.unified_diff(here, there, "here", "shipped", lineterm="", n=0))


def _canonical(values: Values, indent: int | None = None) -> str:
    return json.dumps(
        _without_ids(dict(values)), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, indent=indent
    )


def _without_ids(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _without_ids(part)
            for name, part in value.items()
            if not (name == "id" and "type" in value and "value" in value)
        }
    if isinstance(value, list | tuple):
        return [_without_ids(part) for part in value]
    return value


def locales() -> dict[str, Locale]:
    """The two languages; made when they are missing."""
    return {language: Locale.objects.get_or_create(language_code=language)[0] for language in LANGUAGES}


def homes() -> dict[str, Home]:
    """The root of each language. Takes away the page of welcome that Wagtail brings."""
    there = {home.locale.language_code: home for home in Home.objects.select_related("locale")}
    if len(there) == len(LANGUAGES):
        return there
    root = Page.get_first_root_node()
    root.get_children().filter(depth=2, slug="home").not_type(Home).delete()
    known = locales()
    for language in LANGUAGES:
        if language not in there:
            root = Page.objects.get(pk=root.pk)  # treebeard counts children in memory
            key = {"translation_key": there["nl"].translation_key} if "nl" in there else {}
            home = Home(title=HOMES[language], slug=language, locale=known[language], **key)
            there[language] = root.add_child(instance=home)
    _serve_from(there["nl"])
    return there


def _serve_from(home: Home) -> None:
    """Wagtail wants a site; its addresses are not used, but the editors' room asks for it."""
    from wagtail.models import Site

    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )


def section(homes: Mapping[str, Home], key: str, titles: Mapping[str, str], holds: str) -> dict[str, Section]:
    """The section `key` of each language; made when it is missing."""
    there = {
        each.locale.language_code: each for each in Section.objects.filter(key=key).select_related("locale")
    }
    for language in LANGUAGES:
        if language not in there:
            home = Home.objects.get(pk=homes[language].pk)
            pair = {"translation_key": there["nl"].translation_key} if "nl" in there else {}
            made = Section(title=titles[language], slug=key, key=key, holds=holds, locale=home.locale, **pair)
            there[language] = home.add_child(instance=made)
    return there


def files(folder: Path, suffix: str) -> Iterator[tuple[str, str, Path]]:
    """(language, name, path) of every shipped file of `folder`, Dutch first: pairs follow the Dutch one."""
    for language in LANGUAGES:
        for path in sorted((folder / language).glob(f"**/*{suffix}")):
            yield language, path.relative_to(folder / language).with_suffix("").as_posix(), path


def only(head: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The fields of `head` that are in `names`."""
    return {name: head[name] for name in names if name in head}
