"""What is about a person can be handed over and erased: each such table is behind a room's door."""

from django.apps import apps
from django.conf import settings
from django.db import models

from mmm.foundation import doors
from mmm.foundation.dataclass import P1, P2, P3, classes_of

# Erased by the cellar itself, with the vault or by the address it was sent to.
CELLAR = {
    "audit.Checkpoint",
    "audit.Head",
    "audit.LookRow",
    "audit.MachineCount",
    "crypto.Erasure",  # the ledger: the one thing that stays, an id and a moment
    "tasks.OutboxMessage",
}
# Django's own, not in use: sessions lie in accounts.Session.
UNUSED = {"sessions.Session"}


def about_a_person(model: type[models.Model]) -> bool:
    """Whether a table points at a person or their vault, or holds data of class P1 or above."""
    fields = model._meta.local_concrete_fields
    points = any(
        field.name == "vault_id"
        or (
            field.is_relation
            and field.related_model
            and field.related_model._meta.label == settings.AUTH_USER_MODEL
        )
        for field in fields
    )
    return points or bool({P1, P2, P3} & set(classes_of(model._meta.label).values()))


def registered() -> set[str]:
    return {label for room in doors.personal_data for label in room.owner_models}


def test_every_table_about_a_person_is_exported_and_erased() -> None:
    about = {
        model._meta.label for model in apps.get_models(include_auto_created=True) if about_a_person(model)
    }
    about = {
        label
        for label in about
        if apps.get_model(label).__module__.startswith(("mmm.", "allauth.", "wagtail."))
    }
    assert about - CELLAR - UNUSED - registered() == set()


def test_no_door_names_a_table_that_does_not_exist() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert registered() <= known
    assert known >= CELLAR
