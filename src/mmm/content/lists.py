"""The shipped lists: `content/{nl,en}/<list>/<list>.toml`."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from mmm.content import editors, loading
from mmm.content.markdown import WrongText
from mmm.content.models import DatedEntry, GlossaryTerm, HelpLine
from mmm.foundation.public import raise_edition

FOLDER: Final = Path(__file__).parent / "content"
# What a file calls an entry: its model.
KINDS: Final[dict[str, type[Model]]] = {"term": GlossaryTerm, "entry": DatedEntry, "line": HelpLine}
NAMES: Final = {"checked": "checked_on", "expires": "expires_on"}


@transaction.atomic
def load() -> dict[str, int]:
    """Load what changed; returns how many lines there are, and how many stay as an editor made them."""
    editors.prepare_once()
    run = loading.Loading()
    lines = list(_lines())
    news = [line for line in lines if run.is_news(line[0], _fingerprint(line[3]))]
    if news:
        _put_all(run, news)
        raise_edition()
    for path, difference in run.kept.items():
        print(f"Kept as it was changed here: {path}\n{difference}")
    return {"lines in lists": len(lines), "lines changed here and kept": len(run.kept)}


Line = tuple[str, str, type[Model], Mapping[str, Any]]  # path, language, model, values


def _lines() -> Iterator[Line]:
    for language, name, path in loading.files(FOLDER, ".toml"):
        try:
            lists = tomllib.loads(path.read_text())
        except tomllib.TOMLDecodeError as error:
            raise WrongText(f"{language}/{name}: this cannot be read: {error}.") from error
        for kind, entries in lists.items():
            for place, entry in enumerate(entries):
                values = {NAMES.get(field, field): value for field, value in entry.items()}
                if kind != "term":
                    values["order"] = place
                yield f"{language}/{kind}/{entry['key']}", language, KINDS[kind], values


def _put_all(run: loading.Loading, news: list[Line]) -> None:
    locales = loading.locales()
    there = {
        (model, row.locale_id, row.key): row  # type: ignore[attr-defined]
        for model in KINDS.values()
        for row in model._default_manager.all()
    }
    pairs = {(model, key): row.translation_key for (model, _locale, key), row in there.items()}  # type: ignore[attr-defined]
    for path, language, model, values in news:
        locale = locales[language]
        row = there.get((model, locale.pk, values["key"]))

        def save(
            row: Any = row, model: Any = model, values: Mapping[str, Any] = values, locale: Any = locale
        ) -> None:
            made = row or model(locale=locale)
            for name, value in values.items():
                setattr(made, name, value)
            if key := pairs.get((model, made.key)):
                made.translation_key = key
            made.full_clean()
            made.save()
            pairs[model, made.key] = made.translation_key

        run.put(path, _fingerprint(values), there=row, values=values, save=save)


def _fingerprint(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()
