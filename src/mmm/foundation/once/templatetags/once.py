import secrets
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mmm.foundation.once import browser

register = template.Library()


def once_field(request: Any) -> SafeString:
    """The hidden field with a new once-key.

    Pages with forms are `no-store`, so that no browser puts an old key back (HTML allows no
    `autocomplete="off"` on a hidden field).
    """
    if request is not None:
        browser.form_was_shown(request)
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_hex(16))


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """`{% once %}` inside each POST form."""
    return once_field(context.get("request"))
