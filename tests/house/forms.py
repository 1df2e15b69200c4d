"""Every POST form of the house, found by visiting pages; how to fill it in; and what a post changed."""

import copy
import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
from django.apps import apps
from django.db import connections, models
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from mmm.accounts import selectors
from mmm.accounts.factors import totp
from mmm.consent.letters import codes
from mmm.consent.letters import selectors as letters
from mmm.foundation.tasks import outbox
from mmm.stories.offers.forms import EditForm
from tests import cast, databases
from tests.house.table import OK, ROWS
from tests.house.world import World, nothing_stays

Show = Callable[[Client, World], HttpResponse]  # brings a browser to the page with the form
AUTOSAVE = "(autosave)"
CODE = re.compile(r"^(\d{4}(?: \d{4})+)$", re.MULTILINE)
BY_HAND = re.compile(r'class="by-hand">([A-Z2-7 ]+)<')


@dataclass
class Form:
    """One POST form as it stands on a page."""

    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, kind, value
    buttons: list[tuple[str, str]] = field(default_factory=list)
    autosaves: bool = False
    known: dict[str, Any] = field(default_factory=dict)  # what is right and stands in no mail

    @property
    def view(self) -> str:
        """The name of the address it is posted to; empty when that is no address of ours."""
        try:
            return resolve(urlsplit(self.action).path).view_name
        except Resolver404:
            return ""

    @property
    def sign(self) -> tuple[str, frozenset[str]]:
        """What makes two forms the same form: where it goes, and what is asked."""
        return self.view, frozenset(name for name, _kind, _value in self.fields)

    def has(self, button: str) -> bool:
        """Whether it can be posted in this way: two forms of a page may differ in their button alone."""
        return self.autosaves if button == AUTOSAVE else button in {name for name, _value in self.buttons}

    def filled(self, button: str) -> dict[str, Any]:
        """What somebody posts who fills in everything and presses that button ("" for the plain one)."""
        data: dict[str, Any] = {}
        for name, kind, value in self.fields:
            if kind in {"radio", "select"}:
                if value:
                    data.setdefault(name, value)
            elif kind in {"hidden", "checkbox"}:
                data[name] = value
            elif name not in self.known:
                data[name] = _typed(name, value)
        if button not in {"", AUTOSAVE}:
            data[button] = next(value for name, value in self.buttons if name == button)
        return data | self.known


def _typed(name: str, value: str) -> str:
    if name == "code":
        found = CODE.search(outbox.recent(1)[0].body)
        assert found
        return found.group(1)
    if name == "letter_code":
        return codes.code_of(letters.open_letters().order_by("created_at")[0].id)
    words = {
        "password": "nieuwe woorden achter elkaar",
        "email": "nieuw@voorbeeld.example",
        "name": "Nieuwe naam",
        "text": "Nieuwe woorden.",
    }
    return words.get(name) or value or "Nieuw"


@dataclass
class Case:
    """One way to post one form: who shows it, and with which button."""

    role: str
    show: Show
    sign: tuple[str, frozenset[str]]
    button: str

    def __str__(self) -> str:
        return f"{self.sign[0]} [{self.button or 'button'}] {sorted(self.sign[1])} as {self.role}"

    def form(self, client: Client, world: World) -> Form:
        """The form, on a page that was just opened in this browser."""
        world.enter(client, self.role)
        page = self.show(client, world)
        form = next(form for form in forms_of(page) if form.sign == self.sign and form.has(self.button))
        form.known = _known(form.view, page, world, self.role)
        return form

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Autosave": "1"} if self.button == AUTOSAVE else {}


