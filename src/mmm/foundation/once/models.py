from django.db import models

from mmm.foundation.dataclass import TRACE, classified


@classified(
    id=TRACE, who=TRACE, form=TRACE, key=TRACE, status=TRACE, answer=TRACE, session=TRACE, made_at=TRACE
)
class OnceKey(models.Model):
    """One post that had its effect, and the answer that a repeat gets. It lives for two days."""

    who = models.CharField(max_length=64)
    form = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    # The address of a redirect, or the body of an answer marked with `once.done`. Never a person's words.
    answer = models.TextField()
    # Set when the post began another session (signing in), so that a repeat carries on in that one.
    session = models.TextField(blank=True)  # the key of the session that the first post began, sealed
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["who", "form", "key"], name="once_one_effect"),
        ]
