"""A document as a reader sees it: paragraphs and tables in order, merged cells resolved. Word and Excel alike."""

from dataclasses import dataclass

from chuan.text.messages import Message


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `text` as written (NFC; line breaks as \\n, tabs as \\t), `numbering` its automatic label ("B1").

    `level` is the heading level, 0 for body text. `bold` means that all of its text is bold.
    """

    text: str
    style: str = ""
    numbering: str = ""
    bold: bool = False
    level: int = 0

    @property
    def visible(self) -> str:
        """The text with the automatic number before it, as it is printed."""
        return f"{self.numbering} {self.text}".strip() if self.numbering else self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, standing at (`row`, `column`) and covering `row_span` × `column_span` places of the grid."""

    paragraphs: tuple[Paragraph, ...] = ()
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """All visible text, one line per paragraph, empty paragraphs left out."""
        return "\n".join(text for paragraph in self.paragraphs if (text := paragraph.visible).strip())


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular grid: `rows[r][c]` is the cell that covers this place (a merged cell stands at each of its places).

    `parent` is the index of the table's outer table among the blocks, -1 when it stands in the text itself.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks in reading order (a nested table follows its outer table), headers and footers apart.

    `notes` say what a reader of the file should know: changes accepted, text left out.
    """

    blocks: tuple[Paragraph | Table, ...]
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
