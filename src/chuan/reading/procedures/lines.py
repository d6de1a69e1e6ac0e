"""The document outside its tables of steps, as lines in reading order: paragraphs, and rows of the other tables."""

import re
from dataclasses import dataclass, replace

from chuan.formats.document import Cell, Document, Paragraph, Table
from chuan.reading.procedures.entries import Place, Run
from chuan.reading.procedures.headings import section_of, split_heading
from chuan.text.vietnamese import clean, fold_words

_COVER_LABELS = ("symbol", "service_code", "name", "field", "issue", "issued_on", "revision", "effective_on")
_NEXT_LABEL = re.compile(r"(?:\s*[.;,|]|\s[–—-])\s+(?P<label>[^\W\d][^:：.;,|–—]{2,40}[:：])")
_SECTION_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})+|[IVX]{1,5})\.?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, the cells when it is a row (empty ones left out), and whether it stands out."""

    place: Place
    text: str
    cells: tuple[str, ...] = ()
    strong: bool = False  # bold, a heading style, or all capitals
    grid: tuple[str, ...] = ()  # every column of the row, also the empty ones
    sheet: bool = False  # the name of a sheet of a workbook

    @property
    def heading(self) -> tuple[str, str]:
        """The kind of section that begins here and what the line itself says of it, ("", "") for other lines."""
        if not self.cells:
            return split_heading(self.text)
        return _row_heading(self.cells)


def _row_heading(cells: tuple[str, ...]) -> tuple[str, str]:
    """Read a row as a heading: "5.4 | Thời gian xử lý | 12 ngày", "Mã hiệu | QT-01", or one wide cell."""
    if len(cells) > 1 and _SECTION_NUMBER.match(cells[0]):
        kind, value = split_heading(f"{cells[0]} {cells[1]}")
        return kind, " ".join(part for part in (value, *cells[2:]) if part)
    if len(cells) == 1:
        return split_heading(cells[0])
    kind, value = split_heading(cells[0])
    if kind and not value and len(cells) == 2 and section_of(fold_words(cells[0])):
        return kind, cells[1]
    return (
        (kind, " ".join((value, *cells[1:])).strip())
        if kind and _SECTION_NUMBER.match(cells[0].split()[0])
        else ("", "")
    )


def lines_of(document: Document, runs: list[Run]) -> list[Line]:
    """Return all lines of the document but those that belong to `runs`."""
    taken = {(run.first.block, row) for run in runs for row in range(run.first.row, run.last.row + 1)}
    taken |= {(entry.place.block, entry.place.row) for run in runs for entry in run.entries}
    taken |= {(block, -1) for run in runs for block in run.blocks}
    lines: list[Line] = []
    for block, content in enumerate(document.blocks):
        if isinstance(content, Paragraph):
            if (block, -1) not in taken and clean(content.visible):
                lines += _parted(_paragraph_line(content, Place(block)))
            continue
        for row in range(len(content.rows)):
            if (block, row) not in taken:
                lines += _row_lines(content, Place(block, row))
    return lines


def _paragraph_line(paragraph: Paragraph, place: Place) -> Line:
    text = clean(paragraph.visible)
    strong = paragraph.bold or paragraph.level > 0 or paragraph.style.casefold() == "title" or _in_capitals(text)
    return Line(place, text, (), strong, sheet=paragraph.style == "sheet")


def _in_capitals(text: str) -> bool:
    return text.isupper() and len(text) > 3


def _label_pairs(cells: tuple[str, ...]) -> list[tuple[str, str]]:
    """Read "Mã hiệu | QT-01 | Lần ban hành | 02" as pairs; [] when the row is not made of such labels."""
    labels = [section_of(f"{cell.rstrip(' :')}:") in _COVER_LABELS and ":" not in cell[:-1] for cell in cells]
    if not cells or not labels[0]:
        return []
    following = (*cells[1:], "")
    known = zip(cells, following, labels, (*labels[1:], True), strict=True)
    return [(cell.rstrip(" :"), "" if next_too else value) for cell, value, label, next_too in known if label]


def _row_lines(table: Table, place: Place) -> list[Line]:
    """Return a row as one line; a row of a single cell (a frame around text) as its paragraphs."""
    row = table.rows[place.row]
    own: dict[tuple[int, int], Cell] = {(cell.row, cell.column): cell for cell in row if cell.row == place.row}
    filled = [cell for cell in own.values() if clean(cell.text)]
    if len(filled) == 1 and len(filled[0].paragraphs) > 1:
        return [_paragraph_line(part, place) for part in filled[0].paragraphs if clean(part.visible)]
    cells = tuple(clean(cell.text) for cell in filled)
    if pairs := _label_pairs(cells):
        return [Line(place, f"{label}: {value}") for label, value in pairs]
    bold = all(part.bold for cell in filled for part in cell.paragraphs if part.text)
    grid = tuple(clean(cell.text) for cell in row)
    strong = bold or (len(cells) == 1 and _in_capitals(cells[0]))
    return _parted(Line(place, " ".join(cells), cells, strong, grid)) if cells else []


def _parted(line: Line) -> list[Line]:
    """Return a line of the cover that says several things as so many: "Tên quy trình: X. Mã hiệu: Y – Lần …: 02"."""
    if len(line.cells) > 1 or line.heading[0] not in _COVER_LABELS:
        return [line]
    ends = [match for match in _NEXT_LABEL.finditer(line.text) if section_of(match["label"]) in _COVER_LABELS]
    starts = [0, *(match.start("label") for match in ends)]
    texts = [line.text[start:end] for start, end in zip(starts, [*(m.start() for m in ends), None], strict=True)]
    return [replace(line, text=text, cells=(text,) if line.cells else ()) for text in texts]
