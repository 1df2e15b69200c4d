"""Contrast of our own tokens, both schemes: WCAG 2.2, 1.4.6 (text 7:1) and 1.4.11 (lines 3:1)."""

import re

import pytest

from mmm.design import assets

SOURCE = (assets.HERE / "css" / "tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--mmm-([\w-]+):.*?light-dark\((#\w{6}), (#\w{6})\)")
USUAL = SOURCE.split(':root[data-contrast="high"]')[0]
TOKENS = {name: (light, dark) for name, light, dark in PAIR.findall(USUAL)}

SURFACES = ["paper", "surface", "tint", "sand", "lilac", "sun"]
TEXTS = ["ink", "muted", "petrol", "plum", "clay", "ok", "warn", "err"]
SCHEMES = [pytest.param(0, id="light"), pytest.param(1, id="dark")]


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, definition of contrast ratio): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_readable_on_every_surface(text: str, surface: str, scheme: int):
    assert contrast(TOKENS[text][scheme], TOKENS[surface][scheme]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("surface", SURFACES)
def test_lines_can_be_seen_on_every_surface(surface: str, scheme: int):
    assert contrast(TOKENS["line"][scheme], TOKENS[surface][scheme]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_on_colour_are_readable(scheme: int):
    assert contrast(TOKENS["on-petrol"][scheme], TOKENS["petrol"][scheme]) >= 7
    assert contrast("#ffffff", TOKENS["bar"][scheme]) >= 7
    assert contrast(TOKENS["paper"][scheme], TOKENS["ink"][scheme]) >= 7  # a button under the mouse


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("surface", [*SURFACES, "bar"])
def test_focus_can_be_seen_on_every_surface(surface: str, scheme: int):
    """The focus is two rings, one dark and one light: one of them stands out anywhere."""
    rings = (TOKENS["focus"][scheme], TOKENS["focus-bg"][scheme])
    assert max(contrast(ring, TOKENS[surface][scheme]) for ring in rings) >= 3


def test_every_colour_gives_way_to_a_theme():
    for name in [*SURFACES, *TEXTS, "line", "focus"]:
        assert re.search(rf"--mmm-{name}: var\(--basis-", SOURCE), name


# The strongest contrast is a second set of tokens, chosen at "Instellingen".
STRONG = {
    name: (light, dark) for name, light, dark in PAIR.findall(SOURCE.split(':root[data-contrast="high"]')[1])
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_strong_contrast_is_stronger_everywhere(scheme: int):
    for surface in SURFACES:
        for text in TEXTS:
            usual = contrast(TOKENS[text][scheme], TOKENS[surface][scheme])
            assert contrast(STRONG[text][scheme], STRONG[surface][scheme]) >= max(12, usual)
        assert contrast(STRONG["line"][scheme], STRONG[surface][scheme]) >= 12
    assert contrast(STRONG["on-petrol"][scheme], STRONG["petrol"][scheme]) >= 7
    assert contrast("#ffffff", STRONG["bar"][scheme]) >= 7
    rings = (STRONG["focus"][scheme], STRONG["focus-bg"][scheme])
    assert max(contrast(ring, STRONG["paper"][scheme]) for ring in rings) >= 3
