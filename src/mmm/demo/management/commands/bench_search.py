"""`./mmm bench search`: what searching among 5,000 pages costs, as a ratio to the floor, in turns."""

import http.client
import json
import random
import statistics
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.content.search import services
from mmm.demo.bench import many
from mmm.demo.management.commands.bench_pages import Page, get, server, timed
from mmm.foundation.doors import Document

LIMIT = 3.0  # the 95th of a hundred searches, in floors
# What people ask, in this mix: so many of twenty.
MIX = {
    "one word of a title": 6,
    "two words of a title": 5,
    "a form of a word": 2,
    "words of a text": 2,
    "a typing mistake": 3,
    "narrowed down": 1,
    "nothing to be found": 1,
}
WORST = "the commonest word"


class Command(BaseCommand):
    help = "Index 5,000 invented pages in each language and measure searches against the floor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument("--rounds", type=int, default=400)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        began = time.perf_counter()
        services.rebuild()
        built = time.perf_counter() - began
        spent: dict[str, list[float]] = {name: [] for name in ("floor", *MIX, WORST)}
        with (
            server("mmm.demo.bench.floor_settings") as floor,
            server("mmm.demo.bench.measured_settings") as measured,
        ):
            to = {
                name: http.client.HTTPConnection("127.0.0.1", port)
                for name, (port, _process) in (("floor", floor), ("measured", measured))
            }
            kinds = [name for name, times in MIX.items() for _ in range(times)]
            for turn, path in enumerate(_paths(kinds, rounds + 40)):
                kind = kinds[turn % len(kinds)]
                pages = [Page("floor", "floor", "/"), Page(kind, "measured", path)]
                if turn % len(kinds) == 0:
                    pages.append(Page(WORST, "measured", _address(many.vocabulary()[0])))
                for page in pages if turn % 2 else pages[::-1]:
                    taken = timed(lambda page=page: get(to[page.server], page))  # type: ignore[misc]
                    if turn >= 40:  # the first ones warm up templates, connections and caches
                        spent[page.name].append(taken)
        self._report(spent, built, as_json=options["json"])

    def _report(self, spent: dict[str, list[float]], built: float, *, as_json: bool) -> None:
        floor, floor_95 = statistics.median(spent["floor"]), _late(spent["floor"])
        together = [each for name in MIX for each in spent[name]]
        if not as_json:
            self.stdout.write(f"{'':28}{'median ms':>10}{'x floor':>9}{'p95 ms':>9}{'x floor p95':>13}")
        for name, times in {**spent, "all searches in the mix": together}.items():
            middle, late = statistics.median(times), _late(times)
            if as_json:
                line = {"name": name, "value": round(late, 3), "unit": "ms p95"}
                self.stdout.write(json.dumps({**line, "floor_ratio": round(late / floor_95, 2)}))
            else:
                self.stdout.write(
                    f"{name:28}{middle:10.2f}{middle / floor:9.2f}{late:9.2f}{late / floor_95:13.2f}"
                )
        if as_json:
            self.stdout.write(
                json.dumps({"name": "building the index", "value": round(built, 1), "unit": "s"})
            )
        else:
            self.stdout.write(f"{'building the index':28}{built:10.1f} s")
        if _late(together) > LIMIT * floor_95:
            raise CommandError(f"Over the limit: the 95th of a hundred searches takes over {LIMIT} floors.")


def _late(times: list[float]) -> float:
    """The time that 95 of a hundred stay within."""
    return statistics.quantiles(times, n=20)[-1]


def _paths(kinds: list[str], count: int) -> Iterator[str]:
    """Searches in the order of `kinds`, of words that stand on the invented pages; the same every time."""
    chance = random.Random("asked")  # noqa: S311
    pages = list(many.documents("nl"))
    for turn in range(count):
        yield _path(kinds[turn % len(kinds)], chance, chance.choice(pages))


def _path(kind: str, chance: random.Random, page: Document) -> str:
    title = [word.lower() for word in str(page.title).split()]
    word = chance.choice([each for each in title if len(each) > 4] or title)
    if kind == "two words of a title":
        return _address(" ".join(title[1:3]))
    if kind == "a form of a word":
        return _address(f"{word}en")
    if kind == "words of a text":
        # Not the commonest ones: nobody asks for "the", and search leaves such words out.
        said = sorted(page.text.replace(".", "").lower().split()[40:60], key=many.vocabulary().index)
        return _address(" ".join(said[-2:]))
    if kind == "a typing mistake":
        place = chance.randrange(1, len(word))
        return _address(word[: place - 1] + word[place:])
    if kind == "narrowed down":
        return f"{_address(word)}&voor={page.audiences[0]}"
    if kind == "nothing to be found":
        return _address("".join(chance.choices("qxyz", k=9)))
    return _address(word)


def _address(asked: str) -> str:
    return f"/zoeken/?q={quote(asked)}"