def _known(view: str, page: HttpResponse, world: World, role: str) -> dict[str, Any]:
    """What somebody has at hand here: a code on paper or in the app that is being set up, a password."""
    fatima, thing = world["coordinator without second step"], world.things
    of_forms: dict[str, dict[str, Any]] = {
        "stories:given_edit": {"checks": [key for key, _words in EditForm.CHECKS]},
        "accounts:letter": {"code": thing["a letter"].code},
        "accounts:letter_pin": {"pin": thing["a letter"].pin},
        "accounts:pin": {"pin": "84719302"},
        "accounts:letter_name": {"pin": "84719302"},
        "accounts:letter_own_pin": {"pin": "84719302"},
        "accounts:sentence": {"sentence": SENTENCE},
        "region:recovery": {"name": WHO_ASKS, "sentence": SENTENCE},
        "region:invite": {"organisation": "", "profession": "", "address": "gast@voorbeeld.example"},
        "region:hours": {f"day{day}_{part}": "" for day in range(1, 7) for part in range(2)}
        | {"day0_0": "9", "day0_1": "12.30"},
        "region:staff": {"address": "gast@voorbeeld.example"},
        "region:check": {"kvk": "12345678"},
        "region:organisations_import": {
            "rows": "naam;soort;schakel;kvk\nNieuw;dienst;werk;",
            "act": "do",
        },
    }
    if view in of_forms:
        return of_forms[view]
    if view == "accounts:again" and role == "who came by letter":
        return {"pin": thing["the pin of who came by letter"]}
    if view == "accounts:step":
        return {"code": cast.next_paper_code(world[role].user)}
    if view == "accounts:by_step":
        return {"code": cast.next_paper_code(fatima.user)}
    if view == "accounts:by_password":
        return {"email": selectors.own_address(fatima), "password": cast.PASSWORD}
    if view == "accounts:app" and (found := BY_HAND.search(page.content.decode())):
        return {"code": totp.code_now(found.group(1).replace(" ", ""))}
    return {}


def forms_of(page: HttpResponse) -> list[Form]:
    """The POST forms of a page."""
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    here = page.wsgi_request.get_full_path()  # type: ignore[attr-defined]
    found = []
    for element in tree.iter("form"):
        if element.get("method", "get").lower() != "post":
            continue
        form = Form(urljoin(here, element.get("action") or here), autosaves="data-autosave" in element.attrib)
        for control in element.iter():
            name, kind = control.get("name", ""), control.get("type", "")
            if control.tag == "button" and kind != "button":
                form.buttons.append((name, control.get("value", "")))
            elif control.tag == "textarea" and name:
                form.fields.append((name, "text", control.text or ""))
            elif control.tag == "select" and name:
                form.fields += [
                    (name, "select", option.get("value", "")) for option in control.iter("option")
                ]
            elif control.tag == "input" and name:
                form.fields.append(
                    (name, kind or "text", control.get("value", "on" if kind == "checkbox" else ""))
                )
        found.append(form)
    return found


def links_of(page: HttpResponse) -> Iterator[str]:
    """Addresses of this site that a page leads to, without their fragment.

    Not the editors' room: its forms are Wagtail's own.
    """
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    here = page.wsgi_request.get_full_path()  # type: ignore[attr-defined]
    for element in tree.iter("a"):
        address = urldefrag(urljoin(here, element.get("href", ""))).url
        if address.startswith("/") and not address.startswith(("/en/", "/static/", "/redactie/")):
            yield address


def _opens(address: str) -> Show:
    return lambda client, world: client.get(address)  # type: ignore[return-value]


def _through(*names: str) -> Show:
    """A page that is reached by posting forms: each name is the address of a form, the first on its page."""

    def show(client: Client, world: World) -> HttpResponse:
        page = client.get(names[0], follow=True)
        for name in names[1:]:
            form = next(form for form in forms_of(page) if form.view == name)  # type: ignore[arg-type]
            form.known = _known(form.view, page, world, "")  # type: ignore[arg-type]
            data = form.filled("")
            if name == "accounts:sign_in":
                data["email"] = world.things["sam's address"]
            page = client.post(form.action, data, follow=True)
        return page  # type: ignore[return-value]

    return show


