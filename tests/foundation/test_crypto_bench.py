"""The benchmark measures what it says and cleans up after itself."""

import contextlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mmm.foundation.crypto.models import Erasure, Vault


@pytest.mark.django_db(transaction=True, databases=["default", "keys", "cache"])
def test_the_benchmark_prints_its_two_figures_and_leaves_nothing_behind() -> None:
    out = StringIO()
    # Five rounds on a busy machine prove nothing about the price itself: too dear is no failure here.
    with contextlib.suppress(CommandError):
        call_command("bench_crypto", "--json", "--rounds=5", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["name"] for line in lines] == ["crypto read 8", "crypto write 1"]
    assert all(line["unit"] == "ms" and line["value"] > 0 and line["floor_ratio"] > 0 for line in lines)
    assert not [name for name in connection.introspection.table_names() if name.startswith("bench_")]
    assert not Vault.objects.exists()
    assert not Erasure.objects.exists()
