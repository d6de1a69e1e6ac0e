"""A printed document as plain blocks: what Word and PDF have in common. Widths are millimetres."""

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where the text of a cell stands."""

    LEFT = "left"
    CENTRE = "center"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title: level 1 "5. NỘI DUNG QUY TRÌNH", level 2 "5.4. Thời gian xử lý"; `text` follows on its line."""

    level: int
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph of running text; `dashed` for one entry of a list."""

    text: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """A line over a table: the name of a variant, the title of the revision table (`centred`)."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True)
class NationalHeading:
    """Issuing body on the left, state and motto on the right (NĐ 30/2020/NĐ-CP, Annex I)."""

    parent: str
    agency: tuple[str, ...]
    state: str
    motto: str


@dataclass(frozen=True, slots=True)
class Title:
    """Kind and name of the document in the middle, a short rule, and the decision it comes with."""

    kind: str
    name: str
    attached: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `columns` and `rows` are how many it covers. Covered cells are left out of their rows."""

    text: str = ""
    align: Align = Align.LEFT
    bold: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with borders. `head` rows are repeated on each page; `tall` gives the rows (by index) room to sign."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 1
    tall: tuple[int, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Body | Caption | NationalHeading | Title | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Running:
    """The running header from page 2: agency, code, issue with its day. Page x/y stands above it in the middle."""

    agency: str
    code: str
    issue: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole document; `mark` stands across every page."""

    title: str
    running: Running
    blocks: tuple[Block, ...]
    mark: str = ""
