"""The mail codes that let a person in."""

from django.db import models

from mmm.foundation import clock
from mmm.foundation.dataclass import TRACE, classified


@classified(
    id=TRACE,
    address=TRACE,
    purpose=TRACE,
    length=TRACE,
    code=TRACE,
    created_at=TRACE,
    expires_at=TRACE,
    used_at=TRACE,
    used_by=TRACE,
)
class SignInCode(models.Model):
    """A code that went to a mailbox. Address and code are kept as keyed fingerprints only.

    Several codes of one address may be valid at a time, so that asking for another never takes one away.
    """

    id = models.BigAutoField(primary_key=True)
    address = models.CharField(max_length=64)
    purpose = models.CharField(max_length=8)
    length = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [models.Index(fields=["address", "created_at"], name="signincode_address")]

    def __str__(self) -> str:
        return f"code {self.pk}"
