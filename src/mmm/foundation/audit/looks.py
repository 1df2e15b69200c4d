"""Looking: who opened what of whom, written before anything is decrypted."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction
from django.db.models import F, Max
from django.db.transaction import TransactionManagementError

from mmm.foundation import clock, crypto
from mmm.foundation.audit import chain
from mmm.foundation.audit.models import Head, LookRow, MachineCount
from mmm.foundation.crypto.receipts import Receipt
from mmm.foundation.crypto.vaults import open_keys
from mmm.foundation.rows import one

DATABASE = "default"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is looked at: its kind and primary key, and its name in words ("Mijn dromen")."""

    kind: str
    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Look:
    """One line of "Wie las wat?": when, who (ids, and words as they were then), and which items."""

    id: UUID
    at: dt.datetime
    reader_id: UUID
    membership_id: UUID | None
    reader_line: str
    items: list[Item]


def look(
    *, vault_id: UUID, reader_id: UUID, reader_line: str, membership_id: UUID | None, items: Sequence[Item]
) -> Receipt:
    """Write down that somebody else reads these items, and get the receipt that opens them.

    One row per page view, first thing in the caller's transaction (else TransactionManagementError). The
    receipt opens what belongs to `items` and nothing else, and stops opening when the transaction or
    savepoint is rolled back. Text opened before a rollback must not leave the view: let the error go up.
    Raises Unreadable when the person's key is gone, ValueError without items. Four queries, one on `keys`.
    """
    if not transaction.get_connection(DATABASE).in_atomic_block:
        raise TransactionManagementError("a look is written inside transaction.atomic()")
    if not items:
        raise ValueError("a look names what is looked at")
    writer = Receipt(vault_id)
    row = LookRow(vault_id=vault_id, at=clock.now(), reader_id=reader_id, membership_id=membership_id)
    words = {"reader": reader_line, "items": [[item.kind, item.id.hex, item.label] for item in items]}
    crypto.seal_json(row, "words", words, writer)
    head = _locked_head(vault_id)
    row.seq = head.seq + 1
    row.mac = chain.sign(chain.link(bytes(head.mac), row))
    row.save(force_insert=True)
    Head.objects.filter(pk=vault_id).update(seq=row.seq, mac=row.mac)
    return writer.narrowed(items=frozenset(item.id for item in items), stands=_standing())


def _locked_head(vault_id: UUID) -> Head:
    head = one(Head.objects.select_for_update().filter(pk=vault_id))
    if head is None:
        # Two first readers at once: one inserts, the other waits for it here and then locks the same row.
        Head.objects.bulk_create([Head(vault_id=vault_id, seq=0, mac=chain.START)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(pk=vault_id)
    return head


def _standing() -> Callable[[], bool]:
    """A question: is the row just written still there (its transaction open or committed)?

    Django drops the commit hooks of a transaction or savepoint that is rolled back, so a hook that still
    waits means that the row still stands.
    """
    connection = connections[DATABASE]
    committed: list[bool] = []

    def note() -> None:
        committed.append(True)

    transaction.on_commit(note, using=DATABASE)

    def stands() -> bool:
        if committed:
            return True
        waits = any(hook[1] is note for hook in connection.run_on_commit)
        return waits and not connection.needs_rollback

    return stands


def own(vault_id: UUID) -> Receipt:
    """The receipt of the person who reads or writes their own: no row, and no query until it is used."""
    return Receipt(vault_id)


def machine(vault_id: UUID, job: str, *, item: UUID | None = None) -> Receipt:
    """The receipt of a job that works for the owner (export, notice): counted per vault, job and day.

    `item`: it opens that and nothing else. Always named where somebody else writes to the owner: who may put
    one line into a vault opens no other line of it.
    """
    line = {"vault_id": vault_id, "job": job, "day": clock.today()}
    if not MachineCount.objects.filter(**line).update(count=F("count") + 1):
        MachineCount.objects.bulk_create([MachineCount(**line)], ignore_conflicts=True)
        MachineCount.objects.filter(**line).update(count=F("count") + 1)
    return Receipt(vault_id, items=None if item is None else frozenset({item}))


def public(items: Mapping[UUID, Collection[UUID]]) -> dict[UUID, Receipt]:
    """Receipts for what its owners made public, by vault; each opens the items it names and nothing else.

    No row and no count: everybody may read it, and a page that anybody opens writes nothing. The caller
    asked, in the same request, whether it is public now. One query on `keys`; a vault without its key is
    left out.
    """
    found = open_keys(items)
    return {
        vault_id: Receipt.holding(vault_id, key, items=frozenset(items[vault_id]))
        for vault_id, key in found.items()
    }


def looks_for_owner(
    vault_id: UUID,
    *,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    look_id: UUID | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Look]:
    """Who read what of this person, newest first: `since <= at < until`, or the look `look_id` alone.

    Two queries, one of them on `keys`.

    Only for the owner's own page: the caller has asked policy. Raises Unreadable when a line was changed.
    """
    rows = LookRow.objects.filter(vault_id=vault_id).order_by("-seq")
    if since is not None:
        rows = rows.filter(at__gte=since)
    if until is not None:
        rows = rows.filter(at__lt=until)
    if look_id is not None:
        rows = rows.filter(id=look_id)
    receipt = own(vault_id)
    return [_opened(row, receipt) for row in rows[offset : offset + limit]]


def last_looks(
    vault_ids: Collection[UUID], *, reader_id: UUID, membership_id: UUID | None
) -> dict[UUID, dt.datetime]:
    """When this reader, in this membership, last looked at each of these people; who never did is left out.

    For the reader's own page: their own moments, no words. One query, whatever the number.
    """
    looks = LookRow.objects.filter(vault_id__in=vault_ids, reader_id=reader_id, membership_id=membership_id)
    return dict(looks.values_list("vault_id").annotate(Max("at")))


def _opened(row: LookRow, receipt: Receipt) -> Look:
    if row.words is None:
        raise crypto.Unreadable
    words = crypto.unseal_json(row.words, receipt)
    items = [Item(kind, UUID(hex=item_id), label) for kind, item_id, label in words["items"]]
    return Look(row.id, row.at, row.reader_id, row.membership_id, words["reader"], items)
