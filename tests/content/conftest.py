"""An index of what tests tell of, and nothing else."""

from collections.abc import Iterator, Mapping

import pytest
from django.template import engines

from mmm.content.search import calm, services
from mmm.foundation import doors
from mmm.foundation.doors import Document, Searchable


class Pages:
    """Pages of the kind "proef": told in Dutch and English, and hidden when a test says so."""

    def __init__(self) -> None:
        self.told: dict[str, list[Document]] = {"nl": [], "en": []}
        self.hidden: set[str] = set()

    def tell(self, *documents: Document, language: str = "nl") -> None:
        """These pages are there now; the index is built anew."""
        self.told[language] += documents
        services.rebuild()

    def door(self) -> Searchable:
        """How search asks for them."""
        return Searchable(
            "proef",
            "Proef",
            lambda language: self.told[language],
            exists=lambda keys: [key for key in keys if key not in self.hidden],
            themes=lambda: {"grenzen": "Grenzen stellen"},
        )


def page(key: str, title: str, intro: str = "", text: str = "", **more: object) -> Document:
    """A public page."""
    return Document(key, title, intro, text, path=f"/proef/{key}/", **more)  # type: ignore[arg-type]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """Nothing can be found but what a test tells of."""
    told = Pages()
    calm.forget()
    items: Mapping[str, Searchable] = {"proef": told.door()}
    monkeypatch.setattr(doors.searchable, "_items", dict(items))
    yield told
    calm.forget()


@pytest.fixture
def plain_templates() -> Iterator[None]:
    """For Wagtail's own templates: unknown names are empty, as in use; ours are held to more."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before, engine.string_if_invalid = engine.string_if_invalid, ""
    try:
        yield
    finally:
        engine.string_if_invalid = before
