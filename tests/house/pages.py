"""Every page that somebody can see, how to get there, and what is looked at on it.

The rows of the role table (tests/house/table.py) give every address; `BY_HAND` adds what only appears when
somebody does something: mistakes in forms, the code page, the card, both texts, an open menu.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.house.table import OK, ROWS, Row
from tests.live import Live

# Who opens a page, when several may: the first of these.
WHO = (
    "anonymous",
    "owner",
    "reader",
    "coordinator",
    "editor",
    "owner at work",
    "other worker",
    "who waits to be erased",
)
NOT_PAGES = {
    "healthz",
    "readyz",
    "sitemap",
    "robots",
    "book:stories_feed",
    "book:news_feed",
    "book:pdf",
    "book:epub",
    "consent:letter_pdf",
    "stories:care_card_pdf",
}

WORLD = """
import datetime as dt
import json
from django.test import RequestFactory
from django.utils import timezone
from mmm.accounts import letters as entry
from mmm.accounts.selectors import own_address
from mmm.consent.letters.codes import code_of
from mmm.start import errors
from tests import cast
from tests.house.pages import from_table
from tests.house.world import letter, made
world = made("Woorden van iemand.")
ask = RequestFactory().post("/", {"text": "Ik wil graag bakken."})
stories = cast.person("Lotte")
# Both texts, kept apart: two saves on the same version.
for text in ("Op de telefoon.", "Op de laptop."):
    cast.write(stories, "dreams", "work", text)
world.cookies["two devices"] = cast.client_of(stories).cookies
world.cookies["newcomer"] = cast.client_of(cast.person("Noa")).cookies
world.cookies["who takes a break"] = cast.client_of(cast.person("Kai")).cookies
printed = entry.print_letter(world["helper"])
reader = cast.client_of(world["reader"])
for _ in range(3):
    assert reader.get(f"/met-mij-gedeeld/{world.things['sam'].hex}/").status_code == 200
