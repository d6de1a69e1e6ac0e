"""A document as plain JSON for the page that shows it beside what was understood: paragraphs and tables in order."""

from typing import Any

from chuan.formats.document import Document, Paragraph, Table

MOST_BLOCKS = 4000


def outline(document: Document | None) -> list[dict[str, Any]]:
    """Return the blocks: {text, level, bold} for a paragraph, {rows: [[{text, across, down, at}]]} for a table."""
    if document is None:
        return []
    return [_table(block) if isinstance(block, Table) else _paragraph(block) for block in document.blocks[:MOST_BLOCKS]]


def _paragraph(block: Paragraph) -> dict[str, Any]:
    found: dict[str, Any] = {"text": block.visible.strip()}
    if block.level:
        found["level"] = block.level
    if block.bold:
        found["bold"] = True
    return found


def _table(table: Table) -> dict[str, Any]:
    """Return each cell once, at the place where it begins."""
    rows = []
    for number, row in enumerate(table.rows):
        cells = []
        for column, cell in enumerate(row):
            if (cell.row, cell.column) == (number, column):
                cells.append({"text": cell.text, "across": cell.column_span, "down": cell.row_span})
        rows.append(cells)
    return {"rows": rows, "heads": table.header_rows}
