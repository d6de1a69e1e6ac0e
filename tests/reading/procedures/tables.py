"""Documents made by hand for one peculiarity each: blocks as values, no Word file needed."""

from collections.abc import Sequence

from chuan.formats.document import Cell, Document, Paragraph, Table
from chuan.reading.procedures import Reading, read_document

HEADS = ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả")
UP, LEFT = "^", "<"
"""A cell that goes on with the one above, or with the one to its left."""


def table(*rows: Sequence[str]) -> Table:
    """Return a table; `UP` and `LEFT` merge a cell with its neighbour. Line breaks make paragraphs, ** makes bold."""
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            above, before = origin.get((row - 1, column)), origin.get((row, column - 1))
            origin[row, column] = (
                above if text == UP and above else before if text == LEFT and before else (row, column)
            )
    cells = {key: _cell(rows, key, [place for place, own in origin.items() if own == key]) for key in origin.values()}
    return Table(
        tuple(tuple(cells[origin[row, column]] for column in range(len(rows[row]))) for row in range(len(rows)))
    )


def _cell(rows: Sequence[Sequence[str]], key: tuple[int, int], places: list[tuple[int, int]]) -> Cell:
    down = max(row for row, _ in places) - key[0] + 1
    across = max(column for _, column in places) - key[1] + 1
    text = rows[key[0]][key[1]]
    paragraphs = tuple(_paragraph(line) for line in text.split("\n")) if text else ()
    return Cell(paragraphs, *key, down, across)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text.strip("*"), bold=text.startswith("**"))


def read(*blocks: Table | str) -> Reading:
    """Read a document of tables and paragraphs; a text with ** around it is bold."""
    made = [block if isinstance(block, Table) else _paragraph(block) for block in blocks]
    return read_document(Document(tuple(made)))


def steps(reading: Reading, variant: int = 0) -> list[tuple[str, str, str, str]]:
    """Return number, title, role and time ("1/2 working_day", "" without) of each step of a variant."""
    return [
        (one.no, one.title, one.role, f"{one.time.amount} {one.time.unit}" if one.time else "")
        for one in reading.procedures[0].variants[variant].steps
    ]


OF_SUMS = ("no_times", "sum_not_total", "sum_not_published", "total_not_published", "subtotal_differs")


def doubts(reading: Reading, *, sums: bool = False) -> list[str]:
    """Return the codes of all doubts, of the procedures and of their steps.

    Those about sums only with `sums`, and then alone: a table made for one peculiarity need not add up.
    """
    found = [doubt.message.code for one in reading.procedures for doubt in one.doubts]
    for procedure in reading.procedures:
        for variant in procedure.variants:
            found += [doubt.message.code for step in variant.steps for doubt in step.doubts]
    codes = [code.removeprefix("procedures.") for code in found]
    return [code for code in codes if (code in OF_SUMS) is sums]
