"""autosave.js and count.js in a real browser, against a server that only this test plays."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from mmm.design import assets

pytestmark = pytest.mark.journey

HTML = """<!DOCTYPE html><html lang="nl" data-who="{who}"><head><title>Vraag</title>
<script type="module" src="/autosave.js"></script><script type="module" src="/count.js"></script></head><body>
<form method="post" action="/vraag/" data-autosave>
<input type="hidden" name="once" value="0"><input type="hidden" name="version" value="{version}">
<textarea id="t" name="text" data-count="20">{text}</textarea>
<p class="count" data-count-for="t" data-left="nog {{n}}" data-over="{{n}} te veel"></p>
<p class="saved" data-saved="Bewaard om {{time}}" data-unsaved="Nog niet bewaard."><span>Nog niets</span></p>
<button>Bewaar</button></form>
<form id="uit" action="/uit/" method="post" data-forget><button>Log uit</button></form></body></html>"""


class Server:
    """Answers each request by hand; `fails` is the status of the answers to autosaves, 0 for no network."""

    def __init__(self, page: Page) -> None:
        self.text, self.version, self.who = "", 3, "a"
        self.posts: list[dict[str, str]] = []
        self.buttons: list[dict[str, str]] = []
        self.fails: int | None = None
        page.route("**/*", self.answer)

    def answer(self, route: Route, request: Request) -> None:
        path = "/" + request.url.split("/", 3)[3]
        if path.endswith(".js"):
            source = (assets.HERE / "static" / "design" / path[1:]).read_text(encoding="utf-8")
            route.fulfill(body=source, content_type="text/javascript")
        elif request.method == "POST" and path == "/vraag/":
            self.post(route, {name: values[0] for name, values in parse_qs(request.post_data or "").items()})
        else:
            html = HTML.format(text=self.text, version=self.version, who=self.who)
            route.fulfill(body=html, content_type="text/html")

    def post(self, route: Route, fields: dict[str, str]) -> None:
        if route.request.headers.get("x-autosave") != "1":
            self.buttons.append(fields)
            route.fulfill(body="<title>Beide teksten</title>", content_type="text/html")
        elif self.fails == 0:
            route.abort("internetdisconnected")
        elif self.fails:
            route.fulfill(status=self.fails, body="{}", content_type="application/json")
        else:
            self.posts.append(fields)
            self.version += 1
            self.text = fields["text"]
            body = json.dumps({"saved": "14.32", "version": self.version})
            route.fulfill(body=body, content_type="application/json")


@pytest.fixture
def server(page: Page) -> Server:
    played = Server(page)
    page.goto("http://mmm.test/vraag/")
    return played


def kept(page: Page) -> int:
    """How many texts wait in this tab."""
    return int(page.evaluate("Object.keys(sessionStorage).length"))


def test_text_is_saved_after_a_rest_in_typing(page: Page, server: Server) -> None:
    page.locator("#t").press_sequentially("Ik wil bakken", delay=10)
    expect(page.locator(".saved span")).to_have_text("Bewaard om 14.32")
    assert [post["text"] for post in server.posts] == ["Ik wil bakken"]
    assert re.fullmatch(r"[0-9a-f]{32}", server.posts[0]["once"])
    assert page.locator("[name=version]").input_value() == "4"
    assert kept(page) == 0


def test_each_save_has_a_key_of_its_own_and_the_newest_version(page: Page, server: Server) -> None:
    for text in ("een", "twee"):
        page.locator("#t").fill(text)
        page.wait_for_timeout(1300)
    assert [post["version"] for post in server.posts] == ["3", "4"]
    assert server.posts[0]["once"] != server.posts[1]["once"]


class Listener(BaseHTTPRequestHandler):
    """A real server: what a page sends while it goes away passes by the routes of the test."""

    heard: ClassVar[list[str]] = []

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        body = HTML.format(text="", version=3, who="a")
        if self.path.endswith(".js"):
            body = (assets.HERE / "static" / "design" / self.path[1:]).read_text(encoding="utf-8")
        self.reply(body, "text/javascript" if self.path.endswith(".js") else "text/html")

    def do_POST(self) -> None:
        posted = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.append(parse_qs(posted)["text"][0])
        self.reply('{"saved": "14.32", "version": 4}', "application/json")

    def reply(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def address() -> Iterator[str]:
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    Listener.heard.clear()
    Thread(target=listener.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listener.server_port}"
    listener.shutdown()
    listener.server_close()


def test_words_arrive_once_when_the_page_is_left_mid_sentence(page: Page, address: str) -> None:
    page.goto(f"{address}/vraag/")
    page.locator("#t").press_sequentially("Ik wil gr", delay=5)
    page.goto(f"{address}/anders/")
    page.wait_for_timeout(500)
    assert Listener.heard == ["Ik wil gr"]


def test_two_devices_lead_to_the_page_with_both_texts(page: Page, server: Server) -> None:
    server.fails = 409
    page.locator("#t").fill("van mijn telefoon")
    expect(page).to_have_title("Beide teksten")
    assert server.buttons[0]["text"] == "van mijn telefoon"
    assert kept(page) == 0


def test_lapsed_session_leads_to_the_sign_in_page_with_the_words(page: Page, server: Server) -> None:
    server.fails = 403
    page.locator("#t").fill("na twaalf uur")
    expect(page).to_have_title("Beide teksten")
    assert server.buttons[0]["text"] == "na twaalf uur"


def test_without_network_the_text_waits_and_is_saved_later(page: Page, server: Server) -> None:
    server.fails = 0
    page.locator("#t").fill("in de trein")
    expect(page.locator(".saved span")).to_have_text("Nog niet bewaard.")
    assert kept(page) == 1
    server.fails = None
    expect(page.locator(".saved span")).to_have_text("Bewaard om 14.32", timeout=8000)
    assert server.text == "in de trein"
    assert kept(page) == 0


def test_waiting_text_comes_back_after_a_reload(page: Page, server: Server) -> None:
    server.fails = 0
    page.locator("#t").fill("nog niet weg")
    expect(page.locator(".saved span")).to_have_text("Nog niet bewaard.")
    page.reload()
    expect(page.locator("#t")).to_have_value("nog niet weg")


def test_the_next_person_on_this_phone_never_gets_waiting_text(page: Page, server: Server) -> None:
    server.fails = 0
    page.locator("#t").fill("van mij alleen")
    expect(page.locator(".saved span")).to_have_text("Nog niet bewaard.")
    server.who = "b"
    page.goto("http://mmm.test/vraag/")
    expect(page.locator("#t")).to_have_value("")
    assert kept(page) == 0


def test_signing_out_leaves_nothing_in_the_tab(page: Page, server: Server) -> None:
    server.fails = 0
    page.locator("#t").fill("geheim")
    expect(page.locator(".saved span")).to_have_text("Nog niet bewaard.")
    page.get_by_role("button", name="Log uit").click()
    page.wait_for_timeout(200)
    assert kept(page) == 0


def test_too_long_is_told_and_nothing_is_cut_off(page: Page, server: Server) -> None:
    page.locator("#t").fill("x" * 25)
    expect(page.locator(".count")).to_have_text("5 te veel")
    assert len(page.locator("#t").input_value()) == 25
    page.locator("#t").fill("👩‍🍳" * 2)  # three code points each
    expect(page.locator(".count")).to_have_text("nog 14")
