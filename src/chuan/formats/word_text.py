"""The text of Word paragraphs: runs put together, deletions and hidden text left out, styles and numbers looked up."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from chuan.formats.document import Paragraph
from chuan.formats.word_numbering import Counters, W, value, whole

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = {
    f"{W}{tag}" for tag in ("instrText", "delText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "footnoteReference")
}
_DELETED = {f"{W}del", f"{W}moveFrom"}
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST_STYLE = 20
_SOFT_HYPHEN = "\u00ad"  # where a word may be broken at the end of a line
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style adds: its name, heading level (0 body), boldness and list."""

    name: str = ""
    level: int = 0
    bold: bool = False
    list_id: str = ""
    list_level: int = 0


class StyleSheet:
    """The styles of styles.xml by id, with what they inherit; looked up when first asked for."""

    def __init__(self, root: Any | None) -> None:
        nodes = () if root is None else root.iterfind(f"{W}style")
        self._nodes = {node.get(f"{W}styleId"): node for node in nodes}
        self._known: dict[str, Style] = {}

    def __getitem__(self, key: str) -> Style:
        """Return the style with this id, a plain one when there is none."""
        if key not in self._known:
            self._known[key] = self._inherited(key)
        return self._known[key]

    def _inherited(self, key: str) -> Style:
        chain: list[Any] = []
        while key in self._nodes and self._nodes[key] not in chain and len(chain) < _DEEPEST_STYLE:
            chain.append(self._nodes[key])
            key = value(self._nodes[key], "basedOn") or ""
        found = Style()
        for node in reversed(chain):
            found = _with(found, node)
        return found


def _with(base: Style, node: Any) -> Style:
    name = value(node, "name") or ""
    properties = node.find(f"{W}pPr")
    heading = re.fullmatch(r"heading ([1-9])", name.casefold())
    level = int(heading[1]) if heading else base.level
    if properties is not None and (outline := value(properties, "outlineLvl")):
        level = whole(outline, 9) + 1 if outline != "9" else 0
    marks = node.find(f"{W}rPr")
    bold = base.bold if marks is None else on(marks, "b", base.bold)
    list_id, list_level = numbered(properties)
    return Style(name, level, bold, list_id or base.list_id, list_level if list_id else base.list_level)


def numbered(properties: Any | None) -> tuple[str, int]:
    """Return the list and level that paragraph properties name ("" when none)."""
    number = None if properties is None else properties.find(f"{W}numPr")
    if number is None:
        return "", 0
    return value(number, "numId") or "", whole(value(number, "ilvl"), 0)


def on(marks: Any, tag: str, default: bool = False) -> bool:
    """Return an on/off property (w:b, w:vanish …) of run properties."""
    node = marks.find(f"{W}{tag}")
    return default if node is None else node.get(f"{W}val", "1") not in ("0", "false", "off")


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs in document order (the numbers depend on it) and counts what it left out."""

    styles: StyleSheet
    counters: Counters
    seen: Counter[str] = field(default_factory=Counter)

    def paragraph(self, node: Any) -> Paragraph:
        """Return one w:p as text with its number, style, boldness and level."""
        properties = node.find(f"{W}pPr")
        style_id = "" if properties is None else value(properties, "pStyle") or ""
        style = self.styles[style_id]
        pieces: list[tuple[str, bool]] = []
        self._gather(node, style.bold, pieces)
        text = unicodedata.normalize("NFC", "".join(piece for piece, _ in pieces)).replace(_SOFT_HYPHEN, "")
        written = [bold for piece, bold in pieces if piece.strip()]
        level = style.level
        if properties is not None and (outline := value(properties, "outlineLvl")):
            level = whole(outline, 9) + 1 if outline != "9" else 0
        label = self._label(properties, style)
        return Paragraph(text.strip(" \n"), style.name, label, bool(written) and all(written), level)

    def _label(self, properties: Any | None, style: Style) -> str:
        list_id, level = numbered(properties)
        if not list_id:
            list_id, level = style.list_id, style.list_level
        return unicodedata.normalize("NFC", self.counters.next_label(list_id, level)) if list_id else ""

    def _gather(self, node: Any, bold: bool, pieces: list[tuple[str, bool]]) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, bold, pieces)
            elif tag in _DELETED:
                self.seen["deleted"] += 1
            elif tag in _DRAWN:
                self._drawing(child)
            elif tag == f"{_MATH}f":
                pieces.append((f"{_math(child, 'num')}/{_math(child, 'den')}", bold))
            elif tag == f"{_MATH}t":
                pieces.append((child.text or "", bold))
            elif tag not in _SKIPPED and tag != _FALLBACK:
                self.seen["inserted"] += tag in _INSERTED
                self._gather(child, bold, pieces)

    def _run(self, run: Any, bold: bool, pieces: list[tuple[str, bool]]) -> None:
        marks = run.find(f"{W}rPr")
        if marks is not None:
            if on(marks, "vanish"):
                self.seen["hidden"] += bool("".join(run.itertext()).strip())
                return
            bold = on(marks, "b", bold)
        for child in run:
            if child.tag == f"{W}t":
                pieces.append((child.text or "", bold))
            elif child.tag in _SIGNS:
                pieces.append((_SIGNS[child.tag] if child.get(f"{W}type") != "page" else "", bold))
            elif child.tag == f"{W}sym":
                pieces.append((_symbol(child), bold))
            elif child.tag in _DRAWN:
                self._drawing(child)
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK:
                self._gather(child, bold, pieces)

    def _drawing(self, node: Any) -> None:
        boxes = [box for box in node.iter(f"{W}txbxContent") if "".join(box.itertext()).strip()]
        self.seen["text_boxes"] += bool(boxes)


def _math(node: Any, tag: str) -> str:
    part = node.find(f"{_MATH}{tag}")
    return "" if part is None else "".join(text.text or "" for text in part.iter(f"{_MATH}t"))


def _symbol(node: Any) -> str:
    """Return a w:sym as its sign; the private signs of symbol fonts say nothing in text."""
    code = node.get(f"{W}char") or ""
    sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""
    return _PRIVATE.sub("", sign)
