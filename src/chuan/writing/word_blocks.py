"""Blocks as paragraphs and tables of a Word document."""

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from chuan.writing.blocks import (
    Block,
    Body,
    Caption,
    Cell,
    Heading,
    NationalHeading,
    PageBreak,
    Table,
    Title,
)
from chuan.writing.word_page import CELL_STYLES, TEXT_WIDTH, rule

INDENT = 10  # mm, first line
SIGNING_ROOM = 22  # mm


def add_block(document: Any, block: Block) -> None:
    """Append one block."""
    if isinstance(block, Heading):
        _heading(document, block)
    elif isinstance(block, Body):
        _body(document, block)
    elif isinstance(block, Caption):
        _caption(document, block)
    elif isinstance(block, Table):
        add_table(document, block)
    elif isinstance(block, NationalHeading):
        _national_heading(document, block)
    elif isinstance(block, Title):
        _title(document, block)
    elif isinstance(block, PageBreak):
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _heading(document: Any, block: Heading) -> None:
    paragraph = document.add_paragraph(style=document.styles[f"Heading {block.level}"])
    paragraph.add_run(f"{block.title}: " if block.text else block.title)
    if block.text:
        paragraph.add_run(block.text).bold = False
        paragraph.paragraph_format.keep_with_next = False
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _body(document: Any, block: Body) -> None:
    paragraph = document.add_paragraph(f"- {block.text}" if block.dashed else block.text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(INDENT)


def _caption(document: Any, block: Caption) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(block.text).bold = True
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(12 if block.centred else 6)
    if block.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_table(document: Any, block: Table) -> None:
    """Append a table with borders."""
    table = document.add_table(rows=len(block.rows), cols=len(block.widths))
    table.style = document.styles["Table Grid"]
    grid = fix_widths(table, block.widths)
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(block.rows):
        _row_properties(table.rows[row], head=row < block.head, tall=row in block.tall)
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            down, right = row + cell.rows - 1, column + cell.columns - 1
            target = grid[row][column]
            if (down, right) != (row, column):
                target = target.merge(grid[down][right])
            _fill(target, cell, follow=block.together and row < len(block.rows) - 1)
            covered |= {(at, across) for at in range(row, down + 1) for across in range(column, right + 1)}
            column = right + 1
    _gap(document)


def fix_widths(table: Any, widths: tuple[int, ...]) -> list[list[Any]]:
    """Set the widths; return the cells by row and column (asking python-docx again for each would be quadratic)."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    grid = [list(row.cells) for row in table.rows]
    for cells in grid:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Mm(width)
    return grid


def _row_properties(row: Any, *, head: bool, tall: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if tall:
        row.height = Mm(SIGNING_ROOM)
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(target: Any, cell: Cell, *, follow: bool) -> None:
    target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = target.paragraphs[0]
    paragraph._p.style = CELL_STYLES[cell.align][0]
    run = paragraph.add_run(cell.text)
    if cell.bold:
        run.bold = True
    if follow:
        paragraph.paragraph_format.keep_with_next = True


def _gap(document: Any) -> None:
    """Add a small empty paragraph: two tables in a row would otherwise become one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(8)


def _national_heading(document: Any, block: NationalHeading) -> None:
    table = document.add_table(rows=1, cols=2)
    fix_widths(table, (66, TEXT_WIDTH - 66))
    left, right = table.rows[0].cells
    lines = [(line, False) for line in (block.parent,) if line] + [(line, True) for line in block.agency]
    _lines(left, lines, 12, rule_width=22)
    _lines(right, [(block.state, True)], 12, rule_width=0)
    motto = right.add_paragraph()
    _line(motto, block.motto, bold=True, size=13)
    _short_rule(right.add_paragraph(), 58)


def _lines(cell: Any, lines: list[tuple[str, bool]], size: int, *, rule_width: int) -> None:
    for index, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        _line(paragraph, text, bold=bold, size=size)
    if rule_width and lines:
        _short_rule(cell.add_paragraph(), rule_width)


def _line(paragraph: Any, text: str, *, bold: bool, size: int, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)


def _short_rule(paragraph: Any, width: int) -> None:
    """Draw a short line in the middle: an empty paragraph with a top border, indented from both sides.

    The room is that of the column: 66 mm on the left, 99 on the right, the whole page under a title.
    """
    room = {22: 62, 58: 95}.get(width, TEXT_WIDTH)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((room - width) / 2)
    form.space_before, form.space_after, form.line_spacing = Pt(2), Pt(0), Pt(4)
    rule(paragraph, "top")


def _title(document: Any, block: Title) -> None:
    kind = document.add_paragraph()
    kind.paragraph_format.space_before = Pt(42)
    _line(kind, block.kind, bold=True, size=14)
    name = document.add_paragraph()
    name.paragraph_format.left_indent = name.paragraph_format.right_indent = Mm(15)
    name.paragraph_format.space_before = Pt(6)
    _line(name, block.name, bold=True, size=14)
    _short_rule(document.add_paragraph(), 60)
    if block.attached:
        attached = document.add_paragraph()
        attached.paragraph_format.space_before = Pt(6)
        _line(attached, block.attached, bold=False, size=13, italic=True)
    document.add_paragraph().paragraph_format.space_after = Pt(6)
