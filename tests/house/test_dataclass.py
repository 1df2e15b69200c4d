"""House rules 3 and 4: every field says which kind of data it holds, and what is P2 or P3 is sealed."""

import pytest
from django.apps import apps
from django.db import models

from mmm.foundation.crypto import SealedField
from mmm.foundation.dataclass import P2, P3, classes_of

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy and "tests" not in model.__module__.split(".")
]
HEALTH = ("diagnos", "illness", "disease", "disorder", "medic", "treatment", "symptom", "ziekte", "stoornis")


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_data_class(model: type[models.Model]) -> None:
    assert set(classes_of(model._meta.label)) == fields(model)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_is_p2_or_p3_is_sealed(model: type[models.Model]) -> None:
    classes = classes_of(model._meta.label)
    for field in model._meta.local_concrete_fields:
        if classes.get(field.name) in {P2, P3}:
            assert isinstance(field, SealedField), f"{field} holds {classes[field.name]} in the open"
            assert field.data_class == classes[field.name]
        else:
            assert not isinstance(field, SealedField), f"{field} is sealed, so it holds P2 or P3"


def test_no_model_has_a_field_about_health() -> None:
    """House rule 2."""
    wrong = [
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name in fields(model)
        if any(word in name for word in HEALTH)
    ]
    assert not wrong
