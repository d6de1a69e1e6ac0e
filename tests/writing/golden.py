"""Golden files: what was printed, looked at and accepted, byte for byte.

`CHUAN_ACCEPT=1` writes what is printed now in place of the golden files (CONTRIBUTING.md).
"""

import os
from itertools import zip_longest
from pathlib import Path

from .pdf_text import pages_of

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, pdf: bytes, new: Path) -> None:
    """Fail where `pdf` is not the golden file `name`: with page, first line that differs, and the file written `new`.

    With CHUAN_ACCEPT=1 the golden file is written instead.
    """
    golden = FOLDER / f"{name}.pdf"
    if os.environ.get("CHUAN_ACCEPT") == "1":
        FOLDER.mkdir(exist_ok=True)
        golden.write_bytes(pdf)
        return
    known = golden.read_bytes() if golden.exists() else b""
    if known == pdf:
        return
    written = new / golden.name
    written.write_bytes(pdf)
    raise AssertionError(
        f"{golden.name}: {first_difference(known, pdf)}\n"
        f"  new file: {written}\n"
        f"  look at both; to accept: CHUAN_ACCEPT=1 python3 run.py test tests/writing/test_one_stop_golden.py"
    )


def first_difference(known: bytes, pdf: bytes) -> str:
    """Return on which page and line the words of two files first differ."""
    if not known:
        return "there is no golden file yet"
    nothing: list[str] = []
    pages = zip_longest(pages_of(known), pages_of(pdf), fillvalue=nothing)
    for page, (before, after) in enumerate(pages, start=1):
        for line, (was, now) in enumerate(zip_longest(before, after, fillvalue="(nothing)"), start=1):
            if was != now:
                return f"page {page}, line {line}\n  was: {was}\n  now: {now}"
    return "the same words, drawn otherwise (place, size, font or file data)"
