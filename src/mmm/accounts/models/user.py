"""Who is here: the person."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q

from mmm.foundation import clock, ids
from mmm.foundation.dataclass import P1, TRACE, classified, declare


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in without a password."""

    def create_user(self, *, name: str, vault_id: Any, **fields: Any) -> "User":
        """A person with an own vault. The vault (its key) has to exist already: key first, then rows."""
        user = self.model(name=name, vault_id=vault_id, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


@classified(
    id=TRACE,
    name=P1,
    vault_id=TRACE,
    language=P1,
    is_active=TRACE,
    created_at=TRACE,
    paused_at=TRACE,
    last_seen_on=TRACE,
    recovery_until=TRACE,
    password=TRACE,
    last_login=TRACE,
    is_superuser=TRACE,
    groups=TRACE,
    user_permissions=TRACE,
)
class User(PermissionsMixin, AbstractBaseUser):  # type: ignore[django-manager-missing]
    """One person. A nickname is enough; the e-mail address lives in allauth's `EmailAddress` only.

    There is no field that says why somebody is here: workers, professionals and employers are the same row.
    Groups are for the editors' room alone, which asks them (`content.editors` keeps them in step with who is
    an editor); no page of ours looks at them, and nobody is above the rules (`nobody_is_superuser`).
    """

    # Not `editable=False`: Wagtail makes a form of USERNAME_FIELD when it starts, which nobody can open.
    id = models.UUIDField(primary_key=True, default=ids.new)
    name = models.CharField(max_length=60)
    vault_id = models.UUIDField(unique=True, editable=False)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    paused_at = models.DateTimeField(null=True)  # *even pauze*, since then; see accounts.pause
    last_seen_on = models.DateField(default=clock.today)  # see accounts.idle
    # Somebody asked for a new way in, which may be stopped till then; see accounts.recovery.
    recovery_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """What the editors' room calls somebody."""
        return self.name

    @property
    def email(self) -> str:
        """None here, so the editors' room mails nobody: what is new goes by `notices`."""
        return ""

    def get_username(self) -> str:
        """The same: it is shown there too, and nobody signs in by it."""
        return self.name


# The library models that hold accounts; nothing else of them is used.
declare("account.EmailAddress", id=TRACE, user=TRACE, email=P1, verified=TRACE, primary=TRACE)
declare("account.EmailConfirmation", id=TRACE, email_address=TRACE, created=TRACE, sent=TRACE, key=TRACE)
# Second steps: the app's secret and the seed of the paper codes lie locked in `data` (`factors.adapter`).
declare("mfa.Authenticator", id=TRACE, user=TRACE, type=TRACE, data=P1, created_at=TRACE, last_used_at=TRACE)
declare("accounts.User_groups", id=TRACE, user=TRACE, group=TRACE)
declare("accounts.User_user_permissions", id=TRACE, user=TRACE, permission=TRACE)
