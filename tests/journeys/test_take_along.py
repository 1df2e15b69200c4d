"""Somebody takes everything along, goes, comes back, and then erases; a restore brings nobody back."""

import json
import shutil
import uuid
import zipfile

import pytest

from tests import databases
from tests.journeys.conftest import Arrive
from tests.journeys.hands import NoScript, Touch, dutch
from tests.journeys.test_core import gone_from_files
from tests.live import Live

pytestmark = pytest.mark.journey
LINE = "Ik wil met bijen werken, aan de rand van het dorp."
KNOWN = """
from allauth.account.models import EmailAddress
print(EmailAddress.objects.filter(email={address!r}).exists())
"""


@pytest.mark.parametrize("hands", [Touch, NoScript], ids=["touch", "without-javascript"])
def test_person_takes_everything_along_goes_comes_back_and_erases(
    hands: type[Touch], live: Live, arrive: Arrive, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = f"Wilg{uuid.uuid4().hex[:6]}"
    address = f"{name.lower()}@voorbeeld.example"
    p = arrive(hands)
    p.open("/meedoen/")
    p.write(dutch("What shall we call you?"), name)
    p.write(dutch("Your e-mail address"), address)
    p.choose(dutch("I am 16 years or older"))
    p.with_code(address, lambda: p.send("Stuur mij een code"))
    p.open("/mijn-verhaal/dromen/1/")
    p.tell(LINE)
    p.send("Bewaar en stop voor nu")

    # Everything, in one file.
    p.open("/mijn-gegevens/")
    p.follow("Neem mijn gegevens mee")
    with p.page.expect_download() as coming:
        p.page.get_by_role("button", name="Maak het bestand met al mijn gegevens").click()
    file = zipfile.ZipFile(coming.value.path())
    assert coming.value.suggested_filename.startswith("mijn-gegevens-")
    assert LINE in file.read("lees-mij.html").decode()
    assert LINE in json.dumps(json.loads(file.read("data.json")), ensure_ascii=False)

    # Later, and then not after all.
    p.open("/mijn-gegevens/wissen/")
    p.choose(dutch("After 14 days. Until then I can come back."))
    p.send("Ja, wis alles")
    p.title("Niemand ziet je nu nog")
    p.open("/mijn-verhaal/")
    p.title("Inloggen")
    p.sign_in(address)
    p.send("Ik wil toch blijven")
    p.open("/mijn-verhaal/lezen/")
    p.reads(LINE)

    # A backup; then everything goes, at once.
    folder = tmp_path_factory.mktemp("backup")
    live.manage("backup", str(folder))
    p.open("/mijn-gegevens/wissen/")
    p.choose(dutch("Now. Then I can never come back."))
    p.send("Ja, wis alles")
    p.title("Alles is gewist")
    assert gone_from_files(live, [LINE, name, address]) == set()

    # The backup of before, put back into a copy of this installation: the ledger knows.
    if databases.SERVER:
        return  # a restore would take the database from under the other journeys
    copy = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(live.data, copy)
    env = {**live.env, "MMM_DATA": str(copy)}
    said = databases.manage("restore", str(folder), "--force", env=env)
    assert "people erased again: 1" in said
    assert (
        databases.manage("shell", "--no-imports", "--command", KNOWN.format(address=address), env=env).strip()
        == "False"
    )
    assert LINE.encode() not in b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
