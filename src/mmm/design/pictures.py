"""Pictures for stories, drawn from a few shapes: a place, two people side by side, a thing from the work.

What is drawn follows from the story's key and its sector, so that a story keeps its picture wherever it
stands and no two stories look the same. People are as different as a Dutch street; nobody is sad, no hero.
"""
# ruff: noqa: E501 - a path of a drawing is one line

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

SALT = 2120  # chosen so that the shipped stories, in their order, never have two like places side by side
SKINS = ("#f0c9a4", "#8a5735", "#c58a5d", "#e3b58c", "#5f3a23", "#f3d6b8")
HAIRS = ("#2b1d16", "#6b4a2f", "#c9ced0", "#a5532a", "#d9b26a", "#16262a")
CLOTHES = ("#8a4f96", "#cf6b28", "#0b6e6f", "#eeb23a", "#33618a", "#b3402f", "#5b7f3a", "#fbe6bd")
INK = "#20120c"

# Hair, as (behind the head, before it); "{}" is its colour. The head is a circle of 25 round 0, 0.
HEADS = (
    ("", '<path d="M-25 0q1-26 25-26t25 26q-10-13-25-13t-25 13z" fill="{}"/>'),
    (
        '<g fill="{}"><circle cy="-12" r="29"/><circle cx="-22" cy="2" r="15"/><circle cx="22" cy="2" r="15"/></g>',
        '<path d="M-24-4q4-22 24-22t24 22q-10-11-24-11t-24 11z" fill="{}"/>',
    ),
    (
        '<path d="M-32 34V-2c0-40 64-40 64 0v36z" fill="{}"/>',
        '<path d="M-26-1c0-34 52-34 52 0-14-2-30-8-36-16-2 8-8 14-16 16z" fill="{}"/>',
    ),
    ("", '<path d="M-25 3q0 27 25 27t25-27q-6 9-13 8h-24q-7 1-13-8z" fill="{}"/>'),
    (
        "",
        '<path d="M-30 40c-8-14-3-26-3-38 0-44 66-44 66 0 0 12 5 24-3 38q-30 14-60 0z'
        'm11-36c0 14 8 21 19 21s19-7 19-21-8-22-19-22-19 8-19 22z" fill="{}" fill-rule="evenodd"/>',
    ),
    (
        '<circle cy="-33" r="12" fill="{}"/>',
        '<path d="M-26 4q-2-32 26-32t26 32q-4-18-14-22-12 8-26 6-8 4-12 16z" fill="{}"/>',
    ),
)
BEARD, SCARF = 3, 4
GLASSES = (
    '<g fill="none" stroke="#20120c" stroke-width="2"><circle cx="-9" cy="3" r="7"/>'
    '<circle cx="9" cy="3" r="7"/><path d="M-2 3h4"/></g>'
)

