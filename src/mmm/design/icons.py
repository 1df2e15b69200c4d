"""Icons as a dict of SVG shapes, 24 x 24, drawn for this project: one lookup is cheaper than a template."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHAPES: dict[str, str] = {
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
    "people": '<circle cx="8" cy="9" r="3.5"/><circle cx="17" cy="10" r="2.8"/>'
    '<path d="M2 20c.6-4 3-6 6-6s5.4 2 6 6M15.5 15c3.5-.6 5.9 1.2 6.5 5"/>',
    "hands": '<path d="M3 12l4-4 5 3 5-3 4 4-7 7a3 3 0 0 1-4 0z"/><path d="M12 11l-3 3"/>',
    "shop": '<path d="M4 11v9h16v-9M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 '
    '0zM10 20v-5h4v5"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "key": '<circle cx="8" cy="15" r="4.5"/><path d="M11.5 11.5L20 3M16 7l3 3"/>',
    "eye": '<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>',
    "check": '<circle cx="12" cy="12" r="9"/><path d="M8 12l3 3 5-6"/>',
    "busy": '<circle cx="12" cy="12" r="9"/><path d="M8 12h.01M12 12h.01M16 12h.01"/>',
    "empty": '<circle cx="12" cy="12" r="9" stroke-dasharray="3 4"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5h.01"/>',
    "alert": '<path d="M12 3l10 18H2z"/><path d="M12 10v5M12 18h.01"/>',
    "phone": '<path d="M6 3h3l2 5-2 2a12 12 0 0 0 5 5l2-2 5 2v3a2 2 0 0 1-2 2A17 17 0 0 1 4 '
    '5a2 2 0 0 1 2-2z"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 7 9-7"/>',
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "book": '<path d="M12 6c-2-2-5-2-8-2v14c3 0 6 0 8 2 2-2 5-2 8-2V4c-3 0-6 0-8 2zM12 6v14"/>',
    "cloud": '<path d="M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9a4.5 4.5 0 0 1-.5 9z"/>',
    "star": '<path d="M12 3l2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17l-5.6 3.2 1.2-6.3L3 9.6l6.3-.8z"/>',
    "tool": '<path d="M14 6a4 4 0 0 1 5-1l-3 3 1 2 2 1 2-3a4 4 0 0 1-6 5l-7 7-3-3 7-7a4 4 0 0 1 2-4z"/>',
    "fence": '<path d="M4 21V8l2-3 2 3v13M10 21V8l2-3 2 3v13M16 21V8l2-3 2 3v13M2 12h20M2 17h20"/>',
    "ear": '<path d="M6 9a6 6 0 1 1 11 3c-1 2-3 3-3 5a3 3 0 0 1-5 2M9 9a3 3 0 0 1 6 0c0 2-3 2-3 4"/>',
    "pen": '<path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3"/><path d="M7 14h10v7H7z"/>',
    "share": '<circle cx="6" cy="12" r="3"/><circle cx="18" cy="5" r="3"/><circle cx="18" cy="19" r="3"/>'
    '<path d="M8.7 10.7l6.6-4M8.7 13.3l6.6 4"/>',
    "undo": '<path d="M9 14l-5-5 5-5"/><path d="M4 9h10a6 6 0 0 1 0 12h-3"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>',
    "bin": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"/>',
    "map": '<path d="M12 21c-5-6-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2 6-7 12z"/>'
    '<circle cx="12" cy="9" r="2.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "switch": '<path d="M4 8h15l-4-4M20 16H5l4 4"/>',
    "exit": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "next": '<path d="M9 5l7 7-7 7"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4'
    'M18.4 5.6L17 7M7 17l-1.4 1.4"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>',
    "leaf": '<path d="M5 19C4 10 10 4 20 4c0 10-6 16-15 15zM5 19c3-6 6-8 10-10"/>',
    "heart": '<path d="M12 20C5 15 3 11.5 3 8.5a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3-2 6.5-9 11.5z"/>',
    "coin": '<circle cx="12" cy="12" r="9"/><path d="M15.5 9a4 4 0 1 0 0 6M7 11h6M7 13.5h6"/>',
    "speech": '<path d="M4 5h16v11h-9l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>',
    "puzzle": '<path d="M5 9h4a2.2 2.2 0 1 1 4 0h4v4a2.2 2.2 0 1 1 0 4v4H5v-4a2.2 2.2 0 1 0 0-4z"/>',
    "bulb": '<path d="M9 17c0-3-3-4-3-8a6 6 0 0 1 12 0c0 4-3 5-3 8zM10 21h4"/>',
    "smile": '<circle cx="12" cy="12" r="9"/><path d="M8 14c1 2 2.5 3 4 3s3-1 4-3M9 9h.01M15 9h.01"/>',
    "cup": '<path d="M5 9h12v6a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5zM17 11h2a2 2 0 0 1 0 5h-2M9 3v3M13 3v3"/>',
    "rise": '<path d="M4 18l6-6 4 4 6-9M15 7h5v5"/>',
    "wave": '<path d="M2 14c2.5-6 5-6 7.5 0s5 6 7.5 0c1.2-3 3-4.5 5-4"/>',
    "building": '<path d="M5 21V4h10v17M15 9h4v12M3 21h18M8 8h4M8 12h4M8 16h4"/>',
}
# These point along the line of reading and turn around in right-to-left.
DIRECTED = {"back", "next", "exit", "undo"}


@cache
def icon(name: str) -> SafeString:
    """SVG of the icon, hidden from screen readers as it stands beside words. KeyError when unknown."""
    return format_html(
        '<svg class="{}" width="24" height="24" viewBox="0 0 24 24"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        "ic flip" if name in DIRECTED else "ic",
        mark_safe(SHAPES[name]),
    )
