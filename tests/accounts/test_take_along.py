"""Everything that is kept of somebody, in one file: whole, readable, nobody else's, and left nowhere."""

import datetime as dt
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mmm.accounts.takeaway import package, readable
from mmm.consent import services as consent
from mmm.consent import things
from mmm.foundation import clock, crypto, doors, pdf
from mmm.foundation.audit.models import MachineCount
from mmm.stories import services as stories
from tests import cast
from tests.accounts.schema import wrong

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
URL = "/mijn-gegevens/meenemen/"
SCHEMA = json.loads(package.SCHEMA.read_text())


@pytest.fixture(autouse=True)
def no_typesetter(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A PDF takes a second; the test about the PDF makes one."""
    if "real_pdf" not in request.fixturenames:
        monkeypatch.setattr(pdf, "render", lambda html: b"%PDF-" + html.encode())


@pytest.fixture
def real_pdf() -> None:
    """This test makes PDFs."""


def full_person() -> Any:
    """Somebody of whom every room holds something of everything."""
    sam = cast.worker()
    with clock.moved(-3 * DAY):
        cast.write(sam, "dreams", "day", "Eerst stond hier merelwens.")
    cast.write(sam, "dreams", "day", "Nu staat hier lijsterwens.\nEn een tweede regel.", version=1)
    cast.write(sam, "dreams", "day", "Op de telefoon stond vinkwens.", version=1)
    stories.save_answer(sam, kind="needs", question="conditions", content={"choices": _choices()}, version=0)
    marieke = cast.professional("Marieke Kneu")
    (grant,) = cast.share(sam, marieke, "dreams")
    consent.read(marieke, owner_id=sam.id)
    consent.revoke(sam, grant_id=grant.id)
    cast.share(sam, marieke, "story")
    draft = consent.begin(sam, chosen=things.of(sam.id)[:1])
    consent.choose(sam, draft_id=draft.id, words="Misschien later.", purpose="find_work")
    cast.member(sam, cast.organisation("Ervaring"), profession=cast.PEER_EXPERT)
    return sam


def _choices() -> dict[str, str]:
    from mmm.stories import questions

    keys = [each.key for each in questions.conditions()][:3]
    return dict(zip(keys, ("needed", "nice", "either"), strict=True))


def taken(client: Client) -> zipfile.ZipFile:
    answer = client.post(URL)
    assert answer.status_code == 200, answer.content[:200]
    assert answer.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_the_file_holds_every_word_with_its_history_its_readers_and_its_looks() -> None:
    sam = full_person()
    answer = cast.client_of(sam).post(URL)
    assert "no-store" in answer.headers["Cache-Control"]
    day = clock.today().isoformat()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="mijn-gegevens-{day}.zip"'
    file = zipfile.ZipFile(io.BytesIO(answer.content))
    assert file.testzip() is None
    assert set(file.namelist()) == {"data.json", "schema.json", "lees-mij.html", "lees-mij.pdf"}
    data = json.loads(file.read("data.json"))
    dreams = next(part for part in data["rooms"]["stories"]["parts"] if part["kind"] == "dreams")
    assert dreams["title"] == "Mijn dromen"
    day_answer = next(each for each in dreams["questions"] if "lijsterwens" in each["text"])
    assert [each["text"] for each in day_answer["earlier"]] == ["Eerst stond hier merelwens."]
    assert [each["text"] for each in day_answer["written_elsewhere"]] == ["Op de telefoon stond vinkwens."]
    grants = data["rooms"]["consent"]["grants"]
    assert [(each["what"], bool(each["taken_back"])) for each in grants] == [
        ("Mijn dromen", True),
        ("Wat ik wil vertellen", False),
    ]
    assert all("Marieke Kneu" in each["reader"] and each["words"] for each in grants)
    assert data["rooms"]["consent"]["looks"][0]["read"] == ["Mijn dromen"]
    assert data["rooms"]["consent"]["unfinished"][0]["words"] == "Misschien later."
    assert data["rooms"]["region"]["work"][0]["organisation"] == "Ervaring"


def test_the_data_is_what_the_schema_says_and_the_schema_names_every_room() -> None:
    sam = full_person()
    file = taken(cast.client_of(sam))
    assert json.loads(file.read("schema.json")) == SCHEMA
    assert wrong(json.loads(file.read("data.json")), SCHEMA) == []
    assert set(SCHEMA["properties"]["rooms"]["properties"]) == {room.room for room in doors.personal_data}


def test_the_schema_notices_a_key_too_many_and_one_too_few() -> None:
    data = package.gathered(full_person().user)
    data["rooms"]["accounts"]["diagnosis"] = "x"
    del data["rooms"]["region"]["work"][0]["name"]
    assert wrong(data, SCHEMA) == [
        "data.rooms.accounts.diagnosis is not in the schema",
        "data.rooms.region.work[0].name is missing",
    ]


def test_every_key_has_a_word_that_a_person_knows() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for each in value.values() for key in keys(each)}
        return {key for each in value for key in keys(each)} if isinstance(value, list) else set()

    data = package.gathered(full_person().user)
    for room in doors.personal_data:
        assert keys(data["rooms"][room.room]) - set(room.words) == set(), room.room
        assert room.title


def test_what_stands_in_the_data_stands_on_the_page() -> None:
    file = taken(cast.client_of(full_person()))
    page = file.read("lees-mij.html").decode()
    text = " ".join("".join(html5lib.parse(page, namespaceHTMLElements=False).itertext()).split())
    rooms = json.loads(file.read("data.json"))["rooms"]
    for word in strings(rooms):
        for line in word.splitlines():
            said = readable._said(line)
            machine = line in {"dreams", "needs", "story"}
            assert machine or " ".join(said.split()) in text, line


def test_the_page_stands_alone_in_the_persons_language_without_script() -> None:
    sam = full_person()
    sam.user.language = "en"
    sam.user.save()
    cast.write(sam, "dreams", "work", "<script>alert(1)</script> & meer", version=1)
    page = taken(cast.client_of(sam)).read("lees-mij.html").decode()
    assert '<html lang="en">' in page
    assert "What stood here before" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.findall(r'(?:href|src)="(?!data:text/css)', page)
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page)


def test_there_is_nobody_elses_text_and_no_secret_in_it() -> None:
    sam = full_person()
    noor = cast.person("Noor Spreeuw")
    cast.write(noor, "story", "path", "Dit is van Noor: ijsvogelverhaal.")
    reader = cast.professional("Sam Lezer")
    cast.share(noor, reader, "story")
    everything = taken(cast.client_of(sam))
    his = taken(cast.client_of(type(sam)(reader.user)))
    for file in (everything, his):
        for name in file.namelist():
            content = file.read(name)
            assert b"ijsvogel" not in content
            assert b"Spreeuw" not in content
    text = everything.read("data.json").decode()
    assert sam.user.password not in text
    for secret in (sam.vault_id.hex, str(sam.vault_id), sam.user.id.hex, str(sam.user.id)):
        assert secret not in text


def test_it_is_counted_and_three_in_an_hour_are_enough() -> None:
    sam = cast.worker()
    client = cast.client_of(sam)
    for _ in range(3):
        taken(client)
    jobs = dict(MachineCount.objects.filter(vault_id=sam.vault_id).values_list("job", "count"))
    assert jobs["accounts.takeaway"] == jobs["stories.export"] == 3
    answer = client.post(URL)
    assert answer.status_code == 429
    assert "al drie keer opgehaald" in answer.content.decode()
    with clock.moved(dt.timedelta(minutes=61)):
        later = cast.client_of(sam)
        session = later.session
        session["signed_in_at"] = clock.now().isoformat()
        session.save()
        assert later.post(URL).status_code == 200


def test_without_a_fresh_code_there_is_no_file() -> None:
    client = cast.client_of(cast.worker(), just_signed_in=False)
    assert client.get(URL).url == f"{reverse('accounts:again')}?next=%2Fmijn-gegevens%2Fmeenemen%2F"
    assert client.post(URL).headers.get("Content-Type") != "application/zip"


def test_nothing_of_it_is_left_on_disk() -> None:
    sam = full_person()
    client = cast.client_of(sam)
    places = [Path(settings.DATA), Path(tempfile.gettempdir())]
    before = {path for place in places for path in place.iterdir()}
    taken(client)
    after = {path for place in places for path in place.iterdir()}
    assert not [
        path for path in after - before if path.is_file() and path.suffix in {"", ".zip", ".json", ".html"}
    ]


@pytest.mark.parametrize("problem", [pdf.NotInstalled(), pdf.Failed("x")])
def test_without_a_pdf_the_rest_is_there_and_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fails(html: str) -> bytes:
        raise problem

    monkeypatch.setattr(pdf, "render", fails)
    file = taken(cast.client_of(cast.worker()))
    assert "lees-mij.pdf" not in file.namelist()
    assert "Alles staat in lees-mij.html." in file.read("lees-mij-pdf.txt").decode()
    assert "Ik wil met planten werken." in file.read("lees-mij.html").decode()


@pytest.mark.usefixtures("real_pdf")
def test_the_pdf_holds_the_story_as_it_stands_now() -> None:
    pypdf = pytest.importorskip("pypdf")
    file = taken(cast.client_of(full_person()))
    if "lees-mij.pdf" not in file.namelist():
        pytest.skip("no Pango here")
    paper = pypdf.PdfReader(io.BytesIO(file.read("lees-mij.pdf")))
    text = "".join(page.extract_text() for page in paper.pages)
    assert "lijsterwens" in text
    assert "merelwens" not in text  # what stood there before is in the other two
    assert paper.metadata is not None
    assert (paper.metadata.title or "").strip() == "Mijn gegevens"


def test_a_person_whose_key_is_gone_gets_no_half_file() -> None:
    sam = full_person()
    crypto.destroy_vault(sam.vault_id)
    client = cast.client_of(sam)
    client.raise_request_exception = False
    assert client.post(URL).status_code == 500
