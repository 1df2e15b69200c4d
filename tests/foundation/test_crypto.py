"""Sealed text: opens in its own place for its own receipt, and nowhere else."""

import copy
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core import serializers
from django.db import connection, connections, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

import mmm
from mmm.foundation import audit, crypto, ids
from mmm.foundation.crypto.models import Vault
from mmm.foundation.crypto.sealed import Sealed, ciphertext_of
from mmm.foundation.dataclass import P3
from tests.foundation.notes import Note, make_table, written

SOURCE = Path(mmm.__file__).parent
pytestmark = pytest.mark.django_db(databases=["default", "keys", "cache"])


@pytest.fixture(autouse=True)
def notes_table(db: None) -> Iterator[None]:
    yield from make_table()


@pytest.fixture
def vault(db: None) -> UUID:
    return crypto.create_vault("user")


def stored(note: Note, column: str = "text") -> bytes:
    return ciphertext_of(Note.objects.values_list(column, flat=True).get(pk=note.pk))


def put(note: Note, ciphertext: bytes, column: str = "text") -> Note:
    """Write bytes straight into the table, as somebody who holds the database could; the row read anew."""
    Note.objects.filter(pk=note.pk).update(**{column: Sealed(ciphertext, None)})
    return Note.objects.get(pk=note.pk)


@pytest.mark.parametrize("text", ["", "Mijn droom", "مرحبا 👩🏽‍🌾 z\u0301 \x00 <b>&amp;</b>", "é" * 20_000])
def test_sealed_text_opens_for_its_owner(vault: UUID, text: str) -> None:
    note = Note.objects.get(pk=written(vault, text).pk)
    assert note.text is not None
    assert crypto.unseal(note.text, audit.own(vault)) == text


def test_sealed_json_comes_back_as_it_was(vault: UUID) -> None:
    note = Note(vault_id=vault)
    value = {"needs": [["stilte", "nodig"], ["thuis", "fijn"]], "woorden": "één"}
    crypto.seal_json(note, "text", value, audit.own(vault))
    note.save()
    loaded = Note.objects.get(pk=note.pk).text
    assert loaded is not None
    assert crypto.unseal_json(loaded, audit.own(vault)) == value


def test_the_same_text_never_looks_the_same_and_is_not_in_the_table(vault: UUID) -> None:
    one, two = (stored(written(vault, "Mijn droom is een moestuin")) for _ in range(2))
    assert one != two
    assert b"droom" not in one + two


def move_to_other_row(note: Note, vault: UUID) -> Sealed | None:
    return put(written(vault, "iets anders"), stored(note)).text


def move_to_other_field(note: Note, vault: UUID) -> Sealed | None:
    return put(note, stored(note), "other").other


def move_to_other_vault(note: Note, vault: UUID) -> Sealed | None:
    Note.objects.filter(pk=note.pk).update(vault_id=crypto.create_vault("user"))
    return Note.objects.get(pk=note.pk).text


def move_to_other_version(note: Note, vault: UUID) -> Sealed | None:
    Note.objects.filter(pk=note.pk).update(version=2)
    return Note.objects.get(pk=note.pk).text


def replace_by_plain_text(note: Note, vault: UUID) -> Sealed | None:
    return put(note, b"Ik heb dit nooit geschreven, maar het staat er wel.").text


def replace_by_marked_plain_text(note: Note, vault: UUID) -> Sealed | None:
    return put(note, b"\x01Ik heb dit nooit geschreven, maar het staat er wel.").text


def cut_off(note: Note, vault: UUID) -> Sealed | None:
    return put(note, stored(note)[:10]).text


def empty(note: Note, vault: UUID) -> Sealed | None:
    return put(note, b"").text


def key_of_other_vault(note: Note, vault: UUID) -> Sealed | None:
    other = Vault.objects.get(pk=crypto.create_vault("user"))
    Vault.objects.filter(pk=vault).update(wrapped_key=other.wrapped_key)
    return Note.objects.get(pk=note.pk).text


def key_destroyed(note: Note, vault: UUID) -> Sealed | None:
    crypto.destroy_vault(vault)
    return Note.objects.get(pk=note.pk).text


@pytest.mark.parametrize(
    "tamper",
    [
        move_to_other_row, move_to_other_field, move_to_other_vault, move_to_other_version,
        replace_by_plain_text, replace_by_marked_plain_text, cut_off, empty,
        key_of_other_vault, key_destroyed,
    ],
)  # fmt: skip
def test_moved_or_replaced_cipher_text_does_not_open(
    vault: UUID, tamper: Callable[[Note, UUID], Sealed | None], tmp_path: Any, settings: Any
) -> None:
    settings.DATA = tmp_path
    sealed = tamper(written(vault), vault)
    assert sealed is not None
    assert sealed._place is not None
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, audit.own(sealed._place.vault_id))


def test_an_answer_moved_to_another_part_does_not_open(vault: UUID) -> None:
    note = written(vault, field="answer")
    Note.objects.filter(pk=note.pk).update(part_id=ids.new())
    sealed = Note.objects.get(pk=note.pk).answer
    assert sealed is not None
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, audit.own(vault))


def test_one_flipped_bit_anywhere_closes_the_text(vault: UUID) -> None:
    note = written(vault)
    whole, receipt = stored(note), audit.own(vault)
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        sealed = put(note, bytes(flipped)).text
        assert sealed is not None
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(sealed, receipt)
    restored = put(note, whole).text
    assert restored is not None
    assert crypto.unseal(restored, receipt) == "Mijn droom"