print(json.dumps({
    "sessions": {who: {name: m.value for name, m in jar.items()} for who, jar in world.cookies.items()},
    "table": {name: (who, row.address(world)) for name, (who, row) in from_table().items()},
    "read": f"/met-mij-gedeeld/{world.things['sam'].hex}/",
    "draft": "/delen/" + world.things["sam's draft"].hex + "/",
    "typed": {
        "letter": [printed.code],
        "pin": [printed.pin],
        "address with a password": [own_address(world["coordinator without second step"])],
        "password": [cast.PASSWORD],
        "shared letter": [code_of(letter(world["owner"])) for _ in range(12)],
    },
    "drawn": {
        "400": errors.bad_request(ask).content.decode(),
        "403": errors.csrf_failure(ask).content.decode(),
        "429": errors.too_many(ask, timezone.now() + dt.timedelta(minutes=3)).content.decode(),
        "500": errors.server_error(ask).content.decode(),
        "503": errors.unavailable(ask).content.decode(),
    },
}))
"""


@dataclass
class Site:
    """The running installation: sessions by role, addresses by page, error pages as they would be drawn."""

    live: Live
    sessions: dict[str, dict[str, str]]
    table: dict[str, tuple[str, str]]
    read: str
    draft: str
    typed: dict[
        str, list[str]
    ]  # what somebody has on paper or by heart; each is good once, or the last stays
    drawn: dict[str, str]


Act = Callable[[Page, Site], Response | None]


@dataclass(frozen=True)
class Shown:
    """A page: who opens which address, and what they do there before it is this page."""

    who: str
    path: str
    act: Act | None = None
    status: int = 200
    stays: bool = False  # the act changes the page without a new answer


def from_table() -> dict[str, tuple[str, Row]]:
    """Name of the page -> who opens it and its row; one page per address, query and question."""
    found: dict[str, tuple[str, Row]] = {}
    for row in ROWS:
        name = row.name + row.query
        if row.name == "stories:question":
            name = f"{row.name} {' '.join(row.thing)}"
        if "GET" not in row.methods or row.name in NOT_PAGES or name in found:
            continue
        who = next((role for role in WHO if row.expected(role) == OK), None)
        if who is not None:
            found[name] = (who, row)
    return found


# -- what people do on a page --


def next_page(page: Page, act: Callable[[], object]) -> Response | None:
    """Do something that brings the next page; its answer."""
    with page.expect_navigation() as coming:
        act()
    return coming.value


def send(page: Page, site: Site) -> Response | None:
    """Send the last form of the content as it is."""
    return next_page(page, lambda: page.locator("main form").last.evaluate("form => form.submit()"))


def send_first(page: Page, site: Site) -> Response | None:
    """Send the first form of the content, if one is there (it is not once codes were made)."""
    form = page.locator("main form")
    return next_page(page, lambda: form.first.evaluate("form => form.submit()")) if form.count() else None


def filled(name: str, text: str) -> Act:
    """Send the form with this in the field `name`."""

    def act(page: Page, site: Site) -> Response | None:
        page.locator(f"main [name={name}]").last.fill(text)
        return send(page, site)

    return act


def taps(count: int) -> Act:
    """So many taps of the first visit."""

    def act(page: Page, site: Site) -> Response | None:
        answer = None
        for _tap in range(count):
            answer = next_page(page, page.locator("button.tap").first.click)
        return answer

    return act


def wrong_code(page: Page, site: Site) -> Response | None:
    """Ask for a code, and fill in another."""
    filled("email", "iemand@voorbeeld.example")(page, site)
    return filled("code", "00000000")(page, site)


def lapsed(page: Page, site: Site) -> Response | None:
    """Write while the session has ended."""
    page.context.clear_cookies(name="mmm_session")
    return filled("text", "Ik dacht lang na.")(page, site)


def without_once(page: Page, site: Site) -> Response | None:
    """Half a form arrives."""
    page.locator("main [name=once]").last.evaluate("field => field.remove()")
    return send(page, site)


def known(site: Site, what: str) -> str:
    """The next thing of this kind that somebody types."""
    held = site.typed[what]
    return held.pop() if len(held) > 1 else held[0]


def letter_typed(page: Page, site: Site) -> Response | None:
    """The code of a letter that lets somebody in: its PIN is asked."""
    return filled("code", known(site, "letter"))(page, site)


def pin_typed(page: Page, site: Site) -> Response | None:
    """Code and PIN of a new letter: a name is asked."""
    letter_typed(page, site)
    return filled("pin", known(site, "pin"))(page, site)


def password_typed(page: Page, site: Site) -> Response | None:
    """Address and password: the second step is asked."""
    page.locator("main [name=email]").fill(known(site, "address with a password"))
    return filled("password", known(site, "password"))(page, site)


def shared_letter_typed(page: Page, site: Site) -> Response | None:
    """The code of a letter with somebody's text: whether to open it now is asked."""
    return filled("letter_code", known(site, "shared letter"))(page, site)


def shared_letter_opened(page: Page, site: Site) -> Response | None:
    """The letter, opened."""
    shared_letter_typed(page, site)
    return send(page, site)


def menu(page: Page, site: Site) -> None:
    """Open the menu of a phone."""
    page.locator("button.menu-btn").click()


def drawn(status: str) -> Act:
    """An error page that cannot be called up from outside, as the program draws it."""

    def act(page: Page, site: Site) -> Response | None:
        address = site.live.url(f"/fout/{status}/")
        page.route(address, lambda route: route.fulfill(
            body=site.drawn[status], content_type="text/html; charset=utf-8", status=int(status)
        ))  # fmt: skip
        return page.goto(address)

    return act