def _letter(which: str) -> Show:
    """What is asked after code and PIN of this letter."""

    def show(client: Client, world: World) -> HttpResponse:
        letter, page = world.things[which], client.get("/brief/")
        for typed in ({"code": letter.code}, {"pin": letter.pin}):
            form = next(form for form in forms_of(page) if form.view.startswith("accounts:letter"))  # type: ignore[arg-type]
            form.known = typed
            page = client.post(form.action, form.filled(""), follow=True)
        return page  # type: ignore[return-value]

    return show


def _lapsed(*names: str) -> Show:
    """A page that carries words: somebody wrote, but was signed out meanwhile."""

    def show(client: Client, world: World) -> HttpResponse:
        world.enter(client, "owner")
        form = next(f for f in forms_of(client.get("/mijn-verhaal/dromen/1/")) if f.autosaves)  # type: ignore[arg-type]
        client.cookies.clear()
        page = client.post(form.action, form.filled(""))
        for name in names:
            form = next(each for each in forms_of(page) if each.view == name)  # type: ignore[arg-type]
            page = client.post(form.action, form.filled("") | {"email": world.things["sam's address"]})
        return page  # type: ignore[return-value]

    return show


def _stepless(*names: str) -> Show:
    """A page that carries words: somebody posted for work before the second step."""

    def show(client: Client, world: World) -> HttpResponse:
        page = client.post("/regio-beheer/organisaties/", {"name": "Werkpunt", "once": "0" * 32})
        for name in names:
            form = next(each for each in forms_of(page) if each.view == name)  # type: ignore[arg-type]
            page = client.post(form.action, form.filled(""))
        return page  # type: ignore[return-value]

    return show


WARNS = "sam's draft that warns"
WHO_ASKS, SENTENCE = "Merel", "De kip van tante An at mee."
ASKED, WAITED, WAY_BACK = "a recovery that was asked", "a recovery that waited", "the letter of a recovery"
# One role of each kind that has pages of its own.
KINDS = (
    "owner",
    "owner at work",
    "reader",
    "coordinator",
    "deputy",
    "editor",
    "anonymous",
    "who came by letter",
    "professional without second step",
    "coordinator without second step",
)


def _is_public(address: str) -> bool:
    """A page that is kept whole for everybody can hold no form that posts, and the table has one of each."""
    try:
        return hasattr(resolve(urlsplit(address).path).func, "public_page")
    except Resolver404:
        return False


def _recovery(world: World, name: str) -> str:
    return reverse("region:recovery", args=[world.things[name]])


# Forms that no link leads to.
JOURNEYS: list[tuple[str, Show]] = [
    ("owner", lambda client, world: client.get(f"/delen/{world.things[WARNS].hex}/bekijk/")),  # type: ignore
    ("who waits to be erased", lambda client, world: client.get("/mijn-gegevens/terug/")),  # type: ignore
    ("reader as herself", lambda client, world: client.get("/mijn-verhaal/doorgeven/")),  # type: ignore
    ("anonymous", _through("/inloggen/", "accounts:sign_in")),
    ("anonymous", _through("/meedoen/", "accounts:join")),
    ("owner, signed in long ago", _through("/inloggen/opnieuw/", "accounts:again")),
    ("owner", _through("/mijn-gegevens/e-mail/", "accounts:email")),
    ("anonymous", _through("/brief-lezen/", "consent:letter_code")),
    ("anonymous", _through("/inloggen/wachtwoord/", "accounts:by_password")),
    ("anonymous", _through("/brief/", "accounts:letter")),
    ("anonymous", _letter("a letter")),
    ("anonymous", _letter(WAY_BACK)),
    ("whose recovery goes on", lambda client, world: client.get("/herstel/lopend/")),  # type: ignore
    ("who stopped a recovery", lambda client, world: client.get("/herstel/lopend/")),  # type: ignore
    ("helper", lambda client, world: client.get(_recovery(world, ASKED))),  # type: ignore
    ("helper", lambda client, world: client.get(_recovery(world, WAITED))),  # type: ignore
    ("coordinator without second step", _stepless()),
    ("professional without second step", _stepless()),
    ("professional without second step", _stepless("accounts:app")),
    ("anonymous", _lapsed()),
    ("anonymous", _lapsed("accounts:sign_in")),
    ("anonymous", _lapsed("accounts:sign_in", "accounts:code")),
]


