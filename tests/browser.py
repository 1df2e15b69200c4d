"""A real browser for the journeys, and the tools that look at pages from outside."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NPM = Path(os.environ.get("MMM_VAR") or ROOT / "var") / "npm" / "node_modules"
PHONE = {"width": 390, "height": 844}
# As root in a container there is no sandbox; the rest keeps the browser from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def need(thing: str | Path | None, sentence: str) -> str:
    """The path of a tool; without it the test is skipped, or fails where nothing may be left out."""
    if thing and Path(thing).exists():
        return str(thing)
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once per process."""
    program = need(shutil.which("chromium"), "Chromium is not installed: apt-get install chromium")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a phone 390 px wide, in a browser profile of its own."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def axe(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong on the page: WCAG A, AA, AAA and best practice. Empty is good."""
    source = need(NPM / "axe-core" / "axe.min.js", "axe-core is not there: ./mmm test fetches it with npm")
    # Through the debugger, so that the page's own content security policy stays as it is.
    page.evaluate(Path(source).read_text() + "; undefined")
    rules = "{'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}}"
    found = page.evaluate(f"() => axe.run(document, {{resultTypes: ['violations'], rules: {rules}}})")
    return [
        {"rule": item["id"], "where": [node["target"] for node in item["nodes"]], "help": item["help"]}
        for item in found["violations"]
    ]


def html_errors(html: dict[str, str], folder: Path) -> list[str]:
    """What the Nu HTML checker finds wrong in pages (name -> HTML), errors only. One run for all of them."""
    need(shutil.which("java"), "Java is not installed: apt-get install default-jre-headless")
    jar = need(
        NPM / "vnu-jar" / "build" / "dist" / "vnu.jar", "vnu-jar is not there: ./mmm test fetches it with npm"
    )
    for name, text in html.items():
        (folder / f"{name}.html").write_text(text)
    files = [str(folder / f"{name}.html") for name in html]
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(done.stdout)["messages"]
    return [
        f"{Path(item['url']).name}:{item.get('lastLine')}: {item['message']}"
        for item in messages
        if item["type"] == "error"
    ]
