"""Every page can be used by everyone: axe in every mode, no sideways scroll, focus, targets, HTML, weight."""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser import NPM, PHONE, html_errors, need
from tests.databases import Postgres, Sqlite
from tests.house.pages import PAGES, Site, build, context, fetch, visit
from tests.live import running

pytestmark = pytest.mark.journey
DEEP = bool(os.environ.get("MMM_DEEP"))  # then every rule in every mode
DESKTOP, SMALL = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
PUBLIC = ("start:home", "start:your_data", "start:accessibility", "start:about", "region:regions",
          "region:region", "stories:first_visit", "accounts:join", "accounts:sign_in", "english home",
          "nowhere", "book:stories", "book:story", "book:contents", "book:chapter", "book:professions",
          "book:profession", "book:for_workers", "book:tips", "book:glossary",
          "book:dated", "book:help", "book:news")  # fmt: skip

# All rules, or (`rules`) those whose answer a colour or a width can change; the others only read the markup.
AXE = """async (rules) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const also = {"color-contrast-enhanced": {enabled: true}, "target-size": {enabled: true}};
    const found = await axe.run(document, {
        resultTypes: ["violations"],
        ...(rules ? {runOnly: {type: "rule", values: rules}}
            : {runOnly: {type: "tag", values: tags}, rules: also}),
    });
    return found.violations.map((each) =>
        `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(" | ")}`);
}"""
LOOKS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block", "scrollable-region-focusable",
         "target-size"]  # fmt: skip
SIDEWAYS = """() => {
    const page = document.documentElement, over = page.scrollWidth - page.clientWidth;
    if (over <= 0) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && (box.right > page.clientWidth + 1 || box.left < -1) && !one.matches(".vh, .skip");
    });
    return [`${over} px sideways: ` + wide.slice(-3).map((one) => one.outerHTML.slice(0, 90)).join(" | ")];
}"""
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
FOCUS = f"""() => {{
    const shown = (one) => one && getComputedStyle(one).outlineStyle !== "none"
        && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const wrong = [];
    for (const one of document.querySelectorAll("{CONTROLS}")) {{
        if (!one.checkVisibility({{visibilityProperty: true}}) || one.disabled) continue;
        one.focus();
        const what = one.outerHTML.slice(0, 120);
        if (document.activeElement !== one) wrong.push("no focus: " + what);
        else if (!shown(one) && !shown(one.closest("label"))) wrong.push("unseen: " + what);
    }}
    return wrong;
}}"""
# 44 px both ways, counted with the label or the card a control fills; links in running text excepted.
TARGETS = """(controls) => {
    const wrong = [];
    const running = (link) => {
        const block = link.closest("p, li, dd, td, th, figcaption, caption, summary");
        return link.localName === "a" && getComputedStyle(link).display === "inline" && block
            && block.innerText.trim().length > link.innerText.trim().length;
    };
    for (const one of document.querySelectorAll(controls)) {
        if (!one.checkVisibility({visibilityProperty: true})) continue;
        if (one.matches(".skip") || running(one)) continue;
        const box = (one.closest("label") ?? one).getBoundingClientRect();
        if (box.width >= 43.9 && box.height >= 43.9) continue;
        one.scrollIntoView({block: "center"});
        const at = one.getBoundingClientRect(), x = at.x + at.width / 2, y = at.y + at.height / 2;
        const hit = [[x - 21.5, y], [x + 21.5, y], [x, y - 21.5], [x, y + 21.5]].every(([left, top]) => {
            const found = document.elementFromPoint(left, top);
            return found && (one.contains(found) || found.contains(one) && found.matches("a, label"));
        });
        const size = `${Math.round(box.width)} x ${Math.round(box.height)}: `;
        if (!hit) wrong.push(size + one.outerHTML.slice(0, 120));
    }
    return wrong;
}"""
# What somebody can do on a page and read at its top.
# Only a script can ask a device for its passkey; a page with one says so, and offers another way beside it.
OFFERS = """(controls) => [...document.querySelectorAll("h1, h2, " + controls)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}))
    .filter((one) => !one.matches("[data-print], form[data-key] *"))
    .map((one) => `${one.localName} ${one.name ?? ""} ${one.innerText ?? ""}`.trim())"""


@pytest.fixture(scope="module")
def site(template: Sqlite | Postgres, browser: Browser) -> Iterator[Site]:
    """The demo (it has every page there is), filled with the people of the role table."""
    with running(template, mode="demo") as live:
        yield build(live, browser)


