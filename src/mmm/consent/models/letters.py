"""Letters: what somebody without an account may read once, with a code on paper."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mmm.foundation import crypto, ids
from mmm.foundation.dataclass import P2, TRACE, classified


@classified(
    id=TRACE,
    owner=TRACE,
    vault_id=TRACE,
    code=TRACE,
    things=TRACE,
    data_class=TRACE,
    for_employer=TRACE,
    until=TRACE,
    created_at=TRACE,
    opened_at=TRACE,
    view=TRACE,
    ended_at=TRACE,
    reader=P2,
)
class Letter(models.Model):
    """Chosen things of one person, to be opened once by whoever has the code, until one day.

    Immutable but for `opened_at` with `view` (the browser it was opened in, as a fingerprint) and `ended_at`,
    each set once; a trigger in the database holds that. `reader` is what the person calls the reader, for the
    person alone. The code itself is stored nowhere: `code` is its fingerprint.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    vault_id = models.UUIDField()
    code = models.CharField(max_length=64, unique=True)
    things = models.JSONField()  # [[kind, id in hex], ...]
    data_class = models.CharField(max_length=2)  # the strictest of the things
    for_employer = models.BooleanField()
    until = models.DateField()  # that day included
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    view = models.CharField(max_length=64, default="")
    ended_at = models.DateTimeField(null=True)
    reader = crypto.SealedField(data_class=P2, version=None)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(for_employer=False) | Q(data_class="P2"), name="an_employer_gets_p2_at_most"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, view="") | (Q(opened_at__isnull=False) & ~Q(view="")),
                name="opened_in_one_browser",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(ended_at=None) | Q(opened_at__lte=F("ended_at")),
                name="never_opened_after_the_end",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="letters_newest_first")]
