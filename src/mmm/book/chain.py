"""The chain Education - Care - Work - Income, as the pages for professions are ordered by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mmm.book.rows import Profession
from mmm.region import selectors as region

LINKS: Final = {
    "education": ("onderwijs", _("Education"), "book"),
    "care": ("zorg", _("Care"), "heart"),
    "work": ("werk", _("Work"), "tool"),
    "income": ("inkomen", _("Income"), "coin"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain with its pages. `code` is its place in the page's address."""

    code: str
    label: str | Promise
    icon: str
    pages: Sequence[Profession] = ()


def links(pages: Sequence[Profession]) -> list[Link]:
    """The links that have pages, in the order of the chain. One query."""
    where = _where()
    found = [
        Link(code, label, icon, [page for page in pages if where.get(page.number) == name])
        for name, (code, label, icon) in LINKS.items()
    ]
    return [link for link in found if link.pages]


def link_of(number: int) -> Link:
    """The link in which the profession with this number works. One query."""
    return Link(*LINKS[_where().get(number, "care")])


def all_links() -> list[Link]:
    """The four links, without their pages. No query."""
    return [Link(*link) for link in LINKS.values()]


def _where() -> dict[int, str]:
    return dict(region.professions().values_list("nr", "chain_link"))
