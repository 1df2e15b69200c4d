import secrets
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mmm.foundation.once import browser

register = template.Library()


def once_field(request: Any) -> SafeString:
    """The hidden field with a new once-key. `autocomplete="off"`: a browser must not put an old key back."""
    if request is not None:
        browser.form_was_shown(request)
    return format_html(
        '<input type="hidden" name="once" value="{}" autocomplete="off">', secrets.token_hex(16)
    )


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """`{% once %}` inside each POST form."""
    return once_field(context.get("request"))