TABLE = {name: Shown(who, name) for name, (who, _row) in from_table().items()}
BY_HAND: dict[str, Shown] = {
    "english home": Shown("anonymous", "/en/"),
    "english your data": Shown("anonymous", "/en/jouw-gegevens/"),
    "english accessibility": Shown("anonymous", "/en/toegankelijkheid/"),
    "english question": Shown("owner", "/en/mijn-verhaal/dromen/1/"),
    "menu": Shown("anonymous", "/", menu, stays=True),
    "menu of a reader": Shown("reader", "/met-mij-gedeeld/", menu, stays=True),
    "search, danger": Shown("anonymous", "/zoeken/?q=crisis"),
    "search, narrowed down": Shown("anonymous", "/zoeken/?q=werk&soort=regio"),
    "search, english": Shown("anonymous", "/en/zoeken/?q=accessible"),
    "search, signed in": Shown("owner", "/zoeken/?q=werk"),
    "nowhere": Shown("anonymous", "/bestaat-niet/", status=404),
    "nowhere, signed in": Shown("owner", "/bestaat-niet/", status=404),
    "design in the dark, turned around": Shown("anonymous", "/design/?scheme=dark&dir=rtl"),
    "joining, mistakes": Shown("anonymous", "/meedoen/", send),
    "joining as a professional, mistakes": Shown("anonymous", "/meedoen/?als=professional", send),
    "signing in, mistakes": Shown("anonymous", "/inloggen/", filled("email", "dit is geen adres")),
    "code": Shown("anonymous", "/inloggen/", filled("email", "iemand@voorbeeld.example")),
    "code, wrong": Shown("anonymous", "/inloggen/", wrong_code),
    "half a form": Shown("anonymous", "/inloggen/", without_once, status=400),
    "first visit, third tap": Shown("anonymous", "/wat-heb-jij-nodig/", taps(2)),
    "card": Shown("anonymous", "/wat-heb-jij-nodig/", taps(5)),
    "wrong role": Shown("reader", "/mijn-verhaal/", status=403),
    "nothing written": Shown("newcomer", "/mijn-verhaal/"),
    "nothing to read": Shown("newcomer", "/mijn-verhaal/lezen/"),
    "nothing to share": Shown("newcomer", "/delen/"),
    "nobody reads": Shown("newcomer", "/wie-mag-lezen/"),
    "nobody read": Shown("newcomer", "/wie-las-wat/"),
    "nothing shared with me": Shown("owner at work", "/met-mij-gedeeld/"),
    "no work yet": Shown("newcomer", "/mijn-werk/"),
    "two texts": Shown("two devices", "/mijn-verhaal/dromen/1/"),
    "text too long": Shown("owner", "/mijn-verhaal/verhaal/1/", filled("text", "woord " * 3400), status=422),
    "sharing nothing": Shown("owner", "/delen/", send, status=422),
    "my name, mistakes": Shown("owner", "/mijn-gegevens/", filled("name", "")),
    "settings, saved": Shown("owner", "/instellingen/?bewaard=1"),
    "settings, as anonymous, english": Shown("anonymous", "/en/instellingen/"),
    "notices of somebody at work": Shown("reader", "/meldingen/"),
    "nothing new": Shown("newcomer", "/meldingen/"),
    "how to hear, saved": Shown("owner", "/instellingen/meldingen/?bewaard=1"),
    "my name, saved": Shown("owner", "/mijn-gegevens/?bewaard=1"),
    "a code at the wrong door": Shown("anonymous", "/brief/", filled("code", "1234 5678 9012")),
    "letter, its PIN": Shown("anonymous", "/brief/", letter_typed),
    "letter, a name": Shown("anonymous", "/brief/", pin_typed),
    "password, then the second step": Shown("anonymous", "/inloggen/wachtwoord/", password_typed),
    "second step of a reader": Shown("reader", "/tweede-stap/"),
    "second step, nothing yet": Shown("professional without second step", "/tweede-stap/"),
    "second step, asked": Shown("coordinator without second step", "/tweede-stap/invullen/"),
    "app, wrong code": Shown("owner", "/tweede-stap/app/", filled("code", "000000")),
    "password of a reader": Shown("reader", "/tweede-stap/wachtwoord/"),
    "password, too easy": Shown("reader", "/tweede-stap/wachtwoord/", filled("password", "wachtwoord")),
    "codes for the second step": Shown("reader", "/tweede-stap/papier/", send_first),
    "codes to come in": Shown("owner", "/mijn-gegevens/papieren-codes/", send),
    "sentence, too short": Shown("owner", "/mijn-gegevens/zin/", filled("sentence", "Kort.")),
    "erasing, nothing chosen": Shown("owner", "/mijn-gegevens/wissen/", send),
    "break": Shown("who takes a break", "/pauze/", send),
    "nobody reads during a break": Shown("who takes a break", "/wie-mag-lezen/"),
    "letter with a text, its code": Shown("anonymous", "/brief-lezen/", shared_letter_typed),
    "letter with a text, opened": Shown("anonymous", "/brief-lezen/", shared_letter_opened),
    "card for who treats me": Shown("owner", "/mijn-verhaal/kaart/", send_first),
    "letter to print": Shown("coordinator", "/regio-beheer/brieven/", send),
    "invitation, nothing chosen": Shown("coordinator", "/regio-beheer/uitnodigen/", send_first),
    "number, nothing filled in": Shown("coordinator", "/regio-beheer/nummers/nieuw/phone/", send),
    "hours, mistakes": Shown("coordinator", "/regio-beheer/uren/", filled("day0_0", "ochtend")),
    "list of organisations, looked through": Shown(
        "coordinator",
        "/regio-beheer/organisaties/inlezen/",
        filled("rows", "naam;soort;schakel;kvk\nNieuw;dienst;werk;\nFout;iets;werk;"),
    ),
    "nobody of this profession": Shown("owner", "/wie-doet-wat/?beroep=1"),
    "english codes": Shown("owner", "/en/mijn-gegevens/papieren-codes/"),
    "session lapsed": Shown("newcomer", "/mijn-verhaal/dromen/1/", lapsed, status=403),
    **{
        f"drawn {status}": Shown("anonymous", "/", drawn(str(status)), status=status)
        for status in (400, 403, 429, 500, 503)
    },
}  # fmt: skip
PAGES = {**TABLE, **BY_HAND}


