"""How the room begins: what an editor who comes once a month wants to do, and how it goes from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component

from mmm.content.models import Section


@dataclass(frozen=True, slots=True)
class Kind:
    """Something one can write."""

    words: str
    address: str


def kinds() -> list[Kind]:
    """What can be written in the language of who reads, in the order of the sections. One query."""
    language = "en" if get_language() == "en" else "nl"
    models = {model.__name__: model for model in apps.get_models()}
    found = []
    for section in Section.objects.filter(locale__language_code=language).order_by("path"):
        if model := models.get(section.holds):
            meta = model._meta
            where = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, section.pk])
            found.append(Kind(str(meta.verbose_name), where))
    return found


class Beginning(Component):  # type: ignore[misc]
    """The panel on the first page of the room."""

    name = "content_beginning"
    template_name = "content/beginning.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        """What can be written."""
        return {"kinds": kinds()}
