"""The words of a PDF as its readers see them."""

import re
from io import BytesIO

from pypdf import PdfReader

_BREAKS = re.compile("[\u200b\u00ad]")  # where a long code may break
_DOTS = re.compile(r"\.{9,}")


def pages_of(pdf: bytes, *, every: int = 1) -> list[list[str]]:
    """Return the lines of each page, or of each `every`-th from the first on.

    A row of dots to write on counts as "…", however long it is.
    """
    return [
        [_DOTS.sub("…", _BREAKS.sub("", line)).strip() for line in page.extract_text().splitlines()]
        for page in PdfReader(BytesIO(pdf)).pages[::every]
    ]


def bodies_of(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page without the running head that ends in the number of the page."""
    return [
        page[next((at for at, line in enumerate(page[:2], start=1) if re.search(rf"(^| ){number}$", line)), 0) :]
        for number, page in enumerate(pages_of(pdf), start=1)
    ]


def words_of(pdf: bytes) -> str:
    """Return all words on one line, without running heads: what broke elsewhere reads the same."""
    return " ".join(" ".join(line for page in bodies_of(pdf) for line in page).split())
