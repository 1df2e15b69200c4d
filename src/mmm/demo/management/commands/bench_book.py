"""`./mmm bench book`: seconds and memory for the book as PDF and EPUB, and for one five times as long."""

import json
import resource
import time
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.book.exports import epub, paper, whole
from mmm.book.rows import ChapterText

LONGER = 5  # as 300 pages are to 60


class Command(BaseCommand):
    help = "Makes the Dutch book as PDF and EPUB, and a book of five times as many chapters."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        book = whole.read("nl")
        if book is None:
            raise CommandError("There is no published chapter.")
        began = time.perf_counter()
        epub.make(book)
        e_reader = time.perf_counter() - began
        # The smaller first: the system remembers only the largest child.
        small = replace(book, chapters=book.chapters[: len(book.chapters) * 2 // 3])  # some 60 pages
        few, short = _timed(small)
        pages, seconds = _timed(book)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        many, long = _timed(replace(small, chapters=tuple(_again(small.chapters))))
        figures: list[tuple[str, float, str]] = [
            (f"PDF of {pages} pages", round(seconds, 1), "s (10)"),
            ("memory of the typesetter", round(memory), "MB (400)"),
            ("EPUB", round(e_reader, 2), "s (2)"),
            (f"{many} pages against {few}", round(long / short, 1), "times (6)"),
        ]
        for name, value, unit in figures:
            line = json.dumps({"name": f"book: {name}", "value": value, "unit": unit})
            self.stdout.write(line if options["json"] else f"{name:36}{value:8} {unit}")


def _timed(book: whole.Book) -> tuple[int, float]:
    began = time.perf_counter()
    return paper.make(book).pages, time.perf_counter() - began


def _again(chapters: tuple[ChapterText, ...]) -> list[ChapterText]:
    """The same chapters some times over, each under a number of its own."""
    return [
        replace(each, number=turn * len(chapters) + place)
        for turn in range(LONGER)
        for place, each in enumerate(chapters, start=1)
    ]
