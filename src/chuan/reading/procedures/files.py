"""The door: bytes of any kind of file that can hold a procedure → Reading."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from chuan.formats.archive import Archive, is_zip
from chuan.formats.document import Cell, Document, Paragraph, Table
from chuan.reading.procedure_json import read_json
from chuan.reading.procedures.reading import Reading, read_document
from chuan.text.messages import BadInput, message
from chuan.text.vietnamese import clean

if TYPE_CHECKING:
    from chuan.formats.xlsx import Sheet

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_procedures(data: bytes, filename: str) -> Reading:
    """Return the procedures in a `.docx`, `.xlsx`, `.json` or `.bpmn`. The content tells the kind, not the name.

    Raises BadInput when nothing can be read.
    """
    if not data:
        raise BadInput("procedures.empty_file", name=filename)
    if _looks_like_json(data):
        return Reading(read_json(data, filename))
    if _looks_like_bpmn(data) or filename.lower().endswith(".bpmn"):
        from chuan.reading.models import read_bpmn_procedure

        return Reading((read_bpmn_procedure(data, filename),))
    if data.startswith(_OLD_OFFICE) and "Workbook".encode("utf-16-le") in data:
        raise BadInput("xlsx.old_or_protected")
    if is_zip(data) and _is_workbook(data):
        return read_document(_workbook(data))
    from chuan.formats.docx import read_docx

    return read_document(read_docx(data))


def _looks_like_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and not data.startswith(b"{\\rtf")


def _looks_like_bpmn(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and b"/BPMN/" in data[:4096]


def _is_workbook(data: bytes) -> bool:
    return any(name.startswith("xl/") for name in Archive(data).names)


def _workbook(data: bytes) -> Document:
    """Return a workbook as a document: a heading with the sheet's name, then its cells as one table."""
    from chuan.formats.xlsx import read_sheets

    blocks: list[Paragraph | Table] = []
    filled = [sheet for sheet in read_sheets(data) if any(cell != "" for row in sheet.rows for cell in row)]
    for sheet in filled:
        if sheet.visible:
            blocks += [Paragraph(clean(sheet.name), style="sheet"), _grid(sheet)]
    hidden = ", ".join(clean(sheet.name) for sheet in filled if not sheet.visible)
    notes = [message("procedures.hidden_sheets", names=hidden)] if hidden else []
    rows = [(clean(sheet.name), sheet.hidden_from()) for sheet in filled if sheet.visible]
    notes += [message("procedures.hidden_rows", name=name, count=count) for name, count in rows if count]
    return Document(tuple(blocks), notes=tuple(notes))


def _grid(sheet: "Sheet") -> Table:
    """Return the cells of a sheet as a table, merged areas as the cells they show."""
    height, width = len(sheet.rows), max(len(row) for row in sheet.rows)
    covers: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged:
        bottom, right = min(area.bottom, height - 1), min(area.right, width - 1)
        text = _text(sheet.rows[area.top][area.left]) if area.top < height and area.left < width else ""
        cell = Cell(_paragraphs(text), area.top, area.left, bottom - area.top + 1, right - area.left + 1)
        places = ((row, column) for row in range(area.top, bottom + 1) for column in range(area.left, right + 1))
        covers.update(dict.fromkeys(places, cell))
    return Table(
        tuple(
            tuple(
                covers.get((number, column)) or Cell(_paragraphs(_text(value)), number, column)
                for column, value in enumerate([*row, *[""] * (width - len(row))])
            )
            for number, row in enumerate(sheet.rows)
        )
    )


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line.strip()) for line in text.split("\n") if line.strip())


def _text(value: object) -> str:
    """Return a cell as the words a reader sees: 1.0 is "1", half a day "0.5"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    return str(value).strip()
