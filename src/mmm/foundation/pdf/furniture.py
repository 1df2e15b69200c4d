"""Running heads and page numbers are no part of the text: a screen reader passes over them (PDF/UA-1, 7.1).

The typesetter tags them as text that hangs nowhere in the tree of the document. Here they become artifacts,
before the file is written.
"""

from typing import Any, Final

import pydyf

_NOTHING: Final = b"null"
_PAGINATION: Final = b"<</Type /Pagination>>"


def as_artifacts(document: Any, pdf: Any) -> None:
    """For `write_pdf(finisher=...)`: marks what the tree does not reach. `document` is not used."""
    known = {each.reference: each for each in pdf.objects}
    root = known[pdf.catalog["StructTreeRoot"]]
    reached = _reached(root["K"], known)
    numbers = known[root["ParentTree"]]["Nums"]
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = known[reference]
        owners = by_page[page["StructParents"]]
        apart = {place for place, owner in enumerate(owners) if owner not in reached}
        _mark(known[page["Contents"]].stream, apart)
        for place in apart:
            known[owners[place]].free = "f"
            owners[place] = _NOTHING


def _reached(kids: Any, known: dict[bytes, Any]) -> set[bytes]:
    found: set[bytes] = set()
    waiting = [*kids]
    while waiting:
        kid = waiting.pop()
        if kid in known and kid not in found:
            found.add(kid)
            waiting += known[kid].get("K", ())
    return found


def _mark(stream: list[Any], apart: set[int]) -> None:
    """Tag, properties and `BDC` follow each other: what the typesetter wrote at the start of each text."""
    for at, each in enumerate(stream):
        if isinstance(each, pydyf.Dictionary) and each.get("MCID") in apart and stream[at + 1] == b"BDC":
            stream[at - 1], stream[at] = b"/Artifact", _PAGINATION
