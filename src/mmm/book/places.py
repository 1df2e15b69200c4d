"""Where the published texts are: the address of some by their id, and of all of them."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from wagtail.models import Page

from mmm.book import addresses
from mmm.foundation import clock


def addresses_of(ids: Collection[int]) -> dict[int, str]:
    """Addresses of published pages by id. One query."""
    rows = Page.objects.filter(pk__in=ids, live=True).values_list(
        "pk",
        "slug",
        "content_type__model",
        "locale__language_code",
        "prosepage__key",
        "audiencepage__audience",
    )
    return {
        pk: addresses.of_page(kind, key=key or "", slug=slug, language=language, audience=audience or "")
        for pk, slug, kind, language, key, audience in rows
        if kind in addresses.PATHS or audience
    }


def everywhere() -> list[tuple[str, dt.date]]:
    """Address and last change of every published text, both languages. One query."""
    rows = (
        Page.objects.filter(live=True, content_type__model__in=[*addresses.PATHS])
        .exclude(content_type__model="tippage")  # read in their list
        .order_by("path")
        .values_list(
            "slug",
            "content_type__model",
            "locale__language_code",
            "prosepage__key",
            "last_published_at",
            "latest_revision_created_at",
        )
    )
    return [
        (
            addresses.of_page(kind, key=key or "", slug=slug, language=language),
            timezone.localdate(published or revised or clock.now()),
        )
        for slug, kind, language, key, published, revised in rows
    ]
