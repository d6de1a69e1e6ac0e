"""Access to the cells of a table by fact: text cleaned once, moments read with one order per column."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.proposal import Proposal
from chuan.reading.eventlogs.table import Table, Words, is_total
from chuan.reading.timestamps import DateColumn, date_column

Row: TypeAlias = Sequence[Cell]
Progress: TypeAlias = Callable[[int, int], None]
PROGRESS_EVERY = 5_000  # rows


class Cells:
    """A table seen through a proposal. A fact without a column reads as "" or as no moment."""

    def __init__(self, table: Table, proposal: Proposal, mapping: LogMapping) -> None:
        self._table = table
        self._places = {fact: table.headings.index(heading) for fact, heading in proposal.columns.items()}
        self._order = mapping.date_order or None
        self._words = Words()
        self._dates: dict[int, DateColumn] = {}

    def has(self, fact: str) -> bool:
        """Tell whether a column was found for `fact`."""
        return fact in self._places

    def place(self, heading: str) -> int:
        """Return the place of the column under `heading`."""
        return self._table.headings.index(heading)

    def text(self, row: Row, fact: str) -> str:
        """Return the cleaned text of the cell of `fact`."""
        place = self._places.get(fact)
        return self._words[row[place]] if place is not None and place < len(row) else ""

    def moment(self, row: Row, fact: str, number: int, gathering: Gathering) -> datetime | None:
        """Return the moment of `fact`; a cell that cannot be read is listed and gives None."""
        place = self._places.get(fact)
        return None if place is None else self.moment_in(row, place, number, gathering)

    def moment_in(self, row: Row, place: int, number: int, gathering: Gathering) -> datetime | None:
        """Return the moment in column `place`; a cell that cannot be read is listed and gives None."""
        if place >= len(row):
            return None
        column = self._dates.get(place) or self._date_column(place)
        reading = column.read(row[place])
        if reading.problem is not None:
            gathering.bad(number, self._table.headings[place], self._words[row[place]], reading.problem)
        return reading.at

    def note_whole_days(self, gathering: Gathering) -> None:
        """Tell `gathering` which facts were read from columns without times of day; steps stand for "at"."""
        facts = {place: fact for fact, place in self._places.items()}
        gathering.whole_days |= {
            facts.get(place, "at") for place, column in self._dates.items() if column.whole_days
        } - {"started_at"}

    def rows(self, progress: Progress | None) -> Iterator[tuple[int, Row]]:
        """Yield (row number in the source, cells) without blank rows and lines of totals."""
        total = len(self._table.rows)
        for index, row in enumerate(self._table.rows):
            if progress and index % PROGRESS_EVERY == 0:
                progress(index, total)
            first = next((cell for cell in row if cell is not None and cell != ""), None)
            if first is None or (isinstance(first, str) and is_total(self._words[first])):
                continue
            yield self._table.first_row + index, row
        if progress:
            progress(total, total)

    def _date_column(self, place: int) -> DateColumn:
        cells = (row[place] if place < len(row) else None for row in self._table.rows)
        column = date_column(self._table.headings[place], cells, self._table.first_row, self._order)
        self._dates[place] = column
        return column
