"""A printed form as plain blocks: what its PDF and its Word file have in common."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal

from chuan.writing.blocks import Table

STATE_WIDTH = 7.4
"""The name of the state in bold capitals, mm per point of type."""
CAPITAL = 0.23
"""A letter of a name in bold capitals, mm per point of type: a little more than usual, so that lines hold."""
SHORT = 300
"""Letters of a paragraph that may go to the next page as a whole, so that nobody signs a page of nothing else."""
QR_ROOM = 23
"""What the QR code takes beside the title, mm."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: sides and margins in mm; the size of the heading, of text and of cells in points."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    head: float
    text: float
    cell: float

    @property
    def text_width(self) -> int:
        """The room between the margins, mm."""
        return self.width - self.left - self.right

    @property
    def title(self) -> float:
        """The size of the name of the form, points."""
        return self.text + 0.5

    @property
    def state_width(self) -> int:
        """The right column of the heading, mm: the name of the state on one line; half of a sheet that lies."""
        return self.text_width // 2 if self.width > self.height else ceil(STATE_WIDTH * self.head) + 4


# A4 as in NĐ 30/2020/NĐ-CP, Annex I; no text sets margins for A5. The book lies: its twelve columns do not fit upright.
A5 = Paper(148, 210, top=14, right=10, bottom=11, left=15, head=9.5, text=10.5, cell=9.5)
A4 = Paper(210, 297, top=20, right=15, bottom=20, left=30, head=12, text=13, cell=11.5)
A4_LYING = Paper(297, 210, top=20, right=15, bottom=15, left=20, head=12, text=13, cell=9)

PaperName = Literal["a5", "a4"]
"""What slips, letters and sheets are printed on: A5 as the texts say, or A4 where there is no other paper."""
PAPERS: dict[PaperName, Paper] = {"a5": A5, "a4": A4}


@dataclass(frozen=True, slots=True)
class Heading:
    """Agency over unit and number on the left; state, motto, place and day on the right; form number on top.

    Agency and unit have a line break (\n) where they take more than one line.
    """

    form_number: str
    agency: str
    unit: str
    number: str
    state: str
    motto: str
    place_and_day: str


@dataclass(frozen=True, slots=True)
class Title:
    """Name of the form (with line breaks, as in Heading), lines under it, the dossier's code as QR code ("": none)."""

    name: str
    lines: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what was entered; `by_hand`: nothing was, and dots leave room to write it."""

    label: str
    value: str
    strong: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Fields after one another on one line; `roomy`: with the height to write by hand."""

    fields: tuple[Field, ...]
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Running text; `centred` for "Kính gửi"; `by_hand`: dots follow on its line, to be written over."""

    text: str
    centred: bool = False
    slanted: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One who signs: lines of the position, how to sign, the name under the room for it."""

    lines: tuple[str, ...] = ()
    hint: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Those who sign, side by side; an empty one keeps its place free."""

    columns: tuple[Signature, ...]


Block = Heading | Title | Line | Sentence | Table | Signatures


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A whole form. `running` stands on top of its pages from the second, of a book (`all_pages`) from the first."""

    title: str
    author: str
    paper: Paper
    running: str
    blocks: tuple[Block, ...]
    issued_on: date | None = None
    all_pages: bool = False

    @property
    def code(self) -> str:
        """The code that stands on the form as QR code, "" when none does."""
        return next((block.code for block in self.blocks if isinstance(block, Title)), "")
