"""Reading lists of regions and organisations that somebody made in a spreadsheet: CSV, all or nothing.

The order is always the same: read the bytes, say what is wrong line by line, show what would change, then do
all of it in one transaction. Nothing is ever removed by an import.
"""

import csv
import io
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mmm.accounts.actors import Actor
from mmm.foundation.policy import require
from mmm.foundation.public import raise_edition
from mmm.region import policy
from mmm.region.models import ChainLink, Municipality, Organisation, Region

LONGEST = 5000  # lines
# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")
KINDS = {
    "dienst": Organisation.Kind.SERVICE,
    "service": Organisation.Kind.SERVICE,
    "werkgever": Organisation.Kind.EMPLOYER,
    "employer": Organisation.Kind.EMPLOYER,
}
LINKS = {
    "onderwijs": ChainLink.EDUCATION,
    "zorg": ChainLink.CARE,
    "werk": ChainLink.WORK,
    "inkomen": ChainLink.INCOME,
    **{link.value: link for link in ChainLink},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which line, counted as a spreadsheet does: the line of names is 1."""

    line: int
    text: str


@dataclass(slots=True)
class Plan:
    """What an import would do: problems (then nothing is done), new names, and names that change or stay."""

    problems: list[Problem] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    _act: Callable[[], None] | None = None

    @transaction.atomic
    def carry_out(self) -> None:
        """Do all of it, in one transaction. Raises ValueError when there are problems."""
        if self.problems or self._act is None:
            raise ValueError("There are problems; nothing was done.")
        self._act()
        raise_edition()


def decoded(data: bytes) -> str:
    """The text of a file from a spreadsheet: UTF-8 with or without a mark, UTF-16 with one, or Windows-1252.

    Dutch Excel writes Windows-1252 for "CSV" and UTF-8 with a mark for "CSV UTF-8". Raises ValueError for
    bytes that are none of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError(_("This file is not text. Save it as CSV."))


def plan_regions(text: str) -> Plan:
    """Which municipality lies in which region: columns `regio` and `gemeente`.

    An unknown region is a problem; a municipality may be new. Points stay; a new one gets the middle of
    its region's points, marked as still to check.
    """
    plan = Plan()
    rows = _rows(text, ("regio", "gemeente"), plan)
    regions = {row.name.casefold(): row for row in Region.objects.all()}
    known = {row.name.casefold(): row for row in Municipality.objects.select_related("region")}
    seen: dict[str, int] = {}
    wanted: list[tuple[str, Region]] = []
    for line, (region_name, name) in rows:
        region = regions.get(region_name.casefold())
        if region is None:
            plan.problems.append(Problem(line, _("There is no region “%s”.") % region_name))
        if not _usable(name, line, plan, longest=80) or _double(name, line, seen, plan) or region is None:
            continue
        before = known.get(name.casefold())
        if before is None:
            plan.new.append(f"{name} ({region.name})")
        elif before.region_id != region.id:
            plan.changed.append(f"{name}: {before.region.name} > {region.name}")
        else:
            plan.same += 1
            continue
        wanted.append((name, region))

    def act() -> None:
        middles = _middles()
        for name, region in wanted:
            before = known.get(name.casefold())
            if before is not None:
                Municipality.objects.filter(id=before.id).update(region=region)
            else:
                lat, lon = middles.get(region.id, (52.1, 5.3))  # the middle of the Netherlands
                Municipality.objects.create(name=name, region=region, lat=lat, lon=lon, to_check=True)

    plan._act = act
    return plan


def plan_organisations(actor: Actor | None, text: str, *, region: Region) -> Plan:
    """Organisations of a region: columns `naam`, `soort` (dienst or werkgever), `schakel`, `kvk` or empty.

    An imported organisation is not checked: a list is not a look. What is there keeps all it has, but for
    a number that was empty. `actor` None is the command line. Raises `NotAllowed`.
    """
    if actor is not None:
        require(policy.may_coordinate(actor, region.id))
    plan = Plan()
    rows = _rows(text, ("naam", "soort", "schakel", "kvk"), plan)
    known = {row.name.casefold(): row for row in Organisation.objects.filter(region=region)}
    seen: dict[str, int] = {}
    new: list[Organisation] = []
    numbered: list[Organisation] = []
    for line, (name, kind, link, kvk) in rows:
        good = _usable(name, line, plan, longest=120) and not _double(name, line, seen, plan)
        if kind.casefold() not in KINDS:
            good = _wrong(plan, line, _("“%s” is no kind. Write dienst or werkgever.") % kind)
        if link.casefold() not in LINKS:
            good = _wrong(plan, line, _("“%s” is no link. Write onderwijs, zorg, werk or inkomen.") % link)
        kvk = kvk.zfill(8) if kvk.isdigit() else kvk  # a spreadsheet drops the zeros in front
        if kvk and (not kvk.isdigit() or len(kvk) != 8):
            good = _wrong(plan, line, _("“%s” is no number in the trade register: eight digits.") % kvk)
        if not good:
            continue
        before = known.get(name.casefold())
        if before is None:
            plan.new.append(name)
            new.append(
                Organisation(
                    region=region,
                    name=name,
                    kind=KINDS[kind.casefold()],
                    chain_link=LINKS[link.casefold()],
                    kvk=kvk,
                )
            )
        elif kvk and not before.kvk:
            plan.changed.append(name)
            before.kvk = kvk
            numbered.append(before)
        else:
            plan.same += 1

    def act() -> None:
        Organisation.objects.bulk_create(new, batch_size=500)
        Organisation.objects.bulk_update(numbered, ["kvk"], batch_size=500)

    plan._act = act
    return plan


def _rows(text: str, names: Sequence[str], plan: Plan) -> list[tuple[int, list[str]]]:
    """The rows in the order of `names`, with their line; problems with the columns go into the plan."""
    text = text.removeprefix("\ufeff").lstrip("\r\n")
    first = text.partition("\n")[0]
    if first.casefold().startswith("sep="):  # a hint that Excel writes and reads
        text = text.partition("\n")[2]
        first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        head = [each.strip().casefold() for each in next(reader, [])]
        if sorted(head) != sorted(names):
            shown = ", ".join(names)
            plan.problems.append(Problem(1, _("The first line must name these columns: %s.") % shown))
            return []
        order = [head.index(name) for name in names]
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(names):
                text = _("This line has %(n)s columns, not %(wanted)s.")
                plan.problems.append(Problem(reader.line_num, text % {"n": len(row), "wanted": len(names)}))
                continue
            found.append((reader.line_num, [row[place].strip() for place in order]))
            if len(found) > LONGEST:
                plan.problems.append(Problem(reader.line_num, _("At most %s lines at a time.") % LONGEST))
                return []
    except csv.Error:
        plan.problems.append(Problem(reader.line_num, _("A quotation mark in this line has no end.")))
        return []
    if not found and not plan.problems:
        plan.problems.append(Problem(1, _("There is no line below the names of the columns.")))
    return found


def _usable(name: str, line: int, plan: Plan, *, longest: int) -> bool:
    if not name or not slugify(name):
        return _wrong(plan, line, _("The name is missing."))
    if len(name) > longest:
        return _wrong(plan, line, _("The name is longer than %s characters.") % longest)
    if name.startswith(FORMULA):
        return _wrong(plan, line, _("The name begins with a sign that a spreadsheet would run."))
    if any(sign < " " or sign == "\ufffd" for sign in name):
        return _wrong(plan, line, _("The name has signs that are no letters. Save the file as CSV UTF-8."))
    return True


def _wrong(plan: Plan, line: int, text: str) -> bool:
    plan.problems.append(Problem(line, text))
    return False


def _double(name: str, line: int, seen: dict[str, int], plan: Plan) -> bool:
    before = seen.setdefault(name.casefold(), line)
    if before == line:
        return False
    plan.problems.append(
        Problem(line, _("“%(name)s” stands in line %(line)s already.") % {"name": name, "line": before})
    )
    return True


def _middles() -> dict[uuid.UUID, tuple[float, float]]:
    points: dict[uuid.UUID, list[tuple[float, float]]] = {}
    for region_id, lat, lon in Municipality.objects.values_list("region_id", "lat", "lon"):
        points.setdefault(region_id, []).append((lat, lon))
    return {
        key: (sum(lat for lat, _lon in found) / len(found), sum(lon for _lat, lon in found) / len(found))
        for key, found in points.items()
    }
