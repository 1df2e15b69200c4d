"""Templates: names that do not exist fail, none lies unused, and none carries script or style inside."""

import re
from pathlib import Path

import allauth
import django
import pytest
import wagtail.admin
from django.template import Context, Template

from tests.house.sources import SOURCE, named, python_files, template_name, templates, without_comments
from tests.settings import UnknownTemplateVariable

LIBRARIES = [Path(package.__file__ or "").parent for package in (allauth, django, wagtail.admin)]


def test_unknown_name_in_a_template_fails() -> None:
    with pytest.raises(UnknownTemplateVariable):
        Template("{{ nobody_gave_this }}").render(Context({}))


def test_name_tested_with_if_or_default_does_not_fail() -> None:
    text = "{% if nobody_gave_this %}yes{% else %}no{% endif %}"
    assert Template(text).render(Context({})) == "no"


def is_of_a_library(name: str) -> bool:
    """Whether this template takes the place of one that Django, allauth or Wagtail looks for."""
    return any((folder / "templates" / name).exists() for folder in LIBRARIES) or name.startswith(
        "django/forms/"
    )


def test_every_template_is_used() -> None:
    text = "\n".join(path.read_text() for path in [*python_files(), *templates()])
    # Names may be put together: f"stories/{language}/about.html" stands for every language.
    patterns = [re.escape(name) for name in re.findall(r"""["']([^"'\n]*?\.(?:html|txt|svg))["']""", text)]
    known = re.compile("|".join({re.sub(r"\\{[^}]*\\}", "[^/]+", pattern) for pattern in patterns}))
    unused = [
        named(path)
        for path in templates()
        if not known.fullmatch(template_name(path)) and not is_of_a_library(template_name(path))
    ]
    assert not unused


INLINE = {
    "a script inside the page": r"<script\b(?![^>]*\bsrc=)",
    "a style inside the page": r"<style\b",
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "a handler attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a javascript address": r"javascript:",
}


@pytest.mark.parametrize("path", templates(), ids=named)
def test_template_has_no_script_or_style_inside(path: Path) -> None:
    text = without_comments(path.read_text())
    # A tag inside a tag may hold ">".
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text)
    found = [what for what, pattern in INLINE.items() if re.search(pattern, text, re.I | re.S)]
    assert not found


def test_no_python_writes_script_or_style_into_pages() -> None:
    wrong = [
        f"{named(path)}: {what}"
        for path in python_files(SOURCE)
        for what, pattern in INLINE.items()
        if what != "a handler attribute" and re.search(pattern, path.read_text(), re.I)
    ]
    assert not wrong


@pytest.mark.parametrize("path", templates(), ids=named)
def test_template_loads_tags_from_its_own_floor_or_below(path: Path) -> None:
    floors = [
        "foundation",
        "design",
        "accounts",
        "region",
        "content",
        "consent",
        "stories",
        "book",
        "start",
        "demo",
    ]
    own = path.relative_to(SOURCE).parts[0]
    tags = {
        library.stem: library.relative_to(SOURCE).parts[0]
        for library in SOURCE.glob("*/**/templatetags/*.py")
    }
    loaded = re.findall(r"{%\s*load\s+([^%]*?)%}", path.read_text())
    for names in loaded:
        for name in names.split(" from ")[-1].split():
            if name in tags:
                assert floors.index(tags[name]) <= floors.index(own), f"{name} is of {tags[name]}"


def test_no_include_inside_a_long_loop_of_icons() -> None:
    """Icons are a tag from a dict: an include in a loop costs a template each time."""
    wrong = [
        named(path)
        for path in templates()
        if re.search(r"{%\s*for\b(?:(?!endfor).)*{%\s*include\s+[\"'][^\"']*icon", path.read_text(), re.S)
    ]
    assert not wrong
