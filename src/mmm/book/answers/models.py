"""Nouns of what a reader answers."""

from django.conf import settings
from django.db import models

from mmm.foundation import crypto, ids
from mmm.foundation.dataclass import P3, TRACE, classified


@classified(
    id=TRACE,
    owner=TRACE,
    vault_id=TRACE,
    chapter=TRACE,
    exercise=TRACE,
    version=TRACE,
    saved_at=TRACE,
    content=P3,
)
class ExerciseAnswer(models.Model):
    """What one person answered to one exercise. The question lies with it: it stays readable when an editor
    changes the chapter. `version` counts the saves, from 1.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exercise_answers")
    vault_id = models.UUIDField()
    chapter = models.CharField(max_length=80)  # its fixed name, the same in both languages
    exercise = models.UUIDField()  # the id of its block, the same in both languages
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    content = crypto.SealedField(data_class=P3, vault="vault_id", version="version", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "exercise"], name="one_answer_to_an_exercise")
        ]