def test_a_new_version_opens_and_the_older_text_put_back_does_not(vault: UUID) -> None:
    note = written(vault, "eerst")
    old = stored(note)
    note.version += 1
    crypto.seal(note, "text", "later", audit.own(vault))
    note.save()
    assert note.text is not None
    assert crypto.unseal(note.text, audit.own(vault)) == "later"
    back = put(note, old).text
    assert back is not None
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(back, audit.own(vault))


@pytest.mark.parametrize(
    "use",
    [
        str, repr, bytes, list, len, pickle.dumps, copy.deepcopy,
        "{}".format, "{!r}".format, lambda sealed: f"{sealed:>10}", lambda sealed: "%s" % sealed,  # noqa: UP031
        lambda sealed: json.dumps({"text": sealed}, default=str),
        lambda sealed: repr([sealed]),
        lambda sealed: Template("{{ text }}").render(Context({"text": sealed})),
        lambda sealed: Template("{{ text|safe }}").render(Context({"text": sealed})),
        lambda sealed: Template("{{ text|truncatechars:9 }}").render(Context({"text": sealed})),
        lambda sealed: Template("{% for c in t %}{% endfor %}").render(Context({"t": sealed})),
    ],
)  # fmt: skip
def test_sealed_text_never_prints(vault: UUID, use: Callable[[object], object]) -> None:
    with pytest.raises(crypto.SealedTextError):
        use(written(vault).text)


def test_json_refuses_sealed_text(vault: UUID) -> None:
    with pytest.raises(TypeError):
        json.dumps(written(vault).text)


def test_sealed_text_can_be_asked_whether_it_is_there(vault: UUID) -> None:
    template = Template("{% if note.text %}ja{% endif %}{% if note.other %}nee{% endif %}")
    assert template.render(Context({"note": written(vault)})) == "ja"


@pytest.mark.parametrize("form", ["json", "xml", "python"])
def test_rows_with_sealed_text_are_not_serialised(vault: UUID, form: str) -> None:
    with pytest.raises(crypto.SealedTextError):
        serializers.serialize(form, [written(vault)])


def test_plain_text_cannot_be_put_into_a_sealed_field(vault: UUID) -> None:
    note = written(vault)
    for write in (
        lambda: setattr(note, "text", "plat"),
        lambda: setattr(note, "text", b"plat"),
        lambda: Note(text="plat"),
        lambda: Note.objects.filter(pk=note.pk).update(text="plat"),
        lambda: Note.objects.filter(text="plat").exists(),
    ):
        with pytest.raises(crypto.SealedTextError), transaction.atomic():
            write()
    assert b"plat" not in stored(note)


def test_an_empty_sealed_field_is_none(vault: UUID) -> None:
    note = Note.objects.create(vault_id=vault)
    assert note.text is None
    assert Note.objects.filter(text=None).get() == note


def test_a_row_can_be_deferred_reloaded_and_saved_again(vault: UUID) -> None:
    note = Note.objects.defer("text").get(pk=written(vault).pk)
    assert note.text is not None
    note.refresh_from_db()
    note.save()
    assert crypto.unseal(note.text, audit.own(vault)) == "Mijn droom"


def test_a_value_without_its_row_does_not_open(vault: UUID) -> None:
    written(vault)
    sealed = Note.objects.values_list("text", flat=True).get()
    assert sealed is not None
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, audit.own(vault))


def test_a_row_without_vault_or_field_without_seal_is_refused(vault: UUID) -> None:
    with pytest.raises(ValueError, match="vault"):
        crypto.seal(Note(), "text", "x", audit.own(vault))
    with pytest.raises(TypeError):
        crypto.seal(Note(vault_id=vault), "version", "x", audit.own(vault))


def test_reading_eight_texts_asks_for_the_key_once(vault: UUID) -> None:
    for number in range(8):
        written(vault, f"tekst {number}")
    with CaptureQueriesContext(connections["keys"]) as keys, CaptureQueriesContext(connection) as rows:
        receipt = audit.own(vault)
        texts = [crypto.unseal(note.text, receipt) for note in Note.objects.all() if note.text]
    assert sorted(texts) == [f"tekst {number}" for number in range(8)]
    assert (len(keys), len(rows)) == (1, 1)


def test_a_receipt_of_another_vault_is_refused(vault: UUID) -> None:
    other, note = crypto.create_vault("user"), written(vault)
    assert note.text is not None
    with pytest.raises(crypto.Forbidden):
        crypto.unseal(note.text, audit.own(other))
    with pytest.raises(crypto.Forbidden):
        crypto.seal(note, "text", "ingebroken", audit.own(other))


def test_a_receipt_shows_no_key_and_is_never_stored(vault: UUID) -> None:
    receipt = audit.own(vault)
    written(vault)
    assert repr(receipt) == f"<Receipt for vault {vault.hex}>"
    with pytest.raises(crypto.SealedTextError):
        pickle.dumps(receipt)


def test_only_the_look_log_makes_receipts() -> None:
    makers = {
        path.parent.name for path in SOURCE.rglob("*.py") if re.search(r"\bReceipt\(", path.read_text())
    }
    assert makers == {"audit", "crypto"}


def test_the_system_check_names_a_wrong_field() -> None:
    assert Note._meta.get_field("text").check() == []
    field = crypto.SealedField(data_class=P3, vault="kluis", version=None)
    field.set_attributes_from_name("text")
    field.model = Note
    assert {found.id for found in field.check()} == {"crypto.E001", "crypto.E002"}


def test_the_package_can_be_imported_before_models_are_loaded() -> None:
    code = "from mmm.foundation import crypto, audit; crypto.SealedField, crypto.Receipt; import sys;"
    code += "assert 'mmm.foundation.crypto.models' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": "src"})
