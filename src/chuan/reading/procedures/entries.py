"""What the rows of a table (or the paragraphs of prose) say, before anything is decided: steps, phases, totals.

All words are those of the file, NFC with spaces collapsed; only a step number in front of a title is taken off it.
"""

from dataclasses import dataclass

from chuan.reading.procedures.columns import Columns
from chuan.text.messages import Message

CellKey = tuple[int, int, int]
"""The identity of a merged cell: block, row and column of its origin."""

Times = tuple[tuple[str, str], ...]
"""(heading, time) of further columns of times."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: block number in the document, and row for a table (-1 for a paragraph)."""

    block: int
    row: int = -1


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step as it stands: the texts of its columns, and which merged cells it shares with its neighbours."""

    place: Place
    title: str
    no: str = ""
    role: str = ""
    time: str = ""
    output: str = ""
    note: str = ""
    beside: Times = ()  # what other columns of times say
    sub: bool = False  # a row under the number of the row before
    after_blank: bool = False  # an empty row over all columns stands above
    time_cell: CellKey | None = None  # set when the time cell covers several rows
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Banner:
    """A row (or paragraph) over the steps that follow: a phase, or the name of a variant; "" ends a phase."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Total:
    """A total row: the words of its time cell, or of the whole row. `part` tells that it sums up only one phase."""

    place: Place
    text: str
    part: bool = False
    beside: Times = ()


Entry = StepEntry | Banner | Total


@dataclass(frozen=True, slots=True)
class Run:
    """The entries of one table, or of one stretch of prose: `first` and `last` are the places it takes.

    `columns` is the heading that the rows stand under (None for prose), `captions` the lines above, `doubts` what is
    unsure about the rows as a whole, `rest` the words above all rows that end the last title of the run before,
    `blocks` the paragraphs that steps written as prose take.
    """

    entries: tuple[Entry, ...]
    first: Place
    last: Place
    columns: Columns | None = None
    captions: tuple[Banner, ...] = ()
    doubts: tuple[Message, ...] = ()
    rest: str = ""
    blocks: frozenset[int] = frozenset()

    @property
    def steps(self) -> tuple[StepEntry, ...]:
        """The steps alone."""
        return tuple(entry for entry in self.entries if isinstance(entry, StepEntry))

    @property
    def headings(self) -> tuple[str, ...]:
        """The words of the heading per column."""
        return self.columns.headings if self.columns else ()

    @property
    def time_heading(self) -> str:
        """The words over the times."""
        time = self.columns.group("time") if self.columns else ()
        return self.headings[time[0]] if time else ""
