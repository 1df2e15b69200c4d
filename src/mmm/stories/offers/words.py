"""The words of a story to pass on, and how they are laid out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from mmm.foundation import crypto
from mmm.stories.models import OfferText

LONGEST: Final = 20_000
WORDS_A_MINUTE: Final = 180  # an easy pace; the same for every story


@dataclass(frozen=True, slots=True)
class Words:
    """Title, text, chosen name and content note. All may be empty, until it is sent."""

    title: str = ""
    text: str = ""
    name: str = ""
    note: str = ""

    @property
    def told_by(self) -> str:
        """The chosen name; without one nobody's name is public (rule 12)."""
        return self.name or _("somebody who looks for work, name known")

    @property
    def paragraphs(self) -> list[str]:
        """The text in paragraphs: an empty line begins a new one."""
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes, one at least."""
        return max(1, round(len(self.text.split()) / WORDS_A_MINUTE))

    def as_dict(self) -> dict[str, str]:
        """What is sealed."""
        return asdict(self)


def opened(row: OfferText | None, receipt: crypto.Receipt) -> Words:
    """The words of a row; empty ones without a row. The receipt is the guard."""
    if row is None or row.content is None:
        return Words()
    found: Mapping[str, Any] = crypto.unseal_json(row.content, receipt)
    return Words(**found)
