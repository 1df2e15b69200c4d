"""A real installation opens when five things are on record."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from mmm.config import checks
from mmm.region import gate
from mmm.region.models import GateRecord
from tests import cast

pytestmark = pytest.mark.django_db
BEHIND = ["/meedoen/", "/mijn-verhaal/", "/wat-heb-jij-nodig/", "/delen/", "/met-mij-gedeeld/"]
IN_FRONT = ["/", "/inloggen/", "/regios/", "/jouw-gegevens/"]


@override_settings(GATE=True)
def test_nobody_joins_or_writes_until_all_five_are_on_record(client: Client) -> None:
    sam = cast.client_of(cast.person())
    for number, item in enumerate(GateRecord.Item.values):
        for path in BEHIND:
            answer = client.get(path)
            assert answer.status_code == 503, (number, path)
            assert "nog niet open" in answer.content.decode()
        assert sam.post("/mijn-verhaal/dromen/1/", {"text": "Iets."}).status_code == 503
        for path in IN_FRONT:
            assert client.get(path).status_code == 200, path
        assert [message.id for message in checks.production_is_advised(None)] == ["mmm.gate"]
        gate.record(item, "Gemeente Leiden, afdeling privacy")
    assert client.get("/meedoen/").status_code == 200
    assert sam.get("/mijn-verhaal/").status_code == 200
    assert checks.production_is_advised(None) == []


def test_outside_production_there_is_no_gate(client: Client) -> None:
    assert gate.missing()
    assert client.get("/meedoen/").status_code == 200


def test_the_record_keeps_every_line_and_the_last_one_holds() -> None:
    call_command("record_gate", "dpia", "DPIA versie 1, getekend 3 maart 2026", verbosity=0)
    call_command("record_gate", "dpia", "DPIA versie 2, getekend 1 juni 2026", verbosity=0)
    assert gate.on_record()["dpia"].words.startswith("DPIA versie 2")
    assert GateRecord.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("record_gate", "dpia", " ")
    with pytest.raises(CommandError):
        call_command("record_gate", "iets", "X")
