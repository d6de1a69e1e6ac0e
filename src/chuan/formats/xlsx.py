"""Excel workbooks (.xlsx): bytes in, sheets of plain cells out, with the limits that keep a hostile file harmless.

A cell is "" when empty, else text, float, bool, or a date/time type when the workbook formats it as one. A formula
gives its last computed value (an error value gives ""); a text that starts with "=" is text. Nothing is evaluated.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from chuan.formats.xlsx_hidden import hidden_rows
from chuan.text.messages import BadInput

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell: TypeAlias = str | float | int | bool | datetime | date | time | timedelta
Row: TypeAlias = list[Cell]
_Read = TypeVar("_Read")

MAX_UNPACKED_BYTES = 400_000_000
MAX_PACKING_RATIO = 200  # Excel's own files stay under 50; deflate can reach 1,032
RATIO_MATTERS_FROM = 10_000_000
MAX_CELLS = 30_000_000  # of the rectangle from A1 to the last cell, which the reader lays out in memory
_CHUNK = 1 << 20
_LONGEST_REFERENCE = 40  # bytes: a reference cut in two by a chunk is seen whole with the next one
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
_OLE = b"\xd0\xcf\x11\xe0"
_TWO_LETTER_COLUMN = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{2}""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})""")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area: 0-based rows and columns, both ends inside. Only the top left cell has the value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: `rows[i]` is row i + 1 of Excel, column A first; all rows are equally long."""

    name: str
    rows: list[Row]
    merged: tuple[Merge, ...] = ()
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()  # as indexes of `rows`

    def hidden_from(self, start: int = 0) -> int:
        """Return how many rows from `rows[start]` on are hidden and hold something."""
        hidden = (self.rows[row] for row in self.hidden_rows if start <= row < len(self.rows))
        return sum(any(cell != "" for cell in row) for row in hidden)

    def filled(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """Return copies of `rows[start:stop]` with every merged area filled from its top left cell."""
        end = len(self.rows) if stop is None else min(stop, len(self.rows))
        rows = [list(row) for row in self.rows[start:end]]
        for area in self.merged:
            value = self.rows[area.top][area.left] if area.top < len(self.rows) else ""
            for index in range(max(area.top, start), min(area.bottom + 1, end)):
                rows[index - start][area.left : area.right + 1] = [value] * (area.right + 1 - area.left)
        return rows


def read_sheets(data: bytes, progress: Callable[[int, int], None] | None = None) -> list[Sheet]:
    """Return the worksheets of `data` in the order of the workbook (chart sheets left out).

    `progress(done, total)` counts sheets. Raises BadInput: empty, not a workbook, protected by a password, too large.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _refuse_what_is_no_workbook(data)
    hidden = _weighed(data)
    workbook = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    sheets = []
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet:
            rows = hidden.get(about.name, frozenset())
            sheets.append(_sheet(workbook, about.name, about.visible == SheetVisibleEnum.Visible, rows))
        if progress:
            progress(index + 1, len(workbook.sheets_metadata))
    return sheets


def _sheet(workbook: "CalamineWorkbook", name: str, visible: bool, hidden_rows: frozenset[int]) -> Sheet:
    sheet = _guarded(lambda: workbook.get_sheet_by_name(name))
    rows: list[Row] = _guarded(lambda: list(sheet.to_python(skip_empty_area=False)))
    merged = tuple(Merge(*start, *end) for start, end in sheet.merged_cell_ranges or () if start[0] < len(rows))
    return Sheet(name, rows, merged, visible, hidden_rows)


def _guarded(read: Callable[[], _Read]) -> _Read:
    """Return `read()`; what the workbook library raises on a broken file becomes one clear message."""
    from python_calamine import CalamineError, PasswordError

    try:
        return read()
    except PasswordError:
        raise BadInput("xlsx.password") from None
    except (CalamineError, ValueError, OSError):
        raise BadInput("xlsx.broken") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the Rust reader's way to give up; it has no importable class
            raise BadInput("xlsx.broken") from None
        raise


def _refuse_what_is_no_workbook(data: bytes) -> None:
    if not data:
        raise BadInput("xlsx.empty")
    if data.startswith(_OLE):
        raise BadInput("xlsx.old_or_protected")
    if not data.startswith(b"PK"):
        raise BadInput("xlsx.not_a_workbook")


def _weighed(data: bytes) -> dict[str, frozenset[int]]:
    """Unpack every part once within the limits: the sizes a zip file declares about itself prove nothing.

    Returns the hidden rows by the name of their worksheet. Raises BadInput for a bomb and for what cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise BadInput("xlsx.not_a_workbook")
            left = MAX_UNPACKED_BYTES
            hiding = set()
            for part in archive.infolist():
                size, wide, hides = _weigh(archive, part, left)
                left -= size
                if wide:
                    _refuse_wide_area(archive, part)
                if hides:
                    hiding.add(part.filename)
            return hidden_rows(archive, hiding)
    except _BROKEN_ARCHIVE:
        raise BadInput("xlsx.broken") from None


def _weigh(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> tuple[int, bool, bool]:
    """Return the real size of `part` in bytes, whether it is a worksheet with a column beyond Z, with hidden rows."""
    part.file_size = left + 1  # read to the real end, not to the declared one
    size, wide, hides, tail = 0, False, False, b""
    is_sheet = "worksheets/" in part.filename
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if not size and b"<!DOCTYPE" in chunk and part.filename.endswith((".xml", ".rels")):
                raise BadInput("xml.doctype", name=part.filename)
            size += len(chunk)
            too_dense = size > RATIO_MATTERS_FROM and size > MAX_PACKING_RATIO * max(part.compress_size, 1)
            if size > left or too_dense:
                raise BadInput("xlsx.too_large", limit=MAX_UNPACKED_BYTES // 1_000_000)
            seen = tail + chunk
            wide = wide or (is_sheet and bool(_TWO_LETTER_COLUMN.search(seen)))
            hides = hides or (is_sheet and b" hidden" in seen)
            tail = chunk[-_LONGEST_REFERENCE:]
    return size, wide, hides


def _refuse_wide_area(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a worksheet whose rectangle of cells is too large: one far cell makes the reader lay out all between.

    26 columns of 1,048,576 rows are within the limit, so only sheets with a column beyond Z come here.
    """
    columns: set[bytes] = set()
    last_row, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            for column, row in _REFERENCE.findall(tail + chunk):
                columns.add(column)
                last_row = max(last_row, int(row))
            tail = chunk[-_LONGEST_REFERENCE:]
    if max(map(_column_number, columns), default=0) * last_row > MAX_CELLS:
        raise BadInput("xlsx.too_many_cells", limit=MAX_CELLS // 1_000_000)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