def found(client: Client, world: World) -> list[Case]:
    """Every form, with each of its buttons, once: as the first role that meets it."""
    cases: dict[tuple[tuple[str, frozenset[str]], str, int], Case] = {}

    def note(role: str, show: Show, page: HttpResponse, journey: int = 0) -> None:
        for form in forms_of(page):
            names = {name for name, _value in form.buttons} | ({AUTOSAVE} if form.autosaves else set())
            for name in names:
                if (form.sign, name, 0) in cases:
                    continue
                cases.setdefault((form.sign, name, journey), Case(role, show, form.sign, name))

    rows = [row for row in ROWS if "GET" in row.methods and row.name not in {"readyz", "design:components"}]
    for role in KINDS:
        world.enter(client, role)
        waiting = deque(row.address(world) for row in rows if row.expected(role) == OK)
        seen = set(waiting)
        while waiting:
            address = waiting.popleft()
            page = client.get(address)
            if page.headers.get("Content-Type", "").startswith("text/html"):
                note(role, _opens(address), page)  # type: ignore[arg-type]
                new = [each for each in links_of(page) if each not in seen and not _is_public(each)]  # type: ignore[arg-type]
                waiting.extend(new)
                seen.update(new)
    for journey, (role, show) in enumerate(JOURNEYS, 1):
        world.enter(client, role)
        with nothing_stays():  # one journey's mail keeps the next one from getting its own
            note(role, show, show(client, world), journey)
    return list(cases.values())


# -- what a post changed --

# The once-keys themselves, sessions, and counted tries: ten posts are ten tries.
NOT_COMPARED = {"once.OnceKey", "accounts.Session", "sessions.Session", "limits.Counter"}


def state() -> dict[str, int]:
    """For every table the number of rows; of its columns how many are filled or true, and their sums."""
    found: dict[str, int] = {}
    for model in apps.get_models():
        label = model._meta.label
        if (
            label in NOT_COMPARED
            or not model._meta.managed
            or model._meta.proxy
            or "tests" in model.__module__
        ):
            continue
        wanted: dict[str, Any] = {"all_rows": Count("*")}
        for column in model._meta.local_concrete_fields:
            if column.primary_key:
                continue
            if column.null:
                wanted[f"filled_{column.name}"] = Count(column.attname)
            if isinstance(column, models.BooleanField):
                wanted[f"true_{column.name}"] = Count("pk", filter=Q(**{column.attname: True}))
            elif isinstance(column, models.IntegerField):
                wanted[f"sum_{column.name}"] = Sum(column.attname, default=0)
        counted = model._default_manager.aggregate(**wanted)
        found |= {f"{label} {name}": number for name, number in counted.items()}
    return found


def change(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """What became more or less."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


class Moment:
    """The databases as they are now, to come back to: a template of this process alone."""

    def __init__(self, folder: Path) -> None:
        self._template: Any = copy.copy(databases.template())
        if databases.SERVER:
            self._template.template = f"test_{os.getpid()}"
            connections.close_all()
            self._template.copy_to(f"test_{os.getpid()}_moment")
            self._template.template = f"test_{os.getpid()}_moment"
        else:
            for connection in connections.all():
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections.close_all()
            self._template.template = Path(os.environ["MMM_DATA"])
            self._template.copy(folder)
            self._template.template = folder

    def restore(self) -> None:
        """Back to that moment."""
        self._template.restore()
