from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mmm.book.exports import making, shelf, whole


class Command(BaseCommand):
    help = "`book build`: makes PDF and EPUB of the book now and gives them out; prints where each file lies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["build"])

    def handle(self, *args: Any, **options: Any) -> None:
        for language, _name in settings.LANGUAGES:
            book = whole.read(language)
            if book is None:
                raise CommandError(f"There is no published chapter ({language}).")
            try:
                edition = making.make(book)
            except making.Broken as broken:
                raise CommandError(
                    f"The book ({language}) cannot be put on paper, by {broken.where}."
                ) from None
            for name in sorted(edition.sizes, reverse=True):
                self.stdout.write(f"{edition.path(name)}")
            if shelf.PDF not in edition.sizes:
                self.stderr.write("No PDF: the typesetter's libraries are missing (docs/running.md).")
