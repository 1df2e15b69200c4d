"""`manage build_assets`: stylesheet, fonts, catalogues, and the static files with hashed names."""

import argparse
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from mmm.design import assets


class Command(BaseCommand):
    help = "Build stylesheet, fonts and catalogues; does nothing when their sources have not changed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="build even when nothing changed")

    def handle(self, *args: Any, force: bool = False, **options: Any) -> None:
        stamp = settings.ASSETS / "built.sha256"
        digest = _digest(assets.sources())
        if not force and stamp.is_file() and stamp.read_text() == digest:
            self.stdout.write("Assets are up to date.")
            return
        stamp.unlink(missing_ok=True)
        built: Path = settings.ASSETS / "built" / "design"
        shutil.rmtree(settings.ASSETS / "built", ignore_errors=True)
        built.mkdir(parents=True)
        (built / "mmm.css").write_text(assets.stylesheet(), encoding="utf-8")
        assets.subset_fonts(built)
        assets.compile_catalogues()
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest)
        self.stdout.write("Assets built.")


def _digest(paths: Iterator[Path]) -> str:
    sums = hashlib.sha256()
    for path in paths:
        sums.update(str(path).encode() + b"\0" + path.read_bytes())
    return sums.hexdigest()
