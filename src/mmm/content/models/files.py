"""Pictures and papers that editors bring. What is taken and how it is made safe: `content.files`."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from mmm.foundation.dataclass import P0, TRACE, classified


@classified(
    id=TRACE,
    title=P0,
    file=P0,
    description=P0,
    width=TRACE,
    height=TRACE,
    created_at=TRACE,
    uploaded_by_user=TRACE,
    tags=P0,
    collection=TRACE,
    focal_point_x=TRACE,
    focal_point_y=TRACE,
    focal_point_width=TRACE,
    focal_point_height=TRACE,
    file_size=TRACE,
    file_hash=TRACE,
    is_decorative=P0,
)
class Picture(AbstractImage):  # type: ignore[misc]
    """A picture says in words what it shows (`description`), or that it shows nothing worth saying."""

    is_decorative = models.BooleanField(_("decorative: who does not see it misses nothing"), default=False)

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "is_decorative",
        "collection",
    )

    class Meta(AbstractImage.Meta):  # type: ignore[misc]
        constraints = [
            models.CheckConstraint(
                condition=~Q(description="") | Q(is_decorative=True), name="content_picture_in_words"
            )
        ]

    @property
    def default_alt_text(self) -> str:
        """Empty for what is decorative: screen readers pass it by."""
        return "" if self.is_decorative else self.description


@classified(
    id=TRACE, image=TRACE, filter_spec=TRACE, file=P0, width=TRACE, height=TRACE, focal_point_key=TRACE
)
class PictureSize(AbstractRendition):  # type: ignore[misc]
    """A picture in one size; made when a page is published, not when it is read."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="content_one_picture_size"
            )
        ]


@classified(
    id=TRACE,
    title=P0,
    file=P0,
    created_at=TRACE,
    uploaded_by_user=TRACE,
    tags=P0,
    collection=TRACE,
    file_size=TRACE,
    file_hash=TRACE,
)
class Paper(AbstractDocument):  # type: ignore[misc]
    """A PDF to take along."""

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):  # type: ignore[misc]
        permissions: ClassVar[list[Any]] = [("choose_paper", "Can choose paper")]
