"""The look log. See README.md in this folder.

Rooms write `from mmm.foundation import audit`. Every name is looked up at first use, because Django imports
this package before it loads models.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mmm.foundation.audit.looks import Item, Look, last_looks, look, looks_for_owner, machine, own, public
    from mmm.foundation.audit.pruning import erase, prune

_LATER = {
    "Item": "looks",
    "Look": "looks",
    "last_looks": "looks",
    "look": "looks",
    "looks_for_owner": "looks",
    "machine": "looks",
    "own": "looks",
    "public": "looks",
    "erase": "pruning",
    "prune": "pruning",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


__all__ = [
    "Item",
    "Look",
    "erase",
    "last_looks",
    "look",
    "looks_for_owner",
    "machine",
    "own",
    "prune",
    "public",
]
