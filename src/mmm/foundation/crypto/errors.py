"""What can go wrong with sealed text."""

from django.core.exceptions import ImproperlyConfigured


class Unreadable(Exception):
    """The cipher text does not open here: changed, moved, or its key was destroyed. Never says which."""


class Forbidden(Exception):
    """This receipt does not open this text: another vault, other rows, or a look that was rolled back."""


class SealedTextError(Exception):
    """Somebody treated sealed text as text: printed, formatted, serialised or assigned plain text."""


class KeysMissing(ImproperlyConfigured):
    """No usable key-encryption key; the message is one sentence for the person who runs the server."""
