"""What house tests look at: the files of the project, and small readers for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "mmm"


def python_files(folder: Path = SOURCE) -> list[Path]:
    """Every Python file of a folder but migrations."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def templates() -> list[Path]:
    """Every template of every room."""
    return sorted(
        path for path in SOURCE.glob("*/**/templates/**/*") if path.suffix in {".html", ".txt", ".svg"}
    )


def template_name(path: Path) -> str:
    """The name under which Django loads a template."""
    parts = path.parts
    at = len(parts) - 1 - parts[::-1].index("templates")
    return "/".join(parts[at + 1 :])


def named(path: Path) -> str:
    """A file's path inside the project, for messages."""
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a file imports when it runs, inside functions too."""
    tree = ast.parse(path.read_text())
    for_types = {
        inside
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inside in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def without_comments(template: str) -> str:
    """A template without its comments."""
    text = re.sub(r"{#.*?#}", "", template)
    text = re.sub(r"{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", "", text, flags=re.S)
    return re.sub(r"<!--.*?-->", "", text, flags=re.S)
