import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from mmm.design import assets

JS = sorted((assets.HERE / "static" / "design").glob("*.js"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built")
    assets.subset_fonts(target)
    return target


def test_stylesheet_is_small_and_in_layers():
    css = assets.stylesheet()
    assert css.startswith("@layer tokens, base, components, utilities;\n")
    assert len(gzip.compress(css.encode())) <= 15_000
    assert css.count("{") == css.count("}")


def test_stylesheet_has_no_sides_that_do_not_turn_around():
    sided = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|[^-](?:left|right):", assets.stylesheet()
    )
    assert sided == []


def test_scripts_are_small():
    assert sum(len(gzip.compress(path.read_bytes())) for path in JS) <= 25_000


@pytest.mark.parametrize("path", JS, ids=lambda path: path.name)
def test_scripts_stand_alone_and_have_no_words(path: Path):
    """Static files get hashed names: an import in a script would ask for a name that is not there."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*import\b|innerHTML|eval\(", source, re.MULTILINE)


def test_fonts_are_small_and_draw_every_letter_of_our_texts(built: Path):
    words = "".join(
        path.read_text(encoding="utf-8") for path in assets.settings.PACKAGE.glob("*/templates/**/*.html")
    )
    for face in assets.FACES:
        file = built / f"atkinson-{face}.woff2"
        assert file.stat().st_size <= 20_000
        drawn = set(TTFont(file).getBestCmap())
        assert {c for c in words if c.isprintable() and ord(c) not in drawn} == set()


def test_fonts_keep_accents_of_names(built: Path):
    drawn = set(TTFont(built / "atkinson-regular.woff2").getBestCmap())
    assert {c for c in "éèëïöüçñşğıłžåøœßœŁŻĶ" if ord(c) not in drawn} == set()


def test_every_component_has_a_style_and_shows_its_states():
    for folder in assets.COMPONENTS.iterdir():
        assert (folder / f"{folder.name}.css").is_file(), folder.name
        assert (folder / "states.html").is_file(), folder.name


def test_second_build_does_nothing(tmp_path: Path, settings, capsys: pytest.CaptureFixture[str]):
    settings.ASSETS = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "built"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    call_command("build_assets")
    call_command("build_assets")
    assert capsys.readouterr().out.splitlines() == ["Assets built.", "Assets are up to date."]
    assert (tmp_path / "static" / "design" / "mmm.css").is_file()