class Mode:
    """How somebody looks at a page; the page is put in it without being loaded again."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def usual(self) -> None:
        """Light, left to right, a phone, text of the usual size."""
        self.page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.page.evaluate("() => { const {style} = document.documentElement; style.fontSize = ''; }")

    def put(self, name: str) -> None:
        """One of the modes of look.md."""
        self.usual()
        if name == "dark":
            self.page.emulate_media(color_scheme="dark")
        elif name == "right to left":
            self.page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
        elif name == "320 px":
            self.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
        elif name == "200 % text":
            self.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        elif name == "forced colours":
            self.page.emulate_media(forced_colors="active")
        elif name == "desktop":
            self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


# Where axe takes the browser's play of forced colours wrongly: behind an open menu, and a scheme of its own.
PLAYED = {"menu", "menu of a reader", "design in the dark, turned around"}
MODES = ("light", "dark", "320 px", "200 % text", "forced colours", "desktop", "right to left")


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong by these rules (None: by all), a line each."""
    if not page.evaluate("() => 'axe' in window"):
        source = need(
            NPM / "axe-core" / "axe.min.js", "axe-core is not there: ./mmm test fetches it with npm"
        )
        # Through the debugger, so that the page's own content security policy stays as it is.
        page.evaluate(Path(source).read_text() + "; undefined")
    found: list[str] = page.evaluate(AXE, rules)
    return found


def complaints(page: Page) -> list[str]:
    """A list that fills with what the browser itself complains of: errors of scripts and of the CSP."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # That a page answers 404 is not a complaint about the page.
        own = message.text.startswith("Failed to load resource") and not message.location["url"].endswith(
            (".js", ".css", ".svg", ".woff2")
        )
        if message.type in {"error", "warning"} and not own:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


class Looker:
    """Somebody of a role who opens one page after the other in the same profile, with or without scripts."""

    def __init__(self, site: Site, browser: Browser, who: str, *, scripts: bool) -> None:
        self.profile = context(browser, site, who, viewport=PHONE, reduced_motion="reduce")
        if not scripts:
            self.profile.route("**/*.js", lambda route: route.abort())
        self.page = self.profile.new_page()
        self.said = complaints(self.page)


@pytest.fixture(scope="module")
def lookers(site: Site, browser: Browser) -> Iterator[Callable[..., Looker]]:
    """`lookers(name, scripts=True)`: who looks at this page; a new profile where something is done on it."""
    kept: dict[tuple[str, bool], Looker] = {}

    def looker(name: str, *, scripts: bool) -> Looker:
        shown = PAGES[name]
        key = (shown.who, scripts)
        if shown.act or key not in kept:
            if old := kept.pop(key, None):
                old.profile.close()
            kept[key] = Looker(site, browser, shown.who, scripts=scripts)
        one = kept[key]
        if shown.act:
            del kept[key]
        one.said.clear()
        return one

    yield looker
    for one in kept.values():
        one.profile.close()


def modes_for(name: str) -> dict[str, list[str] | None]:
    """Mode -> axe's rules there (None: all of them). Every page gets all rules on a phone and on a desktop.

    What only a colour or a width can change is looked at in two of the other five modes, in turn by page;
    with --deep every rule in every mode. That nothing is too wide is looked at in all of them, always.
    """
    others = [mode for mode in MODES if mode not in {"light", "desktop"}]
    turn = list(PAGES).index(name)
    chosen = {others[turn % 5], others[(turn + 2) % 5]}
    rules: dict[str, list[str] | None] = {"light": None, "desktop": None}
    for mode in others:
        looks = LOOKS[2:] if mode == "forced colours" and name in PLAYED else LOOKS
        rules[mode] = None if DEEP else looks if mode in chosen else []
    return {mode: rules[mode] for mode in MODES}


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_used_by_everyone(name: str, site: Site, lookers: Callable[..., Looker]) -> None:
    one = lookers(name, scripts=True)
    page = one.page
    wrong: dict[str, list[Any]] = {}
    mode = Mode(page)
    mode.usual()
    visit(page, site, name)
    page.keyboard.press("Tab")
    wrong["focus"] = page.evaluate(FOCUS)
    wrong["targets"] = page.evaluate(TARGETS, CONTROLS)
    offers = page.evaluate(OFFERS, CONTROLS)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for each, rules in modes_for(name).items():
        mode.put(each)
        wrong[f"sideways, {each}"] = page.evaluate(SIDEWAYS)
        if rules != []:
            wrong[f"axe, {each}"] = axe(page, rules)
    wrong["the browser complains"] = list(one.said)
    if PAGES[name].act:
        one.profile.close()
    if not PAGES[name].stays:
        wrong |= without_scripts(name, site, lookers, offers)
    found = {what: lines for what, lines in wrong.items() if lines}
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


def without_scripts(
    name: str, site: Site, lookers: Callable[..., Looker], offers: list[str]
) -> dict[str, list[Any]]:
    """The same page when no script of ours arrives: it offers the same, and axe finds nothing (--deep)."""
    one = lookers(name, scripts=False)
    visit(one.page, site, name)
    bare = one.page.evaluate(OFFERS, CONTROLS)
    found = {
        "only with JavaScript": [each for each in offers if each not in bare],
        "only without JavaScript": [each for each in bare if each not in offers],
        "axe, without JavaScript": axe(one.page) if DEEP else [],
    }
    if PAGES[name].act:
        one.profile.close()
    return found


PREVIEWS = """
import json
from wagtail.models import Page
from mmm.content.models import TextPage
found = {}
for page in Page.objects.filter(locale__language_code="nl").specific():
    if isinstance(page, TextPage):
        found.setdefault(type(page).__name__, page.pk)
