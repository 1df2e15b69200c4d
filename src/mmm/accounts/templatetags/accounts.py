"""`{% mine %}`: marks a form as this person's, so that its words can be given back after signing in again."""

from django import template
from django.utils.html import format_html

from mmm.accounts import browser

register = template.Library()


@register.simple_tag(takes_context=True)
def mine(context: template.Context) -> str:
    """A hidden field `wie` with the sealed mark of the present actor; nothing when nobody is signed in."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None:
        return ""
    return format_html('<input type="hidden" name="wie" value="{}">', browser.mark_of(actor))
