"""The typesetter's own process (`python -m mmm.foundation.pdf.write NAME=FILE ...`): HTML in, a PDF out.

The last line of standard error is the number of pages.

Knows nothing of Django, has no settings, no key and no database.
"""

import mimetypes
import resource
import sys
from pathlib import Path
from typing import Any

from mmm.foundation.pdf import NOT_INSTALLED

MEMORY = 1024**3  # bytes; a book of 300 pages takes less


def main(named: list[str]) -> int:
    """Read the page from standard input, write the PDF to standard output."""
    files = {name: Path(path) for name, _, path in (each.partition("=") for each in named)}
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

        from mmm.foundation.pdf.furniture import as_artifacts
    except OSError:  # Pango is loaded when the library is imported
        return NOT_INSTALLED

    class Ours(URLFetcher):  # type: ignore[misc]  # the library has no types
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            name = url.removeprefix("mmm:///")
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            if name not in files:
                raise FatalURLFetchingError("not one of our files")  # no PDF, rather than one with a hole
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, files[name].read_bytes(), {"Content-Type": kind})

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    page = HTML(string=sys.stdin.buffer.read().decode(), base_url="mmm:///", url_fetcher=Ours())
    document = page.render(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(document.write_pdf(finisher=as_artifacts, pdf_variant="pdf/ua-1"))
    print(len(document.pages), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
