"""What consent sends. Quiet outside (house rule 9): a link, nothing about whom or what."""

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mmm.accounts import selectors as accounts
from mmm.foundation.tasks import outbox


def something_new(reader_id: UUID, *, share_id: UUID) -> None:
    """Tell a reader that something is there for them; in the caller's transaction."""
    found = accounts.mail_of(reader_id)
    if found is None:
        return
    address, language = found
    with translation.override(language):
        link = f"{settings.BASE_URL}{reverse('consent:shared_with_me')}"
        outbox.post(
            to=address,
            subject=_("Something new for you"),
            body=render_to_string("consent/mail/something_new.txt", {"link": link}),
            kind="consent.shared",
            key=share_id.hex,
        )