print(json.dumps(found))
"""


def test_axe_finds_nothing_on_what_editors_see_of_a_text_beforehand(site: Site, browser: Browser) -> None:
    kinds: dict[str, int] = json.loads(site.live.python(PREVIEWS).splitlines()[-1])
    assert len(kinds) >= 6
    profile = context(browser, site, "editor", viewport=PHONE, reduced_motion="reduce")
    page = profile.new_page()
    wrong: dict[str, list[str]] = {}
    for kind, key in kinds.items():
        answer = page.goto(f"/redactie/pages/{key}/view_draft/")
        assert answer is not None
        assert answer.ok, kind
        assert page.locator("main h1").count() == 1, kind
        wrong[kind] = axe(page)
    profile.close()
    assert not any(wrong.values()), json.dumps(wrong, indent=1)


def test_html_of_every_page_is_valid(site: Site, browser: Browser, tmp_path: Path) -> None:
    html, profiles = {}, {who: context(browser, site, who) for who in {each.who for each in PAGES.values()}}
    for number, (name, shown) in enumerate(PAGES.items()):
        if shown.stays:
            continue
        # Where something has to be done, a page of the browser is needed, and a profile that may change.
        if shown.act:
            profile = context(browser, site, shown.who)
            text = visit(profile.new_page(), site, name)
            profile.close()
        else:
            text = fetch(profiles[shown.who], site, name)
        html[f"{number:02} {re.sub(r'[^a-z0-9]+', '-', name)}"] = text
    for profile in profiles.values():
        profile.close()
    assert len(html) > 60
    assert html_errors(html, tmp_path) == []


def test_html_checker_finds_a_mistake(tmp_path: Path) -> None:
    bad = "<!DOCTYPE html><html lang=nl><title>x</title><p id=a>een<p id=a>twee"
    assert any("Duplicate ID" in line for line in html_errors({"bad": bad}, tmp_path))


def test_every_mode_can_fail(site: Site, browser: Browser) -> None:
    """A page that is wrong in each of these ways is found."""
    profile = context(browser, site, "anonymous", viewport=PHONE)
    page = profile.new_page()
    said = complaints(page)
    page.goto("/over-ons/")
    page.evaluate("""() => {
        const main = document.querySelector("main");
        main.insertAdjacentHTML("beforeend", `<button id="x"></button><a href="#x" id="small">ja</a>
            <p id="pale">bleek</p><p id="grey">grijs</p><p id="wide">breed</p>`);
        document.querySelector("#pale").style.color = "#999";  // below 4.5:1
        document.querySelector("#grey").style.color = "#666";  // between 4.5:1 and 7:1
        document.querySelector("#wide").style.width = "900px";
        document.querySelector("#small").style.outline = "none";
        const script = document.createElement("script");
        script.textContent = "1";
        document.body.append(script);
    }""")
    page.keyboard.press("Tab")
    assert any("small" in line for line in page.evaluate(FOCUS))
    assert any("small" in line for line in page.evaluate(TARGETS, CONTROLS))
    assert any("breed" in line for line in page.evaluate(SIDEWAYS))
    rules = {line.split(":")[0] for line in axe(page)}
    assert {"button-name", "color-contrast", "color-contrast-enhanced"} <= rules
    assert any("Content Security Policy" in line for line in said)
    profile.close()


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_light(
    name: str, site: Site, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = context(browser, site, "anonymous", viewport=PHONE)
    page = profile.new_page()
    visit(page, site, name)
    path = page.url
    profile.close()

    profile = context(browser, site, "anonymous", viewport=PHONE)  # nothing kept from before
    page = profile.new_page()
    debugger = profile.new_cdp_session(page)
    debugger.send("Network.enable")
    asked: dict[str, str] = {}
    size: dict[str, float] = {}
    debugger.on("Network.requestWillBeSent", lambda e: asked.__setitem__(e["requestId"], e["request"]["url"]))
    debugger.on("Network.loadingFinished", lambda e: size.__setitem__(e["requestId"], e["encodedDataLength"]))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    bodies = {
        kind: sum(
            len(gzip.compress(page.request.get(url).body(), 6))
            for url in asked.values()
            if url.endswith(kind)
        )
        for kind in (".js", ".css")
    }
    profile.close()
    total = sum(size.values())
    with capsys.disabled():
        shown = ", ".join(f"{kind} {length / 1000:.1f} kB gz" for kind, length in bodies.items())
        print(f"\n  {name}: {total / 1000:.1f} kB, {len(asked)} requests, {shown}")
    assert {urlsplit(url).netloc for url in asked.values()} == {urlsplit(site.live.base_url).netloc}
    assert total <= 150_000
    assert len(asked) <= 6
    assert bodies[".js"] <= 25_000
    assert 1_000 <= bodies[".css"] <= 15_000
