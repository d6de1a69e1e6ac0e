"""Long Excel workbooks: plain tables in, bytes out, row by row, at a small part of the cost of a general library.

For the hundreds of thousands of rows that a check writes; small sheets with a layout of their own use xlsxwriter. Text
stands inline and is always text ("=1+1" too). The same tables give the same bytes.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from itertools import chain, islice, repeat, zip_longest
from types import NoneType
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

from chuan.rules.workdays import VIETNAM

Cell: TypeAlias = str | int | float | datetime | None
"""Moments are aware and stand on Vietnamese clocks in the sheet, which has no zones."""

MOST_ROWS = 1_048_575
"""Rows that a worksheet can hold below its heading."""
_LONGEST_TEXT = 32_767
_ROWS_AT_ONCE = 2_000
_QUICK = 1  # packing harder takes four times as long and saves a fifth of the size
_EXCEL_ZERO, _DAY = datetime(1899, 12, 30, tzinfo=VIETNAM), timedelta(days=1)
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_HEADING, _MOMENT = 1, 2  # the formats of `_STYLES`

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="2"><border/><border><left/><right/><top/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="3"><xf/><xf fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>
</styleSheet>"""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a heading that stays in view and filters, and rows of at most as many cells.

    `widths` are those of the columns in characters, one for each. More than `MOST_ROWS` rows go on in "NAME (2)".
    """

    name: str
    heading: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int]


def write_tables(tables: Iterable[Table], most_rows: int = MOST_ROWS) -> bytes:
    """Return the workbook of `tables`, with at most `most_rows` rows on a sheet."""
    memory = BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        for table in tables:
            for name, rows in _sheets(table, most_rows):
                names.append(name)
                _write(archive, f"xl/worksheets/sheet{len(names)}.xml", _worksheet(table, rows))
        for path, text in _frame(names):
            _write(archive, path, [text])
    return memory.getvalue()


def _write(archive: zipfile.ZipFile, path: str, texts: Iterable[str]) -> None:
    with archive.open(path, "w") as part:  # parts that are opened, not added whole, are dated 1980
        for text in texts:
            part.write(text.encode())


def _sheets(table: Table, most_rows: int) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    """Yield name and rows of each sheet that `table` needs, at least one; the rows are to be taken before the next."""
    rest, number = iter(table.rows), 1
    yield table.name, islice(rest, most_rows)
    for following in rest:
        number += 1
        yield f"{table.name} ({number})", islice(chain([following], rest), most_rows)


def _worksheet(table: Table, rows: Iterator[Sequence[Cell]]) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for place, width in enumerate(table.widths, start=1):
        yield f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
    letters = [_letters(column) for column in range(len(table.heading))]
    yield f"</cols><sheetData>{_rows(1, letters, [table.heading], _HEADING)}"
    last = 1
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield _rows(last + 1, letters, some)
        last += len(some)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{max(last, 2)}"/></worksheet>'


def _rows(first: int, letters: Sequence[str], rows: Sequence[Sequence[Cell]], style: int = 0) -> str:
    """Return `rows`, which stand from row `first` on: written column by column, since those hold cells of one kind."""
    numbers = range(first, first + len(rows))
    columns = [
        _column(letter, numbers, cells, style) for letter, cells in zip(letters, zip_longest(*rows), strict=False)
    ]
    begins = [f'<row r="{number}">' for number in numbers]
    return "".join(chain.from_iterable(zip(begins, *columns, repeat("</row>"), strict=False)))


def _column(letter: str, numbers: Sequence[int], cells: Sequence[Cell], style: int) -> list[str]:
    """Return the cells of one column; an empty one is "", and so are those that a short row lacks (None)."""
    kinds = {*map(type, cells)} - {NoneType}
    if len(kinds) > 1:
        return [_column(letter, (number,), (cell,), style)[0] for number, cell in zip(numbers, cells, strict=True)]
    begin, kind = f'<c r="{letter}', next(iter(kinds), NoneType)
    if issubclass(kind, str):
        after = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        texts = zip(numbers, _texts(cells), strict=True)
        return [f"{begin}{number}{after}{text}</t></is></c>" if text else "" for number, text in texts]
    placed = zip(numbers, cells, strict=True)
    if issubclass(kind, datetime):
        after = f'" s="{_MOMENT}"><v>'
        return [
            f"{begin}{number}{after}{(cell - _EXCEL_ZERO) / _DAY}</v></c>" if isinstance(cell, datetime) else ""
            for number, cell in placed
        ]
    return [f'{begin}{number}"><v>{cell}</v></c>' if cell is not None else "" for number, cell in placed]


def _texts(cells: Sequence[Cell]) -> Sequence[str]:
    """Return texts as the sheet holds them, "" for None. Looked at together: most have nothing to escape or to cut."""
    texts = [cell if isinstance(cell, str) else "" for cell in cells]
    if max(map(len, texts)) <= _LONGEST_TEXT and not _SPECIAL.search("\n".join(texts)):
        return texts
    return [_SPECIAL.sub(_escaped, text[:_LONGEST_TEXT]) for text in texts]


def _escaped(match: re.Match[str]) -> str:
    """Return what stands for a character that XML cannot hold, or for "_" where it would begin such an escape."""
    character = match[0]
    return _ENTITIES.get(character) or f"_x{ord(character):04X}_"


def _letters(column: int) -> str:
    """Return the name of the 0-based `column`: A … Z, AA …"""
    high, low = divmod(column, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield path and text of all parts that only say what belongs to the workbook."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers] + [("styles", "styles.xml")]
    types = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    types += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    overrides = "".join(f'<Override PartName="/{path}" ContentType="{_TYPE}.{kind}+xml"/>' for path, kind in types)
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    yield "xl/_rels/workbook.xml.rels", _relationships(targets)
    yield "xl/styles.xml", _STYLES
    yield "_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")])
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
    )


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
