"""From sources to what a browser gets: the stylesheet in layers, subset fonts, compiled catalogues."""

import re
from collections.abc import Iterator
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import polib
from django.conf import settings
from fontTools import subset

HERE = Path(__file__).parent
COMPONENTS = HERE / "templates" / "design" / "components"
FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
FACES = {"regular": ("AtkinsonHyperlegible-Regular.ttf", 400), "bold": ("AtkinsonHyperlegible-Bold.ttf", 700)}
# Latin, Latin-1, Latin Extended-A, modifier letters, general punctuation, euro, arrows, minus.
UNICODES = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2BC, *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212]


def sources() -> Iterator[Path]:
    """Every file whose change makes a new build needed, in a fixed order."""
    yield from sorted((HERE / "css").glob("*.css"))
    yield from sorted(COMPONENTS.glob("*/*.css"))
    yield from sorted(path for path in settings.PACKAGE.glob("*/static/**/*") if path.is_file())
    yield from sorted(settings.PACKAGE.glob("locale/*/LC_MESSAGES/*.po"))
    yield Path(__file__)


def stylesheet() -> str:
    """The one stylesheet: `@layer tokens, base, components, utilities`, comments and indents left out."""
    components = "".join(path.read_text(encoding="utf-8") for path in sorted(COMPONENTS.glob("*/*.css")))
    layers = {
        "tokens": _css("tokens"),
        "base": _faces() + _css("base"),
        "components": components,
        "utilities": _css("utilities") + _css("display") + _css("print"),
    }
    parts = [f"@layer {name} {{\n{_smaller(text)}}}\n" for name, text in layers.items()]
    return f"@layer {', '.join(layers)};\n" + "".join(parts)


def _css(name: str) -> str:
    return (HERE / "css" / f"{name}.css").read_text(encoding="utf-8")


def _faces() -> str:
    return "".join(
        '@font-face { font-family: "Atkinson Hyperlegible"; font-display: swap; '
        f'font-weight: {weight}; src: url("atkinson-{face}.woff2") format("woff2"); }}\n'
        for face, (_, weight) in FACES.items()
    )


def _smaller(css: str) -> str:
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def subset_fonts(target: Path) -> None:
    """Write `atkinson-regular.woff2` and `atkinson-bold.woff2` with only the characters of `UNICODES`."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl"])
    options.hinting = False
    options.recalc_timestamp = False
    for face, (file, _) in FACES.items():
        font = subset.load_font(str(FONTS / file), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=UNICODES)
        subsetter.subset(font)
        subset.save_font(font, str(target / f"atkinson-{face}.woff2"), options)
        font.close()


def compile_catalogues() -> None:
    """Compile each `locale/*/LC_MESSAGES/*.po` to the `.mo` beside it; no gettext tools are needed."""
    for path in sorted(settings.PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
