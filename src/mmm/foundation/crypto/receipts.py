"""The paper one needs to read: which vault, which rows, and whether the look still stands."""

from collections.abc import Callable
from typing import Any, Never
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mmm.foundation.crypto.errors import Forbidden, SealedTextError


class Receipt:
    """Opens texts of one vault. Made by `mmm.foundation.audit` and by nobody else.

    The vault's key is fetched at first use (one query on `keys`) and lives as long as this object, so as long
    as one request. `items`: what this receipt may open (see `SealedField.item`), None for all of the vault.
    `stands`: whether the look it was given for is still in the log.
    """

    __slots__ = ("_cipher", "_items", "_stands", "vault_id")

    def __init__(
        self,
        vault_id: UUID,
        *,
        items: frozenset[UUID] | None = None,
        stands: Callable[[], bool] | None = None,
    ) -> None:
        self.vault_id = vault_id
        self._items = items
        self._stands = stands
        self._cipher: AESGCM | None = None

    def narrowed(self, *, items: frozenset[UUID], stands: Callable[[], bool]) -> "Receipt":
        """A receipt for some items of the same vault that shares the key already fetched."""
        narrow = Receipt(self.vault_id, items=items, stands=stands)
        narrow._cipher = self._cipher
        return narrow

    @classmethod
    def holding(cls, vault_id: UUID, key: bytes, *, items: frozenset[UUID]) -> "Receipt":
        """A receipt for some items of a vault whose key was fetched already, with others."""
        receipt = cls(vault_id, items=items)
        receipt._cipher = AESGCM(key)
        return receipt

    def cipher_for(self, vault_id: UUID, item: object) -> AESGCM:
        """The opened key, for one item of one vault. Raises Forbidden or Unreadable."""
        if vault_id != self.vault_id:
            raise Forbidden("this receipt is for another vault")
        if self._items is not None and item not in self._items:
            raise Forbidden("this receipt does not name this item")
        if self._stands is not None and not self._stands():
            raise Forbidden("the look of this receipt is not in the log")
        if self._cipher is None:
            # Here, so that rooms can name Receipt in modules that load before models do.
            from mmm.foundation.crypto.vaults import open_key

            self._cipher = AESGCM(open_key(self.vault_id))
        return self._cipher

    def __repr__(self) -> str:
        return f"<Receipt for vault {self.vault_id.hex}>"

    def __reduce_ex__(self, protocol: Any) -> Never:
        raise SealedTextError("a receipt holds a key and is never stored")
