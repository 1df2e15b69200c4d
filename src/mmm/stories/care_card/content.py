"""The sentences to choose from, in the active language."""

import functools
import tomllib
from collections.abc import Mapping

from django.utils.translation import get_language

from mmm.stories.questions import CONTENT

MOST = 3  # things to do: more is no card


@functools.cache
def _file(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((CONTENT / language / "care_card.toml").read_text(encoding="utf-8"))


def sentences(group: str) -> Mapping[str, str]:
    """Key -> sentence of "do" or "not_needed"."""
    return _file("en" if (get_language() or "nl").startswith("en") else "nl")[group]
