"""Three ways in which a person works a page: touching it, with the keyboard alone, and without JavaScript.

Each finds things by the name that stands on the page and does the same few things, so that one story of what
people do can be walked by all three.
"""

import time
from collections.abc import Callable
from typing import Any

from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import PHONE
from tests.live import Live

# Where the focus is, seen from the element somebody is looking for.
FOCUS = """(wanted) => {
    const at = document.activeElement;
    const shown = (one) => one && getComputedStyle(one).outlineStyle !== "none"
        && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const between = at.compareDocumentPosition(wanted);
    return {
        here: at === wanted,
        nowhere: at === document.body,
        what: at.outerHTML.slice(0, 200),
        seen: shown(at) || shown(at.closest("label")),  // a choice is outlined with its words
        place: at.tabIndex < 0,  // a place the page put the focus, such as the content behind the skip link
        skip: at.matches(".skip"),
        group: at.type === "radio" && at.name === wanted.name,
        before: !!(between & Node.DOCUMENT_POSITION_PRECEDING) && !wanted.closest("[popover]"),
        content: !!wanted.closest("main"),
    };
}"""


# The next code on this person's paper that was not used.
PAPER = """
from tests import cast
from mmm.accounts import selectors
print(cast.next_paper_code(selectors.by_address({address!r})))
"""


def dutch(message: str) -> str:
    """What a message of the program says on a Dutch page."""
    with translation.override("nl"):
        return translation.gettext(message)