def build(live: Live, browser: Browser) -> Site:
    """Fill the installation with people and things; a browser profile for each role."""
    made = json.loads(live.python(WORLD).splitlines()[-1])
    return Site(
        live, made["sessions"], made["table"], made["read"], made["draft"], made["typed"], made["drawn"]
    )


def context(browser: Browser, site: Site, who: str, **options: object) -> BrowserContext:
    """A new browser profile in which this role is signed in."""
    profile = browser.new_context(base_url=site.live.base_url, locale="nl-NL", **options)  # type: ignore[arg-type]
    profile.set_default_timeout(15_000)
    cookies = site.sessions.get(who, {})
    profile.add_cookies(
        [{"name": name, "value": value, "url": site.live.base_url} for name, value in cookies.items()]
    )
    return profile


def path_of(site: Site, name: str) -> str:
    """Where this page is, or begins."""
    return site.table[name][1] if name in TABLE else PAGES[name].path


def fetch(profile: BrowserContext, site: Site, name: str) -> str:
    """The HTML of a page for which nothing has to be done, without showing it."""
    answer = profile.request.get(path_of(site, name))
    assert answer.status == PAGES[name].status, f"{name}: {answer.status}"
    return answer.text()


def visit(page: Page, site: Site, name: str) -> str:
    """Go to this page and do what has to be done there; its HTML as the server sent it.

    Raises AssertionError when it answers otherwise than it should.
    """
    wanted = PAGES[name]
    answer = page.goto(path_of(site, name))
    if wanted.act is not None:
        answer = wanted.act(page, site) or answer
    assert answer is not None
    assert answer.status == wanted.status, f"{name}: {answer.status}"
    return answer.text()
