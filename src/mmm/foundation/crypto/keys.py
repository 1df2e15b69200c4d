"""Keys of the server: key-encryption keys, which wrap vault keys, and keys derived from the server secret."""

import contextlib
import fcntl
import functools
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mmm.foundation.crypto.errors import KeysMissing, Unreadable

KEY_BYTES = 32
# NIST SP 800-38D: 96-bit nonces; random ones are safe for 2^32 messages under one key.
NONCE_BYTES = 12


def key_encryption_keys() -> Mapping[int, bytes]:
    """All key-encryption keys by version, from `MMM_KEKS` or else from the key file.

    The file is read again when it changed, so that a running server learns a new version by itself. Outside
    production a missing file is made. Raises KeysMissing with one sentence when there is no safe, valid key.
    """
    if settings.KEY_ENCRYPTION_KEYS:
        return _parsed(settings.KEY_ENCRYPTION_KEYS, "MMM_KEKS")
    path: Path = settings.KEY_ENCRYPTION_KEY_FILE
    try:
        found = path.stat()
    except FileNotFoundError:
        if settings.PRODUCTION:
            raise KeysMissing(
                f"The key file {path} does not exist; make it with `rotate_keys --add`."
            ) from None
        _make_first(path)
        found = path.stat()
    if settings.PRODUCTION and stat.S_IMODE(found.st_mode) & ~0o400:
        raise KeysMissing(
            f"Others than its owner may read or write the key file {path}; run `chmod 0400` on it."
        )
    return _read(path, found.st_mtime_ns, found.st_ino)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _mtime: int, _inode: int) -> Mapping[int, bytes]:
    try:
        text = path.read_text()
    except OSError as error:
        raise KeysMissing(f"The key file {path} cannot be read: {error.strerror}.") from error
    return _parsed(text, str(path))


@functools.lru_cache(maxsize=4)
def _parsed(text: str, source: str) -> Mapping[int, bytes]:
    keys: dict[int, bytes] = {}
    for entry in text.replace(",", "\n").split():
        version, colon, digits = entry.partition(":")
        try:
            number, key = int(version), bytes.fromhex(digits)
        except ValueError:
            number, key = 0, b""
        # The entry itself is a secret: the message names only where it stands.
        if not colon or number < 1 or len(key) != KEY_BYTES or number in keys:
            raise KeysMissing(
                f"{source} must hold `version:key` entries, each key 64 hex digits, each version once."
            )
        keys[number] = key
    if not keys:
        raise KeysMissing(f"{source} holds no key-encryption key.")
    return MappingProxyType(keys)


def newest_version() -> int:
    """The version that wraps new vault keys. Raises KeysMissing."""
    return max(key_encryption_keys())


def add_version(path: Path) -> int:
    """Add a fresh key with the next version to the key file (made when missing); returns that version."""
    with _alone(path):
        keys = dict(_parsed(path.read_text(), str(path))) if path.exists() else {}
        version = max(keys, default=0) + 1
        write_file(path, {**keys, version: secrets.token_bytes(KEY_BYTES)})
    return version


def drop_version(path: Path, version: int) -> None:
    """Remove one version from the key file; the caller has seen that nothing uses it."""
    with _alone(path):
        keys = dict(_parsed(path.read_text(), str(path)))
        keys.pop(version, None)
        write_file(path, keys)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two who change the key file at once go one after the other: a lost key is a lost vault."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f".{path.name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_file(path: Path, keys: Mapping[int, bytes]) -> None:
    """Replace the key file in one step; a reader sees the old one or the new one, with mode 0400."""
    os.replace(_written_aside(path, keys), path)
    _sync_folder(path.parent)


def _make_first(path: Path) -> None:
    aside = _written_aside(path, {1: secrets.token_bytes(KEY_BYTES)})
    try:
        os.link(aside, path)  # unlike replace, this never overwrites the key another process just made
        _sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        os.unlink(aside)


def _written_aside(path: Path, keys: Mapping[int, bytes]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.writelines(f"{version}:{key.hex()}\n" for version, key in sorted(keys.items()))
        file.flush()
        os.fsync(handle)
        os.fchmod(handle, 0o400)
    return name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def wrap(vault_id: UUID, key: bytes) -> tuple[int, bytes]:
    """The vault's key under the newest key-encryption key: (version, nonce + cipher text)."""
    keys = key_encryption_keys()
    version = max(keys)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return version, nonce + AESGCM(keys[version]).encrypt(nonce, key, _wrap_place(vault_id, version))


def unwrap(vault_id: UUID, version: int, wrapped: bytes) -> bytes:
    """The vault's key. Raises Unreadable when the wrapping version is not there or the bytes were changed."""
    kek = key_encryption_keys().get(version)
    if kek is None:
        raise Unreadable
    try:
        return AESGCM(kek).decrypt(
            wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _wrap_place(vault_id, version)
        )
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _wrap_place(vault_id: UUID, version: int) -> bytes:
    return f"mmm vault key|{vault_id.hex}|{version}".encode()


def derived(purpose: str) -> list[bytes]:
    """32-byte keys for one purpose: the current one, then those of `SECRET_KEY_FALLBACKS` (for reading).

    HKDF-SHA256 (RFC 5869) from the server secret.
    """
    return [_derive(secret, purpose) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@functools.lru_cache(maxsize=64)
def _derive(secret: str, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"mmm {purpose}".encode())
    return kdf.derive(secret.encode())
