"""`SealedField` and `Sealed`: text that lies encrypted in a row and opens only with a receipt."""

import json
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple, Never
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from mmm.foundation.crypto.errors import SealedTextError, Unreadable
from mmm.foundation.crypto.keys import NONCE_BYTES
from mmm.foundation.crypto.receipts import Receipt
from mmm.foundation.dataclass import P2, DataClass, classes_of

if TYPE_CHECKING:
    _Base = models.BinaryField["Sealed | None", "Sealed | None"]
else:
    _Base = models.BinaryField

# First byte of every cipher text: the way it was made (1 = AES-256-GCM, nonce, text, tag).
FORMAT = b"\x01"


class Place(NamedTuple):
    """Where a text belongs. Cipher text that is moved to any other place does not open."""

    vault_id: UUID
    model: str
    field: str
    row: Any
    item: Any
    version: int

    def authenticated(self) -> bytes:
        """The place as bytes for AES-GCM's authenticated data; no part can hold the separator."""
        row, item = (key.hex if isinstance(key, UUID) else key for key in (self.row, self.item))
        return f"mmm text|{self.vault_id.hex}|{self.model}|{self.field}|{row}|{item}|{self.version}".encode()


class Sealed:
    """Encrypted text of one field of one row. It is truthy; every way to print or copy it out raises."""

    __slots__ = ("_ciphertext", "_place")

    def __init__(self, ciphertext: bytes, place: Place | None) -> None:
        self._ciphertext = ciphertext
        self._place = place

    def _refuse(self, *_: object) -> Never:
        raise SealedTextError("sealed text was used as text; open it with crypto.unseal(sealed, receipt)")

    __str__ = __repr__ = __format__ = __bytes__ = __reduce_ex__ = __len__ = __iter__ = _refuse

    def __bool__(self) -> bool:
        return True


class SealedAttribute(DeferredAttribute):
    """Gives a row's sealed value its place, and refuses plain text."""

    field: "SealedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        stored = super().__get__(instance, cls)
        if instance is None or stored is None:
            return stored
        return Sealed(stored._ciphertext, self.field.place_of(instance))

    def __set__(self, instance: models.Model, value: Any) -> None:
        # Expressions cannot pass here either: what is written to this column was made by `seal`.
        if value is not None and not isinstance(value, Sealed):
            raise SealedTextError(f"{self.field.name} takes sealed text only; use crypto.seal")
        instance.__dict__[self.field.attname] = value


class SealedField(_Base):
    """A column of encrypted text. Reading gives `Sealed` or None; write it with `crypto.seal`.

    `data_class`: what it holds (P2, P3). `vault`, `version` and `item` name attributes of the row: its vault;
    its version (None for rows that are written once); and the thing that a look must name before somebody
    else can open this text: the row itself, unless said otherwise (an answer in a part: `item="part_id"`).
    """

    descriptor_class = SealedAttribute

    def __init__(
        self,
        *args: Any,
        data_class: DataClass = P2,
        vault: str = "vault_id",
        version: str | None = "version",
        item: str = "pk",
        **kwargs: Any,
    ) -> None:
        self.data_class, self.vault, self.version, self.item = data_class, vault, version, item
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.vault != "vault_id":
            kwargs["vault"] = self.vault
        if self.version != "version":
            kwargs["version"] = self.version
        if self.item != "pk":
            kwargs["item"] = self.item
        return name, path, args, kwargs

    def place_of(self, instance: models.Model) -> Place:
        """Where this field's text of this row belongs."""
        return Place(
            getattr(instance, self.vault),
            instance._meta.label,
            self.name,
            instance.pk,
            getattr(instance, self.item),
            getattr(instance, self.version) if self.version else 0,
        )

    def from_db_value(self, value: Any, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), None)

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise SealedTextError(f"{self.name} takes sealed text only; use crypto.seal")
        return value._ciphertext

    def value_to_string(self, obj: models.Model) -> Never:
        raise SealedTextError("sealed text is not serialised; use backup or the owner's export")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        for name in filter(None, (self.vault, self.version)):
            try:
                self.model._meta.get_field(name)
            except FieldDoesNotExist:
                found.append(
                    checks.Error(f"There is no field {name!r} to seal with.", obj=self, id="crypto.E001")
                )
        if classes_of(self.model._meta.label).get(self.name) is not self.data_class:
            found.append(
                checks.Error(
                    "Its data class differs from the model's @classified.", obj=self, id="crypto.E002"
                )
            )
        return found


def seal(instance: models.Model, field: str, text: str, receipt: Receipt) -> None:
    """Encrypt `text` into the field of this row; the caller saves.

    Primary key, vault, version and item must have their values: a new version of a text raises the row's
    version first, then seals. Raises Forbidden, Unreadable (the key is gone), or ValueError when the row has
    no primary key or vault yet.
    """
    column = instance._meta.get_field(field)
    if not isinstance(column, SealedField):
        raise TypeError(f"{field} is not a SealedField")
    place = column.place_of(instance)
    if place.row is None or place.vault_id is None:
        raise ValueError("a row needs its primary key and vault before text can be sealed")
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = receipt.cipher_for(place.vault_id, place.item)
    ciphertext = cipher.encrypt(nonce, text.encode(), place.authenticated())
    setattr(instance, field, Sealed(FORMAT + nonce + ciphertext, place))


def unseal(sealed: Sealed, receipt: Receipt) -> str:
    """The text. Raises Forbidden when the receipt is not for it, Unreadable when it does not open here."""
    place, ciphertext = sealed._place, sealed._ciphertext
    if place is None or place.vault_id is None:
        raise Unreadable
    cipher = receipt.cipher_for(place.vault_id, place.item)
    head = len(FORMAT) + NONCE_BYTES
    if ciphertext[: len(FORMAT)] != FORMAT:
        raise Unreadable
    try:
        plain = cipher.decrypt(ciphertext[len(FORMAT) : head], ciphertext[head:], place.authenticated())
    except (InvalidTag, ValueError):
        raise Unreadable from None
    return plain.decode()


def ciphertext_of(sealed: Sealed) -> bytes:
    """The encrypted bytes as stored, for a MAC over them. They hold no readable text."""
    return sealed._ciphertext


def seal_json(instance: models.Model, field: str, value: Any, receipt: Receipt) -> None:
    """`seal` for anything JSON can hold."""
    seal(instance, field, json.dumps(value, ensure_ascii=False, separators=(",", ":")), receipt)


def unseal_json(sealed: Sealed, receipt: Receipt) -> Any:
    """`unseal` of what `seal_json` sealed."""
    return json.loads(unseal(sealed, receipt))
