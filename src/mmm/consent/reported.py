"""*Dit klopt niet*: a look in one's own log, for the `reportable` door. Never a word of the person's text."""

from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmm.accounts.actors import Actor
from mmm.foundation import audit
from mmm.foundation.doors import Reportable, ReportedThing
from mmm.region import selectors as region


def find(actor: Actor, look_id: UUID) -> ReportedThing | None:
    """A look at the actor's own story by a member of an organisation; its region handles it."""
    if not actor.is_self:
        return None
    look = next(iter(audit.looks_for_owner(actor.vault_id, look_id=look_id, limit=1)), None)
    region_id = region.region_of(look.membership_id) if look and look.membership_id else None
    if look is None or region_id is None:
        return None
    at = timezone.localtime(look.at)
    return ReportedThing(
        region_id=region_id,
        title=look.reader_line,
        lines={
            "who": look.reader_line,
            "when": _("on %(day)s at %(time)s") % {"day": date_format(at, "j F Y"), "time": f"{at:%H.%M}"},
            "what": ", ".join(item.label for item in look.items),
        },
        about=region.user_of(look.membership_id) if look.membership_id else None,
    )


REPORTABLE = Reportable(slug="lezen", title=gettext_lazy("Somebody read, and that is not right"), find=find)
