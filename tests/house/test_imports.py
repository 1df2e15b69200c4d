"""The floors: import-linter (in the checks) reads pyproject.toml; here nothing is forgotten in it."""

import tomllib
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SOURCE, imports, named, python_files

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_package_has_its_floor() -> None:
    (layers,) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    floors = {name.strip() for layer in layers for name in layer.split("|")}
    assert floors == {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def test_models_of_every_room_are_its_own() -> None:
    protected = {name for contract in CONTRACTS for name in contract.get("protected_modules", [])}
    there = {
        "mmm." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for path in [*SOURCE.glob("**/models.py"), *(p.parent for p in SOURCE.glob("**/models/__init__.py"))]
    }
    assert there - {"mmm.demo.models"} == protected


@pytest.mark.parametrize(
    "path",
    [p for p in python_files() if p.stem == "views" or "views" in p.parent.parts[-1:]],
    ids=named,
)
def test_no_view_imports_a_model(path: Path) -> None:
    wrong = [
        f"line {line}: {name}"
        for line, name in imports(path)
        if (".models" in f".{name}" and not name.startswith("django.db.models"))
        or name.rpartition(".")[2] in {"get_user_model", "get_model"}
    ]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize("path", python_files(), ids=named)
def test_only_content_and_book_know_wagtail(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0] if path.is_relative_to(SOURCE) else ""
    if room in {"", "content", "book"}:
        return
    assert not [name for _line, name in imports(path) if name.split(".")[0] in {"wagtail", "modelcluster"}]