# Where it happens: 400 x 240, behind the people. Classes follow light and dark (hero.css).
HILLS = (
    '<path class="d-far" d="M0 128c80-44 150-34 220-8s120 10 180-16v136H0z"/>'
    '<path class="d-mid" d="M0 176c110-34 240-8 400-18v82H0z"/>',
    '<path class="d-far" d="M0 112c90 8 120 44 210 30s120-44 190-36v134H0z"/>'
    '<path class="d-mid" d="M0 172c90-14 190 26 400-10v78H0z"/>',
    '<path class="d-far" d="M0 142c60-50 110-52 170-12s140 24 230-34v144H0z"/>'
    '<path class="d-mid" d="M0 166c150 30 240-26 400 6v68H0z"/>',
)
NEAR = '<path class="d-near" d="M0 222q200-14 400 0v18H0z"/>'
TREE = (
    '<path d="M{0} 190v-34" stroke="#7a5233" stroke-width="7"/><g class="d-near"><circle cx="{0}" cy="132" r="26"/>'
    '<circle cx="{1}" cy="148" r="17"/><circle cx="{2}" cy="148" r="17"/></g>'
)
ROOM = '<path class="d-wall" d="M0 0h400v240H0z"/>'
PANE = (
    '<path class="d-sky" d="M{0} 26h{1}v92h-{1}z"/><circle class="d-sun" cx="{2}" cy="62" r="20"/>'
    '<path class="d-far" d="M{0} 104q{3}-34 {1} -6v20h-{1}z"/>'
    '<path class="d-line" d="M{0} 26h{1}v92h-{1}zM{2} 26v92" stroke-width="6"/>'
)
TABLE = '<path class="d-wood" d="M0 190h400v50H0z"/><path class="d-path" d="M0 184h400v9H0z"/>'
PLACES = {
    "path": (
        '<path class="d-path" d="M176 150c-8 30-60 50-120 90h250c-50-34-84-56-96-90z"/>',
        "",
    ),
    "bench": (
        TREE.format(342, 325, 359),
        '<path d="M40 214h320M40 196h320" stroke="#7a4a2b" stroke-width="9" stroke-linecap="round"/>'
        '<path d="M70 200v40M330 200v40" stroke="#27383d" stroke-width="8"/>',
    ),
    "bridge": (
        '<path fill="#5fa3b8" d="M0 196h400v44H0z"/><path d="M20 216h60M300 224h70" stroke="#fff" '
        'stroke-width="3" stroke-linecap="round" opacity=".6"/>',
        '<path class="d-line" d="M-10 216q210-52 420 0M60 206v-36M140 190v-34M260 190v-34M340 206v-36'
        'M-10 182q210-52 420 0" stroke-width="7"/>',
    ),
    "house": (
        '<path d="M18 226V104h112v122z" fill="#f4dcc0"/><path d="M6 106l68-50 68 50z" fill="#a5472a"/>'
        '<path d="M64 226v-70h40v70z" fill="#0b6e6f"/><circle cx="96" cy="194" r="3" fill="#fff3c9"/>'
        '<path d="M30 124h24v26H30z" fill="#fff3c9"/>',
        "",
    ),
    "table": (ROOM + PANE.format(30, 120, 90, 60), TABLE),
    "window": (ROOM + PANE.format(120, 250, 245, 120), TABLE),
    "shop": (
        ROOM
        + '<path d="M0 0h400v18H0z" fill="#7c3410"/><path d="M0 18a25 22 0 0 0 50 0 25 22 0 0 0 50 0 25 22 0 0 0 '
        '50 0 25 22 0 0 0 50 0 25 22 0 0 0 50 0 25 22 0 0 0 50 0 25 22 0 0 0 50 0 25 22 0 0 0 50 0z" fill="#cf6b28"/>'
        '<path class="d-line" d="M24 86h92M284 86h92M24 140h92M284 140h92" stroke-width="6"/>'
        '<g fill="#5b7f3a"><path d="M34 60h16v23H34zM300 112h18v25h-18z"/></g><g fill="#b3402f">'
        '<path d="M58 66h22v17H58zM330 62h18v21h-18z"/></g><g fill="#33618a"><path d="M40 116h20v21H40z'
        'M88 64h14v19H88zM354 116h14v21h-14z"/></g>',
        TABLE,
    ),
    "workshop": (
        ROOM + '<path class="d-line" d="M24 40h150M226 40h150" stroke-width="6"/><g stroke="#27383d" '
        'stroke-width="6" stroke-linecap="round"><path d="M48 44v40M82 44v28M116 44v46M250 44v34M330 44v44"/></g>'
        '<g fill="#27383d"><path d="M36 84h24v12H36zM72 72h20v14H72zM320 88h20v14h-20z"/></g>'
        '<circle cx="290" cy="66" r="16" fill="none" stroke="#8a5a36" stroke-width="6"/>',
        TABLE,
    ),
}
OUTSIDE = {"path", "bench", "bridge", "house"}
VIEWS = ("bench", "path", "bridge")  # with nobody in them

