"""Long codes in digits: easy to read aloud, to type on a phone and to know in any script.

The last two digits check the others (ISO 7064, MOD 97-10, as in bank account numbers), so that a slip of the
finger is told at once, without looking anything up.
"""

import secrets

from mmm.accounts.codes import digits


def new(length: int) -> str:
    """A random code of so many digits, of which the last two are the check: 10^(length - 2) values."""
    body = f"{secrets.randbelow(10 ** (length - 2)):0{length - 2}d}"
    return f"{body}{98 - int(body + '00') % 97:02d}"


def shown(code: str) -> str:
    """In groups of four, as it is printed."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def read(typed: str, length: int) -> str | None:
    """The code somebody typed, with or without spaces; None when digits are missing or do not fit."""
    code = digits(typed)
    return code if len(code) == length and int(code) % 97 == 1 else None