class Touch:
    """Somebody with a phone 390 px wide, in a browser of their own."""

    scripts = True

    def __init__(self, browser: Browser, live: Live) -> None:
        self.live = live
        self.context = browser.new_context(
            base_url=live.base_url,
            viewport=PHONE,  # type: ignore[arg-type]
            locale="nl-NL",
            has_touch=True,
            is_mobile=True,
            java_script_enabled=self.scripts,
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()

    # -- what differs --

    def press(self, target: Locator) -> None:
        """Press a button or a link."""
        target.tap()

    def tick(self, target: Locator) -> None:
        """Tick a box or choose one of several."""
        target.tap()

    def enter(self, target: Locator) -> None:
        """Put the cursor in a field."""
        target.tap()

    def near(self, target: Locator) -> None:
        """Come near enough to press it; on the way the skip link may be taken, a step in the same page."""

    # -- what is the same --

    def open(self, path: str) -> int:
        """Type an address; the status of the answer."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def reload(self) -> int:
        """Load this page once more; the status of the answer."""
        answer = self.page.reload()
        assert answer is not None
        return answer.status

    def button(self, name: str) -> Locator:
        """A button by what stands on it."""
        return self.page.get_by_role("button", name=name, exact=True)

    def send(self, name: str) -> None:
        """Press a button and wait for the next page."""
        self.go(self.button(name))

    def follow(self, name: str) -> None:
        """Press a link and wait for the next page."""
        self.go(self.page.get_by_role("link", name=name, exact=True).first)

    def go(self, target: Locator) -> None:
        """Press something that leads away, and wait for the next page."""
        self.near(target)
        with self.page.expect_navigation():
            self.press(target)

    def pick(self, label: str, option: str) -> None:
        """Pick from a list that folds out, by what stands on the line."""
        field = self.page.get_by_label(label, exact=True)
        self.enter(field)
        field.select_option(label=option)

    def unfold(self) -> None:
        """Open the menu of the phone; its button also says how much is new."""
        self.press(self.page.locator("[popovertarget=menu]:visible"))

    def menu(self, name: str) -> None:
        """Open the menu of the phone and go where it says."""
        self.unfold()
        self.go(self.page.locator("#menu").get_by_role("link", name=name, exact=True))

    def choose(self, name: str) -> None:
        """Choose a radio button or tick a box by its label."""
        kinds = self.page.get_by_role("radio", name=name).or_(self.page.get_by_role("checkbox", name=name))
        self.tick(kinds)
        expect(kinds).to_be_checked()

    def answer(self) -> Locator:
        """The field for the own words, below the sentences to choose from if there are any."""
        beside, alone = (dutch(label) for label in ("Or write it yourself", "Your answer"))
        return self.page.get_by_label(beside, exact=True).or_(self.page.get_by_label(alone, exact=True))

    def tell(self, words: str) -> None:
        """Type an answer at the end of what is there already."""
        self._type(self.answer(), words)

    def write(self, label: str, text: str) -> None:
        """Type at the end of what is in the field already."""
        self._type(self.page.get_by_label(label, exact=True), text)

    def _type(self, field: Locator, text: str) -> None:
        self.enter(field)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def reads(self, *texts: str) -> None:
        """The page has these words in view."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def title(self, text: str) -> None:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()

    def storage(self) -> dict[str, Any]:
        """What the browser keeps for this page."""
        return dict(self.page.evaluate("() => ({...localStorage, ...sessionStorage})"))

    def with_code(self, address: str, ask: Callable[[], None]) -> None:
        """Have a code mailed by `ask`, take it from the mailbox and fill it in."""
        before = len(self.live.post.codes(address))
        ask()
        self.title("Kijk in je mail")
        self.write(dutch("The code from the mail"), self.live.post.code(address, before + 1))
        self.send("Ga verder")

    def sign_in(self, address: str) -> None:
        """Sign in with a code from the mail."""
        self.open("/inloggen/")
        self.write(dutch("Your e-mail address"), address)
        self.with_code(address, lambda: self.send("Stuur mij een code"))
        if self.page.get_by_role("heading", name="Wil je sneller inloggen?", exact=True).count():
            self.follow("Nee, ga verder")

    def second_step(self, address: str) -> None:
        """Prove the second step with the next code from paper (`cast.with_app`)."""
        self.title("Nog één stap")
        self.write(dutch("The code from your app"), self.live.python(PAPER.format(address=address)).strip())
        self.send("Ga verder")

    def leave(self) -> None:
        """Close the tab at once and throw this browser away."""
        self.page.close()
        # A browser goes on sending what a closed tab began; one that is thrown away does not.
        time.sleep(0.5)
        self.context.close()


class NoScript(Touch):
    """The same, in a browser that runs no JavaScript."""

    scripts = False

    def storage(self) -> dict[str, Any]:
        """Without scripts nothing can be kept."""
        return {}


class Keyboard(Touch):
    """Only Tab, Shift+Tab, Enter, Space and the arrows; the focus must be in sight at every stop."""

    def press(self, target: Locator) -> None:
        """Enter on a button or a link."""
        self._reach(target)
        self.page.keyboard.press("Enter")

    def near(self, target: Locator) -> None:
        """Bring the focus there."""
        self._reach(target)

    def tick(self, target: Locator) -> None:
        """Space on a box; arrows within a group."""
        self._reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")

    def enter(self, target: Locator) -> None:
        """Tab to a field."""
        self._reach(target)

    def pick(self, label: str, option: str) -> None:
        """Type the beginning of what stands on the line, as a list listens to."""
        field = self.page.get_by_label(label, exact=True)
        self.enter(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _step in range(150):
            focus = target.evaluate(FOCUS)
            if not focus["nowhere"] and not focus["place"]:
                assert focus["seen"], f"no visible focus on {focus['what']} of {self.page.url}"
            if focus["here"]:
                return
            if focus["group"]:
                self.page.keyboard.press("ArrowDown")
            elif focus["skip"] and focus["content"]:
                self.page.keyboard.press("Enter")
            else:
                self.page.keyboard.press("Shift+Tab" if focus["before"] else "Tab")
        raise AssertionError(f"{target} cannot be reached with the keyboard on {self.page.url}")


class KeyboardWithoutScript(Keyboard):
    """Only keys, in a browser that runs no JavaScript."""

    scripts = False