# A thing from the work, about 70 wide, standing on 0, 0.
THINGS = {
    "care": '<path d="M-30 0v-36a30 30 0 0 1 60 0V0z" fill="#fff"/><path d="M-6-52H6v14h14v12H6v14H-6v-14h-14v-12h14z" '
    'fill="#b3402f"/>',
    "retail": '<path d="M-28 0v-44h56V0z" fill="#eeb23a"/><path d="M-14-44q0-22 14-22t14 22" fill="none" '
    'stroke="#7c3410" stroke-width="5"/>',
    "office": '<path d="M-34-46h68v40h-68z" fill="#27383d"/><path d="M-28-40h56v28h-56z" fill="#93ddd5"/>'
    '<path d="M-42-6h84v6h-84z" fill="#8fa0a3"/>',
    "technique": '<path d="M-36-8h72v8h-72zM-4-48h8v40h-8z" fill="#27383d"/><path d="M-36-44l36-8 36 8" fill="none" '
    'stroke="#27383d" stroke-width="5"/><path d="M-50-26a14 10 0 0 0 28 0zM22-26a14 10 0 0 0 28 0z" fill="#d99b22"/>',
    "logistics": '<path d="M-34 0v-40h44V0z" fill="#c08a52"/><path d="M-12-40v14M-4 0v-24h38V0z" fill="#a5673a"/>'
    '<path d="M-14-40h8v14h-8z" fill="#fdf3df"/>',
    "green": '<path d="M-20 0l-6-30h52l-6 30z" fill="#b3502f"/><path d="M0-30V-52" stroke="#3f6b2c" stroke-width="5"/>'
    '<path d="M0-44c-24 0-28-14-28-24 18 0 28 8 28 24zM0-52c0-16 12-22 26-22 0 14-8 22-26 22z" fill="#5b8f3a"/>',
    "hospitality": '<path d="M-26-34h44v18a16 16 0 0 1-16 16h-12a16 16 0 0 1-16-16z" fill="#fff"/><path d="M18-28h8a8 8 0 '
    '0 1 0 18h-8" fill="none" stroke="#fff" stroke-width="5"/><path d="M-14-42q6-8 0-16M4-42q6-8 0-16" fill="none" '
    'stroke="#fff" stroke-width="4" stroke-linecap="round"/>',
    "education": '<path d="M-42-6q22-14 42 0 20-14 42 0v-34q-22-14-42 0-20-14-42 0z" fill="#fff"/>'
    '<path d="M0-6v-34M-32-32q12-4 22 2M-32-22q12-4 22 2M10-30q12-6 22-2M10-20q12-6 22-2" fill="none" '
    'stroke="#33618a" stroke-width="3"/>',
    "government": '<path d="M-40 0v-8h80v8zM-36-36L0-58l36 22z" fill="#33618a"/><path d="M-26-8v-26M-9-8v-26M9-8v-26'
    'M26-8v-26" stroke="#33618a" stroke-width="8"/>',
    "culture": '<path d="M-36-48h14V0h-14z" fill="#5b2a63"/><path d="M-20-56H-4V0h-16z" fill="#cf6b28"/>'
    '<path d="M-2-42h14V0H-2z" fill="#0b6e6f"/><path d="M16-46l15-4L42-4 28 0z" fill="#eeb23a"/>',
    "cleaning": '<path d="M-22 0l-5-38h54l-5 38z" fill="#33618a"/><path d="M-27-38q27-40 54 0" fill="none" '
    'stroke="#27383d" stroke-width="4"/><circle cx="-10" cy="-44" r="8" fill="#fff"/><circle cx="6" cy="-46" r="10" '
    'fill="#fff"/>',
    "building": '<path d="M-44 0v-16h40V0zM-2 0v-16h40V0zM-24-18v-16h40v16z" fill="#b3502f"/>'
    '<path d="M-30-36h52l-8-10h-36z" fill="#8fa0a3"/>',
    "ict": '<path d="M-40-56h80v46h-80z" fill="#27383d"/><path d="M-24-42l-8 9 8 9M24-42l8 9-8 9M6-44l-12 22" '
    'fill="none" stroke="#93ddd5" stroke-width="4"/><path d="M-16-10h32V0h-32z" fill="#8fa0a3"/>',
    "transport": '<g fill="none" stroke="#27383d" stroke-width="5"><circle cx="-28" cy="-18" r="17"/>'
    '<circle cx="28" cy="-18" r="17"/><path d="M-28-18l16-26h28l12 26M-12-44L4-18h-32M16-44l-4-12h10M-18-50h12"/></g>',
    "industry": '<g fill="#8fa0a3"><circle cy="-28" r="21"/><path d="M-5-58h10v60H-5zM-30-33h60v10h-60z"/>'
    '<path d="M-24-52l7-7 41 41-7 7zM17-59l7 7-41 41-7-7z"/></g><circle cy="-28" r="9" fill="#fdf3df"/>',
}
# Which places go with which work; the story's key takes one.
WHERE = {
    "care": ("table", "bench", "window", "path"),
    "retail": ("shop", "house", "shop", "path"),
    "office": ("window", "table", "bridge", "bench"),
    "technique": ("workshop", "table", "workshop", "path"),
    "logistics": ("workshop", "bridge", "house", "path"),
    "green": ("path", "bench", "house", "bridge"),
    "hospitality": ("shop", "table", "bench", "window"),
    "education": ("window", "table", "bench", "house"),
    "government": ("window", "bridge", "table", "house"),
    "culture": ("window", "shop", "bench", "table"),
    "cleaning": ("house", "window", "bridge", "table"),
    "building": ("house", "workshop", "path", "bridge"),
    "ict": ("table", "window", "bench", "bridge"),
    "transport": ("path", "bridge", "house", "bench"),
    "industry": ("workshop", "table", "workshop", "bridge"),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """Which skin, hair, clothes and head somebody has, and whether they wear glasses."""

    skin: int
    hair: int
    clothes: int
    head: int
    glasses: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a picture is made of; equal only for equal pictures. `sun`: how far along it stands."""

    place: str
    hills: int
    thing_left: bool
    sun: int
    left: Somebody
    right: Somebody


def plan(key: str, sector: str) -> Plan:
    """The picture of the story with this key, as numbers."""
    digest = hashlib.sha256(f"{SALT}/{sector}/{key}".encode()).digest()
    places = WHERE.get(sector, tuple(PLACES))
    left = _somebody(digest[4:9])
    return Plan(
        place=places[digest[0] % len(places)],
        hills=digest[1] % len(HILLS),
        thing_left=bool(digest[2] % 2),
        sun=digest[3] % 5,
        left=left,
        right=_beside(left, _somebody(digest[9:14])),
    )


def _somebody(numbers: bytes) -> Somebody:
    skin, hair, clothes, head, glasses = numbers
    return Somebody(
        skin % len(SKINS), hair % len(HAIRS), clothes % len(CLOTHES), head % len(HEADS), glasses % 6 == 0
    )


def _beside(one: Somebody, other: Somebody) -> Somebody:
    """`other`, changed where both are alike: two people who look the same read as one drawn twice."""
    return Somebody(
        _differs(one.skin, other.skin, len(SKINS)),
        _differs(one.hair, other.hair, len(HAIRS)),
        _differs(one.clothes, other.clothes, len(CLOTHES)),
        _differs(one.head, other.head, len(HEADS)),
        other.glasses and not one.glasses,
    )


def _differs(one: int, other: int, count: int) -> int:
    return (other + 1) % count if one == other else other


@lru_cache(maxsize=512)
def story_picture(key: str, sector: str) -> SafeString:
    """The picture of a story as inline SVG, 5:3. It only decorates: the words beside it say all."""
    return _drawing(_layers(plan(key, sector), sector))


def view(key: str) -> SafeString:
    """A place outside without people, for a story of somebody real: nobody is drawn who has a face of their own."""
    drawn = plan(key, "")
    behind, before = PLACES[VIEWS[drawn.left.skin % len(VIEWS)]]
    return _drawing([*_outside(drawn), behind, before or NEAR])


def _drawing(layers: Iterable[str]) -> SafeString:
    return mark_safe(
        '<svg class="drawing story-picture" viewBox="0 0 400 240" aria-hidden="true" focusable="false">'
        + "".join(layers)
        + "</svg>"
    )


def _outside(drawn: Plan) -> Iterator[str]:
    at = 60 + drawn.sun * 70
    yield '<path class="d-sky" d="M0 0h400v240H0z"/>'
    yield f'<circle class="d-sun" cx="{at}" cy="66" r="48" opacity=".3"/>'
    yield f'<circle class="d-sun" cx="{at}" cy="66" r="32"/>'
    yield HILLS[drawn.hills]


def _layers(drawn: Plan, sector: str) -> Iterator[str]:
    behind, before = PLACES[drawn.place]
    outside = drawn.place in OUTSIDE
    if outside:
        yield from _outside(drawn)
    yield behind
    low = 118 if outside else 104
    left, thing_at = (236, 76) if drawn.thing_left else (164, 324)
    yield _person(drawn.left, left - 43, low)
    yield _person(drawn.right, left + 43, low + (6 if drawn.sun % 2 else -4))
    yield before
    # Ground before their feet, so that nobody floats.
    if outside and not before:
        yield NEAR
    ground = 228 if outside else 190
    thing = THINGS.get(sector, THINGS["hospitality"])
    yield f'<g transform="translate({thing_at} {ground})">{thing}</g>'


def _person(who: Somebody, x: int, y: int) -> str:
    behind, front = HEADS[who.head]
    tint, cloth, tone = HAIRS[who.hair], CLOTHES[who.clothes], SKINS[who.skin]
    mouth = "#fdf3df" if who.head == BEARD else INK
    return (
        f'<g transform="translate({x} {y})">{behind.format(tint)}'
        f'<path d="M-36 130V66q0-28 27-28H9q27 0 27 28v64z" fill="{cloth}"/>'
        f'<path d="M-26 74v50M26 74v50" stroke="{INK}" stroke-opacity=".18" stroke-width="3"/>'
        f'<path d="M0 6v38" stroke="{tone}" stroke-width="17"/><circle r="25" fill="{tone}"/>'
        f"{front.format(cloth if who.head == SCARF else tint)}"
        f'<g fill="{INK}"><circle cx="-8" cy="3" r="2.3"/><circle cx="8" cy="3" r="2.3"/></g>'
        f'<path d="M-7 12q7 6 14 0" fill="none" stroke="{mouth}" stroke-width="2.4" stroke-linecap="round"/>'
        f"{GLASSES if who.glasses else ''}</g>"
    )
