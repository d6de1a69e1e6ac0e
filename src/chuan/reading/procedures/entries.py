"""What the rows of a table (or the paragraphs of prose) say, before anything is decided: steps, phases, totals.

All words are those of the file, NFC with spaces collapsed; only a step number in front of a title is taken off it.
"""

from dataclasses import dataclass, field

from chuan.text.messages import Message

CellKey = tuple[int, int, int]
"""The identity of a merged cell: block, row and column of its origin."""


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
    sub: bool = False  # a row under the number of the row before
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


Entry = StepEntry | Banner | Total


@dataclass(frozen=True, slots=True)
class Run:
    """The entries of one table, or of one stretch of prose: `first` and `last` are the places it takes.

    `time_heading` is the heading of its time column, `headings` those of all columns, `captions` the lines above it.
    """

    entries: tuple[Entry, ...]
    first: Place
    last: Place
    time_heading: str = ""
    headings: tuple[str, ...] = ()
    captions: tuple[Banner, ...] = field(default=())

    @property
    def steps(self) -> tuple[StepEntry, ...]:
        """The steps alone."""
        return tuple(entry for entry in self.entries if isinstance(entry, StepEntry))
