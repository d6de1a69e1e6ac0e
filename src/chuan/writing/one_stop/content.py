"""A printed form as plain blocks: what its PDF and its Word file have in common."""

from dataclasses import dataclass
from datetime import date

from chuan.writing.blocks import Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: sides and margins in mm, the size of text and of cells in points."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    text: float
    cell: float

    @property
    def text_width(self) -> int:
        """The room between the margins, mm."""
        return self.width - self.left - self.right


# A4 as in NĐ 30/2020/NĐ-CP, Annex I; no text sets margins for A5. The book lies: its twelve columns do not fit upright.
A5 = Paper(148, 210, top=12, right=10, bottom=11, left=15, text=10.5, cell=9.5)
A4 = Paper(210, 297, top=20, right=15, bottom=20, left=30, text=13, cell=11)
A4_LYING = Paper(297, 210, top=20, right=15, bottom=15, left=20, text=12, cell=9)


@dataclass(frozen=True, slots=True)
class Heading:
    """Agency over unit and number on the left; state, motto, place and day on the right; form number on top."""

    form_number: str
    agency: str
    unit: str
    number: str
    state: str
    motto: str
    place_and_day: str


@dataclass(frozen=True, slots=True)
class Title:
    """Name of the form, the lines under it, and the code of the dossier as QR code on the right ("": none)."""

    name: str
    lines: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what was entered."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Fields after one another on one line."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Running text; `centred` for "Kính gửi"."""

    text: str
    centred: bool = False
    slanted: bool = False


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
