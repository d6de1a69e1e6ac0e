"""Lists in Excel: the rows under a line of headings, wherever in the workbook they stand."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.formats.xlsx import Cell, Sheet
from chuan.reading.timestamps import DateColumn
from chuan.text.messages import BadInput, Message, message
from chuan.text.vietnamese import clean, fold_words

_HEADINGS_WITHIN = 30  # rows: titles and approvals stand above the table


@dataclass(frozen=True, slots=True)
class Layout:
    """What a list looks like: usual names of its sheet, the headings of each column, the columns it cannot lack."""

    sheets: frozenset[str]
    required: tuple[str, ...]
    headings: Mapping[str, tuple[str, ...]]  # column -> folded headings; as written first


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: where it stands (1-based) and its cells by column name; a column that is not there is ""."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """Return the cell as text; a whole number loses its ".0"."""
        cell = self.cells.get(column, "")
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return clean(str(cell))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one row of a list, where, and how to mend it. `column` is the heading as usually written."""

    sheet: str
    row: int
    column: str
    reason: Message


class Understanding:
    """A row while it is understood: whatever is wrong in it goes to `problems`, so that all of it is said at once."""

    def __init__(self, row: ListRow, layout: Layout) -> None:
        self.row, self.problems = row, list[Problem]()
        self._layout = layout

    def wrong(self, column: str, code: str, /, **values: object) -> None:
        """Note the problem `code` of the messages in `column`."""
        place = self.row.sheet, self.row.row
        self.problems.append(Problem(*place, heading(self._layout, column), message(code, **values)))

    def needed(self, column: str) -> str:
        """Return the text of a cell that must not be empty."""
        text = self.row.text(column)
        if not text:
            self.wrong(column, "lists.empty_cell", column=heading(self._layout, column))
        return text

    def day(self, column: str, days: DateColumn) -> date | None:
        """Return the day in the cell, None when it is empty or wrong."""
        reading = days.read(self.row.cells.get(column, ""))
        if reading.problem is not None:
            self.wrong(column, "lists.bad_date", value=self.row.text(column))
        return reading.at.date() if reading.at else None

    def one_of(self, column: str, known: Mapping[str, Sequence[str]], unknown: str) -> str:
        """Return the key under which the written word stands in `known`, "" when the cell is empty or wrong."""
        written = self.row.text(column)
        for key, names in known.items():
            if fold_words(written) in {fold_words(name) for name in names}:
                return key
        if written:
            self.wrong(column, unknown, value=written, known="; ".join(names[0] for names in known.values()))
        return ""


@cache
def layouts(name: str) -> Mapping[str, Layout]:
    """Return the layouts of `data/reading_lists/<name>.toml`."""
    return {key: _layout(table) for key, table in words(name).items() if "headings" in table}


@cache
def words(name: str) -> Mapping[str, Any]:
    """Return `data/reading_lists/<name>.toml`."""
    return tomllib.loads((files("chuan.data") / "reading_lists" / f"{name}.toml").read_text(encoding="utf-8"))


def heading(layout: Layout, column: str) -> str:
    """Return the heading of `column` as people usually write it."""
    return layout.headings[column][0]


def find_rows(sheets: Iterable[Sheet], layout: Layout) -> list[ListRow] | None:
    """Return the rows of the list with this layout: of the sheet with its name, else of the first that fits; or None.

    A row without any filled cell is passed over.
    """
    known = sorted(sheets, key=lambda sheet: fold_words(sheet.name) not in layout.sheets)
    for sheet in known:
        for number, row in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
            columns = _columns(row, layout)
            if all(name in columns for name in layout.required):
                return list(_rows(sheet, number + 1, columns))
    return None


def missing(layout: Layout) -> BadInput:
    """Return the refusal of a workbook in which the list is not found."""
    wanted = ", ".join(f"«{heading(layout, column)}»" for column in layout.required)
    return BadInput("lists.no_sheet", wanted=wanted)


def as_day(cell: Cell) -> date | None:
    """Return the day of a cell that is a date already (text goes through `reading.timestamps`)."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


def _layout(table: Mapping[str, Any]) -> Layout:
    return Layout(
        sheets=frozenset(fold_words(name) for name in table["sheets"]),
        required=tuple(table["required"]),
        headings={column: tuple(names) for column, names in table["headings"].items()},
    )


def _columns(row: list[Cell], layout: Layout) -> dict[str, int]:
    """Return the place of each column whose heading stands in `row`; earlier synonyms win over later ones."""
    folded = [fold_words(str(cell)) for cell in row]
    found: dict[str, int] = {}
    for column, names in layout.headings.items():
        for name in names:
            if (wanted := fold_words(name)) in folded and column not in found:
                found[column] = folded.index(wanted)
    return found


def _rows(sheet: Sheet, first: int, columns: Mapping[str, int]) -> Iterable[ListRow]:
    for number, row in enumerate(sheet.rows[first:], start=first + 1):
        cells = {column: row[place] for column, place in columns.items() if place < len(row)}
        if any(clean(str(cell)) for cell in cells.values()):
            yield ListRow(sheet.name, number, cells)
