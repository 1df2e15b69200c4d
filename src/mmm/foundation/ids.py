"""Identifiers: UUIDv4 made in Python, 32 hex digits in addresses."""

import uuid


def new() -> uuid.UUID:
    """A new random identifier (also usable as a field's default)."""
    return uuid.uuid4()


class HexConverter:
    """Path converter `<hex:name>`: exactly 32 lower-case hex digits; anything else is a 404."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> uuid.UUID:
        return uuid.UUID(hex=value)

    def to_url(self, value: uuid.UUID | str) -> str:
        return uuid.UUID(str(value)).hex
