"""Forms of the editors' room for what they bring: every way in (one, many, from a text) uses these."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from mmm.content import files


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """A picture says what it shows, or that it is decorative; its file is made anew."""

    def clean_file(self) -> Any:
        """Only what is new is looked at; what lies here was made safe when it came.

        The file that was sent is changed itself: when words are missing, Wagtail puts it aside as it was
        sent.
        """
        given = self.cleaned_data["file"]
        if isinstance(given, UploadedFile):
            made = files.safe_picture(given)
            given.file, given.size, given.name = made.file, made.size, made.name
            given.content_type = made.content_type
        return given

    def clean(self) -> Any:
        """Words or a tick."""
        cleaned = super().clean()
        if not (cleaned.get("description") or "").strip() and not cleaned.get("is_decorative"):
            words = _("Say what the picture shows, for who does not see it. Or tick that it is decorative.")
            self.add_error("description" if "description" in self.fields else None, ValidationError(words))
        return cleaned


class PaperForm(BaseDocumentForm):  # type: ignore[misc]
    """A PDF and nothing else."""

    def clean_file(self) -> Any:
        """Only what is new is looked at."""
        given = self.cleaned_data["file"]
        return files.safe_paper(given) if isinstance(given, UploadedFile) else given
