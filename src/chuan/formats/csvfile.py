"""CSV files as offices export them: bytes in, rows of text out.

Encodings: UTF-8 (with or without a BOM), UTF-16, Windows-1258 (its combining tone marks come out composed, NFC).
Separators: semicolon, comma, tab or bar, whichever gives the most regular table; a first line "sep=;" is obeyed.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from chuan.text.messages import BadInput

SEPARATORS = (";", ",", "\t", "|")
LONGEST_CELL = 1_000_000  # characters; more means a quotation mark that is never closed
_SAMPLE_CHARACTERS = 60_000
_SAMPLE_ROWS = 100
_SAMPLE_BYTES = 2_000
_CHARACTERS_PER_CONTROL = 20
_DECLARED = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_rows(data: bytes, progress: Callable[[int, int], None] | None = None) -> list[list[str]]:
    """Return the rows of `data`; row i of a spreadsheet program is element i - 1 (blank lines are empty rows).

    Raises BadInput: empty, not text, an encoding that is not known, a quotation mark that is never closed.
    """
    text = decode(data)
    separator, text = _declared_separator(text)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _likely_separator(text))
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error:
        raise BadInput("csvfile.open_quote", line=_lines(rows) + 1) from None
    if rows and text.count('"') % 2 and any("\n" in cell for cell in rows[-1]):
        raise BadInput("csvfile.open_quote", line=_lines(rows[:-1]) + 1)
    if progress:
        progress(len(rows), len(rows))
    return rows


def decode(data: bytes) -> str:
    """Return the text of `data` in NFC, without a byte order mark."""
    if not data.strip():
        raise BadInput("csvfile.empty")
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if encoding := _unmarked_utf16(data[:_SAMPLE_BYTES]):
        return _decoded(data, encoding)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "cp1258")
    return _checked(text)


def _unmarked_utf16(sample: bytes) -> str:
    """Return which UTF-16 `sample` is: in text of Latin letters every other byte of most characters is zero."""
    low, high = sample[0::2], sample[1::2]
    for zeros, others, encoding in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if zeros.count(0) * 3 > len(zeros) and not others.count(0):
            return encoding
    return ""


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError:
        raise BadInput("csvfile.encoding") from None


def _checked(text: str) -> str:
    """Return `text` in NFC. A stray control character (a NUL that an export left) goes; many of them are no text."""
    controls = len(_CONTROLS.findall(text))
    if controls * _CHARACTERS_PER_CONTROL > len(text):
        raise BadInput("csvfile.not_text")
    if controls:
        text = _CONTROLS.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _declared_separator(text: str) -> tuple[str | None, str]:
    match = _DECLARED.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


def _likely_separator(text: str) -> str:
    sample = text[:_SAMPLE_CHARACTERS]
    return max(SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(sample: str, separator: str) -> int:
    """Return how many cells stand in rows of the most usual length, when `separator` cuts the rows."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        lengths = Counter(len(row) for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False))
    except csv.Error:
        return 0
    return max(((length - 1) * count for length, count in lengths.items()), default=0)


def _lines(rows: list[list[str]]) -> int:
    return sum(1 + sum(cell.count("\n") for cell in row) for row in rows)
