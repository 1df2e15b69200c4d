"""Pictures and papers in a text, found in one query each; a picture has one size, made at publishing."""

from collections.abc import Iterable
from typing import Any, Final

from mmm.content import body
from mmm.content.models import Paper, Picture, PictureSize

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


def previewed(blocks: Iterable[Any]) -> dict[int, body.Shown]:
    """The pictures of these blocks as they were brought, for who writes: sizes are made at publishing."""
    return {
        row.pk: body.Shown(row.file.url, row.width, row.height, row.default_alt_text)
        for row in Picture.objects.filter(pk__in=body.pictures(blocks))
    }


def handed_in(blocks: Iterable[Any]) -> dict[int, body.Handed]:
    """The papers of these blocks, by id. No query without papers, else one."""
    wanted = body.papers(blocks)
    if not wanted:
        return {}
    return {
        row.pk: body.Handed(row.url, row.title, row.file_size or 0)
        for row in Paper.objects.filter(pk__in=wanted)
    }


def make_sizes(blocks: Iterable[Any]) -> None:
    """Make what pages show of these pictures. For publishing."""
    for picture in Picture.objects.filter(pk__in=body.pictures(blocks)):
        picture.get_rendition(SIZE)
