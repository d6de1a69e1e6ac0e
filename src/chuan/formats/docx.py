"""Word files: bytes → Document. Read straight from the XML, as python-docx knows neither content controls nor changes.

Tracked insertions count, deletions do not; nested tables follow their outer table; text boxes are only counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from chuan.formats.archive import Archive
from chuan.formats.document import Cell, Document, Paragraph, Table
from chuan.formats.word_numbering import W, counters, value, whole
from chuan.formats.word_text import StyleSheet, TextReader
from chuan.formats.xml import parse
from chuan.text.messages import BadInput, Message, message

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TRANSPARENT = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_MAIN = "word/document.xml"
MOST_COLUMNS = 63  # the limit of Word itself
MOST_PLACES = 400_000  # grid places of one document: some 10,000 pages


def read_docx(data: bytes) -> Document:
    """Return the document in a `.docx`. BadInput when the bytes are no Word file or a dangerous one."""
    refuse_other_kinds(data)
    archive = Archive(data)
    main = _main_part(archive)
    numbering, style_sheet = _part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml")
    walker = _Walker(TextReader(StyleSheet(style_sheet), counters(numbering)))
    body = _root(archive, main).find(f"{W}body")
    if body is None:
        raise BadInput("docx.no_document")
    walker.blocks_of(body, parent=-1)
    headers, footers = _margins(archive, "header"), _margins(archive, "footer")
    return Document(tuple(walker.blocks), headers, footers, walker.notes())


def refuse_other_kinds(data: bytes) -> None:
    """Raise BadInput with the right advice when `data` is plainly something else than a zip of Office parts."""
    if not data:
        raise BadInput("docx.empty")
    if data.lstrip()[:5] == b"%PDF-":
        raise BadInput("docx.pdf")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise BadInput("docx.encrypted" if locked else "docx.old_word")
    if data[:4] != b"PK\x03\x04":
        raise BadInput("docx.not_word")


def _main_part(archive: Archive) -> str:
    """Return the name of the main part: where the package says it is, by default word/document.xml."""
    relations = _part(archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            target = str(relation.get("Target", "")).lstrip("/")
            if target in archive and target.startswith("word/"):
                return target
    if _MAIN not in archive:
        raise BadInput("docx.no_document")
    return _MAIN


def _part(archive: Archive, name: str) -> Any | None:
    return _root(archive, name) if name in archive else None


def _root(archive: Archive, name: str) -> Any:
    return parse(archive.read(name).replace(_STRICT, _TRANSITIONAL), name)


def _margins(archive: Archive, kind: str) -> tuple[str, ...]:
    """Return the distinct texts of the headers or footers, a line per paragraph, the cells of a row with tabs."""
    texts: list[str] = []
    for name in sorted(name for name in archive.names if re.fullmatch(rf"word/{kind}\d*\.xml", name)):
        walker = _Walker(TextReader(StyleSheet(None), counters(None)))
        walker.blocks_of(_root(archive, name), parent=-1)
        text = "\n".join(line for block in walker.blocks for line in _lines(block))
        if text.strip() and text not in texts:
            texts.append(text)
    return tuple(texts)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.visible
        return
    for number, row in enumerate(block.rows):
        yield from (cell.text for place, cell in enumerate(row) if (cell.row, cell.column) == (number, place))


@dataclass(slots=True)
class _Walker:
    """Walks a story from top to bottom and collects its blocks."""

    text: TextReader
    blocks: list[Paragraph | Table] = field(default_factory=list)
    places: int = 0

    def notes(self) -> tuple[Message, ...]:
        order = ("inserted", "deleted", "hidden", "text_boxes")
        return tuple(message(f"docx.note_{kind}", count=n) for kind in order if (n := self.text.seen[kind]))

    def blocks_of(self, node: Any, parent: int) -> list[Paragraph]:
        """Append the blocks under `node`; inside a cell (`parent` ≥ 0) paragraphs are returned instead."""
        own: list[Paragraph] = []
        for child in _flat(node):
            if child.tag == f"{W}tbl":
                self._table(child, parent)
            elif child.tag == f"{W}p":
                paragraph = self.text.paragraph(child)
                (own if parent >= 0 else self.blocks).append(paragraph)
        return own

    def _table(self, node: Any, parent: int) -> None:
        place = len(self.blocks)
        self.blocks.append(Table(()))
        grid: list[list[Cell]] = []
        open_cells: dict[int, Cell] = {}
        headers = 0
        for row in (child for child in _flat(node) if child.tag == f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.text.seen["deleted"] += 1
                continue
            is_header = properties is not None and properties.find(f"{W}tblHeader") is not None
            headers += is_header and headers == len(grid)
            grid.append(self._row(row, len(grid), open_cells, place))
        self.blocks[place] = Table(_settled(grid), headers, parent)

    def _row(self, node: Any, number: int, open_cells: dict[int, Cell], place: int) -> list[Cell]:
        """Return the cells of one row, a wide one repeated; `open_cells` carries vertical merges down."""
        properties = node.find(f"{W}trPr")
        before = 0 if properties is None else whole(value(properties, "gridBefore"), 0)
        cells = [Cell(row=number, column=column) for column in range(min(before, MOST_COLUMNS))]
        for child in (child for child in _flat(node) if child.tag == f"{W}tc"):
            column = len(cells)
            span, merge = _spans(child, column)
            if merge == "left" and cells:
                cells += [cells[-1]] * span
                continue
            cell = open_cells.get(column) if merge == "continue" else None
            if cell is None:  # what stands in a continued cell is not shown, nor are its paragraphs counted
                cell = Cell(tuple(self.blocks_of(child, parent=place)), number, column, 1, span)
            for covered in range(column, column + span):
                open_cells.pop(covered, None)
            if merge:
                open_cells[column] = cell
            cells += [cell] * span
        self.places += len(cells)
        if self.places > MOST_PLACES:
            raise BadInput("docx.too_big")
        return cells


def _spans(node: Any, column: int) -> tuple[int, str]:
    """Return how many columns a w:tc covers and how it merges: "" (not), "restart", "continue", "left"."""
    properties = node.find(f"{W}tcPr")
    if properties is None:
        return 1, ""
    wide = max(1, min(whole(value(properties, "gridSpan"), 1), MOST_COLUMNS - min(column, MOST_COLUMNS - 1)))
    across, down = properties.find(f"{W}hMerge"), properties.find(f"{W}vMerge")
    if across is not None and across.get(f"{W}val", "continue") == "continue":
        return wide, "left"
    if down is None:
        return wide, ""
    return wide, down.get(f"{W}val", "continue")


def _settled(grid: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the grid as a rectangle, every cell knowing how many rows and columns it covers in the end."""
    width = max((len(row) for row in grid), default=0)
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            down, across = covered.get((cell.row, cell.column), (1, 1))
            covered[cell.row, cell.column] = (max(down, number - cell.row + 1), max(across, column - cell.column + 1))
    final = {key: Cell(grid[key[0]][key[1]].paragraphs, *key, *spans) for key, spans in covered.items()}
    return tuple(
        tuple(final[cell.row, cell.column] for cell in row)
        + tuple(Cell(row=number, column=column) for column in range(len(row), width))
        for number, row in enumerate(grid)
    )


def _flat(node: Any) -> Iterator[Any]:
    """Yield the children of `node`, looking through content controls, custom XML and accepted insertions."""
    for child in node:
        if child.tag in _TRANSPARENT:
            yield from _flat(child)
        else:
            yield child
