"""`/redactie/`: every address of it is there for who acts as an editor now, and for nobody else."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mmm.accounts.actors import Actor
from mmm.content import editors, wall
from mmm.region import staff
from mmm.region.models import StaffRole
from tests import cast
from tests.house.table import ROLES
from tests.house.world import made

pytestmark = pytest.mark.django_db


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the editors' room, with 1 for what it asks."""
    (room,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "redactie/"]

    def below(resolver: URLResolver, path: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            here = path + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from below(entry, here)
            else:
                yield _filled(here), entry

    assert isinstance(room, URLResolver)
    return below(room, "/redactie/")


def _filled(pattern: str) -> str:
    path = re.sub(r"<(?:\w+:)?\w+>", "1", pattern)
    path = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", path)
    return path.replace("^", "").replace("$", "").replace("\\", "")


def test_every_address_of_the_room_is_behind_the_wall() -> None:
    without = [path for path, entry in addresses() if not getattr(entry.callback, "is_walled", False)]
    assert not without
    assert len(list(addresses())) > 100


def test_nobody_but_an_editor_finds_the_room() -> None:
    world, client = made(), Client()
    some = [
        "/redactie/",
        "/redactie/pages/1/edit/",
        "/redactie/images/",
        "/redactie/snippets/",
        "/redactie/login/",
    ]
    for role in sorted(ROLES):
        world.enter(client, role)
        for path in some:
            if role == "editor" and path != "/redactie/login/":
                continue
            for answer in (client.get(path), client.post(path, {"title": "x"})):
                assert answer.status_code == 404, f"{role} at {path}"


def test_every_address_is_404_for_a_coordinator() -> None:
    client = cast.client_of(cast.coordinator())
    wrong = [path for path, _entry in addresses() if client.get(path).status_code != 404]
    assert not wrong


def test_an_editor_who_acts_as_herself_or_did_no_second_step_does_not_find_it() -> None:
    editor = cast.staff("editor")
    assert cast.client_of(Actor(editor.user)).get("/redactie/").status_code == 404
    assert cast.client_of(editor, second_step=False).get("/redactie/").status_code == 404


def test_editor_gets_in_under_a_policy_without_inline_scripts(plain_templates: None) -> None:
    answer = cast.client_of(cast.staff("editor")).get("/redactie/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.findall(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)", answer.content)


def test_what_the_house_does_not_have_is_shut_for_editors_too() -> None:
    client = cast.client_of(cast.staff("editor"))
    assert {client.get(f"/redactie/{path}").status_code for path in wall.SHUT} == {404}


def test_whose_task_ended_is_out_at_the_next_request_and_out_of_the_group() -> None:
    coordinator, editor = cast.coordinator(), cast.staff("editor")
    client = cast.client_of(editor)
    assert editor.user.groups.filter(name=editors.NAME).exists()
    staff.end(coordinator, row=StaffRole.objects.get(user=editor.user))
    assert client.get("/redactie/").status_code == 404
    assert not editor.user.groups.exists()


def test_a_post_without_the_token_is_refused(plain_templates: None) -> None:
    editor = cast.staff("editor")
    client = cast.client_of(editor)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post("/redactie/pages/1/edit/", {"title": "x"}).status_code == 403


def test_nobody_can_be_superuser() -> None:
    from django.db import IntegrityError, transaction

    editor = cast.staff("editor")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(editor.user).objects.filter(id=editor.id).update(is_superuser=True)


@pytest.mark.parametrize("path", ["verlopen/", "twee-talen/", "links/", "je-eerste-tekst/"])
def test_pages_of_our_own_open_for_an_editor_alone(plain_templates: None, path: str) -> None:
    assert cast.client_of(cast.staff("editor")).get(f"/redactie/{path}").status_code == 200
    assert Client().get(f"/redactie/{path}").status_code == 404
