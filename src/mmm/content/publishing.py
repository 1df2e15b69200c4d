"""When an editor's work becomes public, changes or goes: kept pages end, pictures get their sizes.

The house uses no signals between its own rooms. Here they are right: publishing is Wagtail's verb, called by
its
views, its schedule and its review, and no other place sees all of them. Each runs in the transaction of the
change
or right after it, and what it does can be repeated.
"""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from mmm.content import pictures
from mmm.content.models import DatedEntry, GlossaryTerm, HelpLine, Paper, Picture
from mmm.foundation.public import raise_edition

LISTED: tuple[type[Model], ...] = (DatedEntry, GlossaryTerm, HelpLine, Picture, Paper)


def connect() -> None:
    """At start."""
    page_published.connect(_published, dispatch_uid="content.published")
    page_unpublished.connect(_changed, dispatch_uid="content.unpublished")
    post_page_move.connect(_changed, dispatch_uid="content.moved")
    post_delete.connect(_page_gone, dispatch_uid="content.page_gone")
    for model in LISTED:
        post_save.connect(_changed, sender=model, dispatch_uid=f"content.saved.{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"content.gone.{model.__name__}")


def _published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if hasattr(instance, "body"):
        pictures.make_sizes(instance.body.raw_data)
    raise_edition()


def _changed(sender: Any, **kwargs: Any) -> None:
    with transaction.atomic():
        raise_edition()


def _page_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        raise_edition()
