"""What the editors' room holds about who worked there: that they wrote, when, and their remarks."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mmm.foundation import doors

# Rows about a text, with a field for who did it: the text stays, the name goes.
NAMELESS: Final = (
    "content.Picture",
    "content.Paper",
    "wagtailcore.Page",
    "wagtailcore.Revision",
    "wagtailcore.PageLogEntry",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.WorkflowState",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtaildocs.Document",
    "wagtailimages.Image",
)
# Tables whose rows are the person's own: remarks, what they follow, how they set up the room.
GONE: Final = (
    "wagtailcore.CommentReply",
    "wagtailcore.Comment",
    "wagtailcore.PageSubscription",
    "wagtailusers.UserProfile",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
)


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """What they did in the editors' room: which text, what, when; and their remarks."""
    log = apps.get_model("wagtailcore.PageLogEntry").objects.filter(user_id=user_id).order_by("timestamp")
    remarks = apps.get_model("wagtailcore.Comment").objects.filter(user_id=user_id).order_by("created_at")
    replies = (
        apps.get_model("wagtailcore.CommentReply").objects.filter(user_id=user_id).order_by("created_at")
    )
    said = [*remarks.values_list("text", "created_at"), *replies.values_list("text", "created_at")]
    return {
        "edited": [
            {"text": label, "did": action, "on": at.isoformat()}
            for label, action, at in log.values_list("label", "action", "timestamp")
        ],
        "remarks": [{"text": text, "on": at.isoformat()} for text, at in said],
    }


def erase(user_id: UUID, vault_id: UUID) -> None:
    """The texts stay, without a name; remarks and settings go. Repeatable."""
    for label in GONE:
        apps.get_model(label)._default_manager.filter(user_id=user_id).delete()
    for label in (*NAMELESS, "wagtailcore.Comment"):
        for field in _people(apps.get_model(label)):
            rows = apps.get_model(label)._default_manager.filter(**{field: user_id})
            rows.update(**{field: None})


def _people(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        related = field.related_model
        if field.null and isinstance(related, type) and related._meta.label == settings.AUTH_USER_MODEL:
            yield field.attname


PERSONAL_DATA = doors.PersonalData(
    room="content",
    owner_models=[*NAMELESS, *GONE],
    export=export,
    erase=erase,
    title=_("Your work on texts"),
    words={
        "edited": _("Texts you worked on"),
        "text": _("Text"),
        "did": _("What you did"),
        "on": _("On"),
        "remarks": _("Remarks you made"),
    },
)
