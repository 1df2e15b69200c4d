"""`bench_crypto`: what sealing costs, side by side with the same rows unsealed, on the real database."""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from django.apps.registry import Apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction

from mmm.foundation import audit, crypto, ids
from mmm.foundation.crypto.models import Vault

TEXT = "Ik wil graag met mijn handen werken, het liefst buiten en niet alleen. " * 20
PARTS = 8


class Measured(NamedTuple):
    """Median milliseconds of the plain and the sealed way, and how many times dearer sealed may be."""

    name: str
    plain: float
    sealed: float
    at_most: float

    @property
    def ratio(self) -> float:
        return self.sealed / self.plain


class PlainText(models.Model):
    """The yardstick. Like `SealedText` a table of the benchmark alone: made before, dropped after."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    vault_id = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    objects: ClassVar[models.Manager["PlainText"]] = models.Manager()

    class Meta:
        app_label = "audit"
        apps = Apps()
        db_table = "bench_plain_text"


class SealedText(models.Model):
    """The same row with its text sealed."""

    id = models.UUIDField(primary_key=True, default=ids.new)
    vault_id = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    text = crypto.SealedField()
    objects: ClassVar[models.Manager["SealedText"]] = models.Manager()

    class Meta:
        app_label = "audit"
        apps = Apps()
        db_table = "bench_sealed_text"


class Command(BaseCommand):
    help = "Measure reading 8 sealed texts and writing one against the same rows unsealed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument("--rounds", type=int, default=300)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        vault_id = crypto.create_vault("bench")
        with connection.schema_editor() as editor:
            editor.create_model(PlainText)
            editor.create_model(SealedText)
        try:
            results = _measure(vault_id, rounds)
        finally:
            with connection.schema_editor() as editor:
                editor.delete_model(PlainText)
                editor.delete_model(SealedText)
            # Nothing was ever promised about this vault, so it needs no line in the ledger of erasures.
            Vault.objects.filter(pk=vault_id).delete()
        self._print(results, as_json=options["json"])
        dear = [result.name for result in results if result.ratio > result.at_most]
        if dear:
            raise CommandError(f"Dearer than it may be: {', '.join(dear)}.")

    def _print(self, results: list[Measured], *, as_json: bool) -> None:
        if not as_json:
            self.stdout.write(f"{'':24}{'plain ms':>10}{'sealed ms':>11}{'ratio':>8}{'at most':>9}")
        for result in results:
            if as_json:
                line = {"name": result.name, "value": round(result.sealed, 3), "unit": "ms"}
                self.stdout.write(json.dumps({**line, "floor_ratio": round(result.ratio, 2)}))
            else:
                figures = f"{result.plain:10.3f}{result.sealed:11.3f}{result.ratio:8.2f}{result.at_most:9.1f}"
                self.stdout.write(f"{result.name:24}{figures}")


def _measure(vault_id: Any, rounds: int) -> list[Measured]:
    receipt = audit.own(vault_id)
    plain = [PlainText(vault_id=vault_id, text=TEXT) for _ in range(PARTS)]
    sealed = [SealedText(vault_id=vault_id) for _ in range(PARTS)]
    for row in sealed:
        crypto.seal(row, "text", TEXT, receipt)
    PlainText.objects.bulk_create(plain)
    SealedText.objects.bulk_create(sealed)

    def read_plain() -> None:
        found = [row.text for row in PlainText.objects.filter(vault_id=vault_id)]
        assert found == [TEXT] * PARTS  # noqa: S101 - a benchmark that reads nothing measures nothing

    def read_sealed() -> None:
        paper = audit.own(vault_id)
        rows = SealedText.objects.filter(vault_id=vault_id)
        found = [crypto.unseal(row.text, paper) for row in rows if row.text]
        assert found == [TEXT] * PARTS  # noqa: S101

    def write_plain() -> None:
        row = plain[0]
        with transaction.atomic():
            row.version += 1
            row.text = TEXT
            row.save()

    def write_sealed() -> None:
        row = sealed[0]
        with transaction.atomic():
            row.version += 1
            crypto.seal(row, "text", TEXT, audit.own(vault_id))
            row.save()

    return [
        Measured(f"crypto read {PARTS}", *_side_by_side(read_plain, read_sealed, rounds), 4.0),
        Measured("crypto write 1", *_side_by_side(write_plain, write_sealed, rounds), 3.0),
    ]


def _side_by_side(plain: Callable[[], None], sealed: Callable[[], None], rounds: int) -> tuple[float, float]:
    """Median milliseconds of both, taken in turns so that whatever slows the machine slows both."""
    spent: dict[Callable[[], None], list[float]] = {plain: [], sealed: []}
    for turn in range(rounds + 10):
        for action in (plain, sealed) if turn % 2 else (sealed, plain):
            before = time.perf_counter()
            action()
            if turn >= 10:  # the first rounds warm up connections and caches
                spent[action].append((time.perf_counter() - before) * 1000)
    return statistics.median(spent[plain]), statistics.median(spent[sealed])
