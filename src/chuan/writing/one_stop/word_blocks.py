"""Blocks of a form as paragraphs and tables of a Word document."""

from io import BytesIO
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chuan.writing.blocks import Table
from chuan.writing.one_stop.content import (
    CAPITAL,
    QR_ROOM,
    SHORT,
    Block,
    Heading,
    Line,
    Paper,
    Sentence,
    Signature,
    Signatures,
    Title,
)
from chuan.writing.one_stop.qr import qr_png
from chuan.writing.word_blocks import add_table, fix_widths
from chuan.writing.word_page import rule

QR_SIDE = 20  # mm
MOTTO_WIDTH = 4.55  # mm per point of type: the rule under the motto is as long as its words
SIGNING_ROOM = 30  # points
HAND_ROW = 7  # mm: an empty row to write in
HAND_SPACE = 4  # points above a line to be written on
BETWEEN_FIELDS = "\u2003\u2003"


def add_block(document: Any, block: Block, paper: Paper) -> None:
    """Append one block."""
    if isinstance(block, Heading):
        _heading(document, block, paper)
    elif isinstance(block, Title):
        _title(document, block, paper)
    elif isinstance(block, Line):
        _line(document.add_paragraph(), block, paper)
    elif isinstance(block, Sentence):
        _sentence(document.add_paragraph(), block, paper)
    elif isinstance(block, Table):
        add_table(document, block)
        table = document.tables[-1]
        _narrow_margins(table)
        for at in block.tall:
            table.rows[at].height = Mm(HAND_ROW)
    elif isinstance(block, Signatures):
        _signatures(document, block, paper)


def _narrow_margins(table: Any) -> None:
    """Leave 1.2 mm beside the words, as in the PDF: a day must fit on one line of the book."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "68")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _centred(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)


def _next(cell: Any) -> Any:
    """Return the paragraph of a cell to write next: the empty one it was made with, then new ones."""
    first = cell.paragraphs[0]
    return cell.add_paragraph() if len(cell.paragraphs) > 1 or first.runs else first


def _heading(document: Any, block: Heading, paper: Paper) -> None:
    if block.form_number:
        form_number = document.add_paragraph()
        _centred(form_number, block.form_number, paper.cell - 1, italic=True)
        form_number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form_number.paragraph_format.space_after = Pt(4)
    size, right_width = paper.head, paper.state_width
    left_width = paper.text_width - right_width
    table = document.add_table(rows=2, cols=2)
    grid = fix_widths(table, (left_width, right_width))
    _narrow_margins(table)
    (left, right), (number, day) = grid
    for text, bold in ((block.agency, not block.unit), (block.unit, True)):
        if text:
            _centred(_next(left), text, size, bold=bold)
    if block.agency or block.unit:
        letters = max(len(line) for line in f"{block.agency}\n{block.unit}".split("\n"))
        _rule_under(left, left_width, round(letters * CAPITAL * size * 0.4))
    _centred(_next(right), block.state, size, bold=True)
    _centred(_next(right), block.motto, size + 1, bold=True)
    _rule_under(right, right_width, round(MOTTO_WIDTH * (size + 1)))
    for cell, text, italic in ((number, block.number, False), (day, block.place_and_day, True)):
        _centred(_next(cell), text, size + 1 if paper.head < paper.text else paper.head, italic=italic)


def _rule_under(cell: Any, room: int, width: int) -> None:
    paragraph = _next(cell)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((room - 2.4 - width) / 2)
    form.space_before, form.space_after, form.line_spacing = Pt(2), Pt(0), Pt(4)
    rule(paragraph, "top")


def _title(document: Any, block: Title, paper: Paper) -> None:
    _space(document, 6)
    if not block.code:
        _title_lines(document, block, paper, first=document.add_paragraph())
        _space(document, 4)
        return
    table = document.add_table(rows=1, cols=2)
    _narrow_margins(table)
    ((words, picture),) = fix_widths(table, (paper.text_width - QR_ROOM, QR_ROOM))
    words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _title_lines(words, block, paper, first=words.paragraphs[0])
    drawn = picture.paragraphs[0].add_run().add_picture(BytesIO(qr_png(block.code)), width=Mm(QR_SIDE))
    drawn._inline.docPr.set("descr", block.code)
    picture.paragraphs[0].paragraph_format.space_after = Pt(0)
    _space(document, 4)


def _title_lines(place: Any, block: Title, paper: Paper, *, first: Any) -> None:
    _centred(first, block.name, paper.title, bold=True)
    for at, text in enumerate(block.lines):
        _centred(place.add_paragraph(), text, paper.text, bold=at == 0)


def _space(document: Any, points: int) -> Any:
    """Add a low empty paragraph: two tables in a row would otherwise become one."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(points)
    return paragraph


def _keep_with_next(paragraph: Any) -> None:
    """Nobody signs a page on which nothing else stands."""
    paragraph.paragraph_format.keep_with_next = True


def _line(paragraph: Any, block: Line, paper: Paper) -> None:
    """Fields after one another; those to be written by hand share the line, each up to a stop with dots before it."""
    if any(field.by_hand for field in block.fields):
        _room(paragraph, [f"{field.label}: " for field in block.fields], paper)
        return
    if block.roomy:
        paragraph.paragraph_format.space_before = Pt(HAND_SPACE)
    for at, field in enumerate(block.fields):
        paragraph.add_run(f"{BETWEEN_FIELDS if at else ''}{field.label}: ")
        paragraph.add_run(field.value).bold = field.strong


def _room(paragraph: Any, labels: list[str], paper: Paper) -> None:
    form = paragraph.paragraph_format
    form.space_before = Pt(HAND_SPACE)
    for at, label in enumerate(labels, start=1):
        end = paper.text_width * at / len(labels)
        form.tab_stops.add_tab_stop(Mm(end), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run(f"{BETWEEN_FIELDS if at > 1 else ''}{label}\t")


def _sentence(paragraph: Any, block: Sentence, paper: Paper) -> None:
    if block.by_hand:
        _room(paragraph, [f"{block.text} "], paper)
        return
    run = paragraph.add_run(block.text)
    run.bold, run.italic = block.centred, block.slanted
    if block.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _signatures(document: Any, block: Signatures, paper: Paper) -> None:
    last = document.paragraphs[-1]
    if len(last.text) < SHORT:
        _keep_with_next(last)
    _keep_with_next(_space(document, 4))
    many = len(block.columns)
    table = document.add_table(rows=1, cols=many)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    (cells,) = fix_widths(table, (paper.text_width // many,) * many)
    for cell, column in zip(cells, block.columns, strict=True):
        _signature(cell, column, paper)
    _space(document, 1)


def _signature(cell: Any, column: Signature, paper: Paper) -> None:
    for text in column.lines:
        _centred(_next(cell), text, paper.text, bold=True)
    if column.hint:
        _centred(_next(cell), column.hint, paper.cell - 1, italic=True)
    if column.lines:
        _next(cell).paragraph_format.space_after = Pt(SIGNING_ROOM)
    if column.name:
        _centred(_next(cell), column.name, paper.text, bold=True)
