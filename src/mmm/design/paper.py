"""Pages on paper: a template that extends `design/paper.html`, as a PDF."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from mmm.foundation import pdf


def as_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF of this template, in the active language.

    Raises `pdf.NotInstalled` (say so beside the link, and offer to print the page) and `pdf.Failed`.
    """
    return pdf.render(render_to_string(template, dict(context)))
