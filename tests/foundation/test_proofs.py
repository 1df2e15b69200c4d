"""What `./mmm prove` prints: small runs of it."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from mmm.demo.management.commands.prove_restore import Command

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restore_from_before_an_erasure_brings_nobody_back() -> None:
    out = io.StringIO()
    call_command(Command(), "--people", "3", stdout=out)
    figures = out.getvalue()
    for kind in ("erased at once", "erased after 14 days", "erased after a death"):
        assert f"{kind}: readable after the restore".ljust(52) + "     0 of 3" in figures
    assert "waiting: accounts that are open".ljust(52) + "     0 of 3" in figures
    assert "with other codes: old codes that let in again".ljust(52) + "     0 of 3" in figures
    assert Path(settings.DATA, "farewells.log").exists()
