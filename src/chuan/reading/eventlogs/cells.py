"""A table seen by facts, column by column: text cleaned once per distinct cell, moments with one order per column."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.hours import with_hour
from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.proposal import Proposal
from chuan.reading.eventlogs.table import Table, Words, is_caption, is_total
from chuan.reading.timestamps import Reading, date_column, days_seem_swapped
from chuan.text.messages import message

Progress: TypeAlias = Callable[[int, int], None]
PROGRESS_EVERY = 5_000  # rows
_FEW = 4  # different cells of a line between the rows of dossiers: blank, number, words, count


class Cells:
    """The columns of a table. Rows are named by their index in the table; a fact without a column is "" everywhere."""

    def __init__(self, table: Table, proposal: Proposal, mapping: LogMapping) -> None:
        self._table = table
        self._places = {fact: table.headings.index(heading) for fact, heading in proposal.columns.items()}
        self._hours = {day: table.headings.index(hour) for day, hour in proposal.hours.items()}
        self._order = mapping.date_order or None
        self._words = Words()
        self._whole_days: dict[int, bool] = {}  # columns of moments: whether they name days
        self._texts: dict[int, Sequence[str]] = {}

    def has(self, fact: str) -> bool:
        """Tell whether a column was found for `fact`."""
        return fact in self._places

    def row(self, index: int) -> int:
        """Return the number of the row in the source."""
        return self._table.first_row + index

    def texts(self, fact: str) -> Sequence[str]:
        """Return the cleaned texts of the column of `fact`, one per row."""
        return self._texts_in(self._places.get(fact, -1))

    def readings(self, fact: str) -> Sequence[Reading]:
        """Return what the cells of the column of `fact` say as moments, one per row."""
        return self.readings_under(self._table.headings[self._places[fact]])

    def readings_under(self, heading: str) -> Sequence[Reading]:
        """Return what the cells under `heading` say as moments, one per row."""
        place = self._table.headings.index(heading)
        cells = [row[place] if place < len(row) else None for row in self._table.rows]
        column = date_column(heading, cells, self._table.first_row, self._order)
        readings = [column.read(cell) for cell in cells]
        self._whole_days[place] = column.whole_days
        if heading in self._hours:
            readings = self._with_hours(readings, self._hours[heading])
            self._whole_days[place] = 2 * sum(one.whole_day for one in readings) > sum(bool(one.at) for one in readings)
        return readings

    def _with_hours(self, days: Sequence[Reading], place: int) -> list[Reading]:
        rows = self._table.rows
        return [with_hour(day, row[place] if place < len(row) else None) for day, row in zip(days, rows, strict=True)]

    def list_problem(self, fact_or_heading: str, index: int, reading: Reading, gathering: Gathering) -> None:
        """List a cell that cannot be read, if it cannot."""
        if reading.problem is not None:
            headings = self._table.headings
            place = self._places.get(fact_or_heading, -1)
            place = headings.index(fact_or_heading) if place < 0 else place
            row, hours = self._table.rows[index], self._hours.get(headings[place], len(headings))
            value = " ".join(self._words[cell] for cell in (row[place], *row[hours : hours + 1]) if self._words[cell])
            gathering.bad(self.row(index), headings[place], value, reading.problem)

    def note_dates(self, gathering: Gathering) -> None:
        """Tell `gathering` which facts were read from columns without times of day (columns of steps are "at"), and
        where days and months seem to have changed places."""
        facts = {place: fact for fact, place in self._places.items()}
        days = {facts.get(place, "at") for place, whole in self._whole_days.items() if whole}
        gathering.whole_days |= days
        for place in self._whole_days:
            if days_seem_swapped(row[place] for row in self._table.rows if place < len(row)):
                gathering.notes.append(message("eventlogs.days_swapped", column=self._table.headings[place]))

    def indexes(self, progress: Progress | None) -> Iterator[int]:
        """Yield the rows that are neither blank nor lines of totals."""
        total = len(self._table.rows)
        for index, row in enumerate(self._table.rows):
            if progress and index % PROGRESS_EVERY == 0:
                progress(index, total)
            first = next((cell for cell in row if cell is not None and cell != ""), None)
            if first is not None and not self._is_caption(row, first):
                yield index
        if progress:
            progress(total, total)

    def _is_caption(self, row: Sequence[Cell], first: Cell) -> bool:
        """Tell whether a row is a caption or a line of totals; only rows with few different cells can be the former."""
        if isinstance(first, str) and is_total(first):
            return True
        place = self._places["dossier"]
        few = place < len(row) and len(set(row)) <= _FEW
        return few and is_caption([self._words[cell] for cell in row], place)

    def _texts_in(self, place: int) -> Sequence[str]:
        if place not in self._texts:
            rows, words = self._table.rows, self._words
            if place < 0:
                self._texts[place] = [""] * len(rows)
            else:
                self._texts[place] = [words[row[place]] if place < len(row) else "" for row in rows]
        return self._texts[place]
