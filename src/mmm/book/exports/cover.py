"""The drawing on the cover: that of the front page, in the colours of day, as a picture of its own."""

import re
from typing import Final

from django.template.loader import render_to_string

# On paper there is no evening: what the tokens of the site (`--mmm-d-*`) are by day.
_COLOURS: Final = {
    "sky": "#fdebc3",
    "sun": "#f8b65a",
    "far": "#a9d3c8",
    "mid": "#5fab9e",
    "near": "#0b6e6f",
    "path": "#fdf3df",
}


def drawing() -> str:
    """An SVG file in the active language, its title and description inside."""
    found = render_to_string("design/drawings/home.html").strip()
    found = re.sub(r'class="d-(\w+)"', lambda name: f'fill="{_COLOURS[name[1]]}"', found)
    return found.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"', 1)
