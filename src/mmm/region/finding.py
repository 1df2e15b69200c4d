"""The pages of the regions, found by the name of a region or of a municipality in it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mmm.foundation.doors import Document
from mmm.region import selectors


def documents(language: str) -> Iterator[Document]:
    """All regions; the same names in every language."""
    for region in selectors.regions().prefetch_related("municipalities"):
        names = ", ".join(sorted(each.name for each in region.municipalities.all()))
        yield Document(
            region.slug,
            # A few are called "Regio ..." already.
            region.name if region.name.startswith("Regio") else _("Region %(name)s") % {"name": region.name},
            _("Work, help and phone numbers in %(places)s.") % {"places": names},
            view="region:region",
            args=(region.slug,),
        )
