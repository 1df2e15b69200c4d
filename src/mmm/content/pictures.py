"""Pictures in a text: one size, made when the page is published, found here in one query."""

from collections.abc import Iterable
from typing import Any, Final

from mmm.content import body
from mmm.content.models import PictureSize

SIZE: Final = "width-800|format-webp"


def shown_in(blocks: Iterable[Any]) -> dict[int, body.Shown]:
    """The pictures of these blocks that have a size, by id. No query without pictures, else one."""
    wanted = body.pictures(blocks)
    if not wanted:
        return {}
    rows = PictureSize.objects.filter(image_id__in=wanted, filter_spec=SIZE).select_related("image")
    return {
        row.image_id: body.Shown(row.url, row.width, row.height, row.image.default_alt_text) for row in rows
    }


def make_sizes(blocks: Iterable[Any]) -> None:
    """Make what pages show of these pictures. For publishing."""
    from mmm.content.models import Picture

    for picture in Picture.objects.filter(pk__in=body.pictures(blocks)):
        picture.get_rendition(SIZE)
