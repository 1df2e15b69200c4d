"""Lists from a spreadsheet: all or nothing, each problem with its line, first a look."""

import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from mmm.foundation.policy import NotAllowed
from mmm.region import importing
from mmm.region.models import Municipality, Organisation
from tests import cast
from tests.accounts.doors import once
from tests.region.people import region

pytestmark = pytest.mark.django_db
HEAD = "naam;soort;schakel;kvk\n"


def plan(text: str) -> importing.Plan:
    return importing.plan_organisations(None, text, region=region())


def lines(made: importing.Plan) -> list[int]:
    return [each.line for each in made.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_dutch_spreadsheet_writes_is_read(encoding: str, delimiter: str, ending: str) -> None:
    rows = [["naam", "soort", "schakel", "kvk"], ['"Café ""De Brug"""', "dienst", "Zorg", "01234567"]]
    data = ending.join(delimiter.join(row) for row in rows).encode(encoding)
    made = plan(importing.decoded(data))
    assert made.problems == []
    made.carry_out()
    found = Organisation.objects.get(kvk="01234567")
    assert (found.name, found.kind, found.chain_link) == ('Café "De Brug"', "service", "care")
    assert found.checked_at is None, "a list is not a look"


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("A;dienst;werk", 2),  # a column is missing
        ("A;dienst;werk;;x", 2),
        (";dienst;werk;", 2),
        ("A;club;werk;", 2),
        ("A;dienst;sport;", 2),
        ("A;dienst;werk;12a", 2),
        ("A;dienst;werk;123456789", 2),
        ("=HYPERLINK(1);dienst;werk;", 2),
        ("@som;dienst;werk;", 2),
        ("+31;dienst;werk;", 2),
        ("-1;dienst;werk;", 2),
        (f"{'x' * 121};dienst;werk;", 2),
        ("A;dienst;werk;\n\na;dienst;werk;", 4),  # the same name
        ('"A;dienst;werk;', 2),  # a quotation mark without an end
    ],
)
def test_each_mistake_is_told_with_its_line_and_nothing_is_done(row: str, at: int) -> None:
    made = plan(f"{HEAD}{row}\n")
    assert lines(made) == [at]
    with pytest.raises(ValueError, match="nothing was done"):
        made.carry_out()
    assert not Organisation.objects.exists()


def test_one_wrong_line_stops_the_good_ones() -> None:
    made = plan(HEAD + "Goed;dienst;werk;\nFout;dienst;sport;\n")
    assert lines(made) == [3]
    assert made.new == ["Goed"]
    with pytest.raises(ValueError, match="problems"):
        made.carry_out()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("text", ["", "\n", "naam;soort\nA;dienst", "a,b,c,d\n1,2,3,4", HEAD])
def test_without_the_right_columns_or_lines_the_first_line_is_told(text: str) -> None:
    assert lines(plan(text)) == [1]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError, match=r"CSV"):
        importing.decoded(b"PK\x03\x04\x00\x00\x81\x8d")


def test_reading_a_list_twice_changes_nothing_and_keeps_what_was_decided() -> None:
    text = HEAD + "Werkpunt;dienst;werk;123\n"
    plan(text).carry_out()
    Organisation.objects.update(chain_link="care")
    again = plan(text)
    assert (again.new, again.changed, again.same) == ([], [], 1)
    again.carry_out()
    found = Organisation.objects.get()
    assert (found.kvk, found.chain_link) == ("00000123", "care")


def test_five_thousand_lines_take_seconds_and_more_are_refused() -> None:
    rows = "".join(f"Organisatie {n};dienst;werk;{n:08}\n" for n in range(importing.LONGEST))
    before = time.perf_counter()
    plan(HEAD + rows).carry_out()
    assert time.perf_counter() - before < 10
    assert Organisation.objects.count() == importing.LONGEST
    assert lines(plan(HEAD + rows + "Nog een;dienst;werk;\n")) == [importing.LONGEST + 2]


def test_a_stranger_reads_no_list_into_a_region() -> None:
    with pytest.raises(NotAllowed):
        importing.plan_organisations(cast.coordinator(at=cast.ELSEWHERE), HEAD, region=region())


def test_on_the_page_one_looks_first_and_then_does_it() -> None:
    client = cast.client_of(cast.coordinator())
    url = reverse("region:organisations_import")
    text = HEAD + "Werkpunt Noord;dienst;werk;\n"
    page = client.post(url, {"once": once(), "rows": text, "act": "look"}).content.decode()
    assert "Werkpunt Noord" in page
    assert not Organisation.objects.exists()
    wrong = client.post(url, {"once": once(), "rows": text + "X;dienst;sport;", "act": "do"})
    assert "Regel 3" in wrong.content.decode()
    assert "Werkpunt Noord" in wrong.content.decode(), "what was pasted is still there"
    assert client.post(url, {"once": once(), "rows": text, "act": "do"}).status_code == 302
    assert Organisation.objects.get().region == region()


def test_the_command_for_organisations_is_a_dry_run_unless_said_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "lijst.csv"
    file.write_bytes((HEAD + "Zorg é;dienst;zorg;\n").encode("cp1252"))
    call_command("import_organisations", str(file), region=cast.HOME, verbosity=0)
    assert not Organisation.objects.exists()
    call_command("import_organisations", str(file), "--yes", region=cast.HOME, verbosity=0)
    assert Organisation.objects.get().name == "Zorg é"
    with pytest.raises(CommandError):
        call_command("import_organisations", str(file), region="atlantis")
    with pytest.raises(CommandError):
        call_command("import_organisations", str(tmp_path / "weg.csv"), region=cast.HOME)


def test_municipalities_move_and_come_and_unknown_regions_are_told(tmp_path: Path) -> None:
    region()
    file = tmp_path / "regios.csv"
    file.write_text("regio,gemeente\nTwente,Leiden\nZeeland,Nieuwland\nTwente,Enschede\n")
    call_command("import_regions", str(file), verbosity=0)
    assert Municipality.objects.get(name="Leiden").region.slug == cast.HOME
    call_command("import_regions", str(file), "--yes", verbosity=0)
    assert Municipality.objects.get(name="Leiden").region.slug == "twente"
    new = Municipality.objects.get(name="Nieuwland")
    assert (new.region.slug, new.to_check) == ("zeeland", True)
    made = importing.plan_regions("regio;gemeente\nAtlantis;Leiden\nTwente;leiden\nTwente;Enschede\n")
    assert lines(made) == [2, 3]
    file.write_text("regio,gemeente\nAtlantis,Leiden\n")
    with pytest.raises(CommandError, match="line 2"):
        call_command("import_regions", str(file))
