"""A small table with sealed fields, for the tests of the cellar alone."""

from collections.abc import Iterator
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models

from mmm.foundation import audit, crypto, ids
from mmm.foundation.dataclass import P2, P3, TRACE, classified


@classified(id=TRACE, vault_id=TRACE, part_id=TRACE, version=TRACE, text=P2, other=P2, answer=P3)
class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=ids.new)
    vault_id = models.UUIDField(null=True)
    part_id = models.UUIDField(default=ids.new)
    version = models.PositiveIntegerField(default=1)
    text = crypto.SealedField(data_class=P2)
    other = crypto.SealedField(data_class=P2, version=None)
    answer = crypto.SealedField(data_class=P3, item="part_id")

    class Meta:
        app_label = "audit"
        apps = Apps()
        db_table = "test_note"


def make_table() -> Iterator[None]:
    """The body of a fixture: the table is there during the test, in its transaction when it has one."""
    if connection.in_atomic_block:
        # The schema editor of SQLite cannot enter inside a transaction; its statement can be used as it is.
        statement, parameters = connection.SchemaEditorClass(connection, atomic=False).table_sql(Note)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
        yield
        return
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Note)


def written(vault_id: UUID, text: str = "Mijn droom", field: str = "text", **values: object) -> Note:
    """A saved note of this vault's owner."""
    note = Note(vault_id=vault_id, **values)
    crypto.seal(note, field, text, audit.own(vault_id))
    note.save(force_insert=True)
    return note
