"""How somebody wants to see the pages: size, spacing, contrast, motion, reading aloud, the quick way out.

Says nothing about a person but this, so it may lie in a cookie of who has no account. `accounts` puts the
choice of who is signed in on the request; else the cookie counts.
"""

from dataclasses import asdict, dataclass, fields
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Display:
    """One value of `CHOICES` for each field; the first ones at the beginning."""

    text: str = "1"
    spacing: str = "1"
    contrast: str = "device"
    motion: str = "device"
    aloud: str = "no"
    exit: str = "own"


CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "text": ("1", "2", "3", "4"),
    "spacing": ("1", "2", "3"),
    "contrast": ("device", "light", "dark", "high"),
    "motion": ("device", "less"),
    "aloud": ("no", "yes"),
    # own: on one's own pages and on shared devices; always: everywhere; shared: on shared devices only
    "exit": ("own", "always", "shared"),
}
USUAL: Final = Display()


def of(request: HttpRequest | None) -> Display:
    """What holds for this request: the person's own choice, the cookie's, or the usual."""
    if request is None:
        return USUAL
    chosen: Display | None = getattr(request, "display", None)
    return chosen or read(request.COOKIES.get(settings.DISPLAY_COOKIE_NAME, ""))


def read(text: str) -> Display:
    """The choice in a cookie such as `2.1.dark.device.no.own`; the usual when it is anything else."""
    names = [field.name for field in fields(Display)]
    values = text.split(".")
    if len(values) != len(names) or any(
        value not in CHOICES[name] for name, value in zip(names, values, strict=True)
    ):
        return USUAL
    return Display(**dict(zip(names, values, strict=True)))


def written(display: Display) -> str:
    """The choice as a cookie holds it."""
    return ".".join(asdict(display).values())


def marks(display: Display) -> SafeString:
    """Attributes of `<html>` by which the stylesheet knows the choice; nothing for the usual."""
    found = []
    if display.text != "1":
        found.append(("text", display.text))
    if display.spacing != "1":
        found.append(("spacing", display.spacing))
    if display.contrast == "high":
        found.append(("contrast", "high"))
    elif display.contrast != "device":
        found.append(("scheme", display.contrast))
    if display.motion != "device":
        found.append(("motion", display.motion))
    return format_html_join("", ' data-{}="{}"', found)
