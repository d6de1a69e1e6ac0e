"""Tables and lists of papers: components of the dossier, forms, records to keep. Their columns are found by heading."""

import re
from collections.abc import Mapping
from functools import lru_cache

from chuan.reading.procedures.lines import Line
from chuan.reading.procedures.sections import Section
from chuan.reading.procedures.words import load
from chuan.rules.procedure.structure import Component, Form, KeptRecord
from chuan.text.vietnamese import clean, fold_words

_BULLET = re.compile(r"^(?:[-+•*–]|\(?\d{1,2}[.)]|[a-zđ]\))\s*")
_CLOSING = " ;."
_COPIES = ("bản chính", "bản sao chứng thực", "bản sao điện tử", "bản sao", "xuất trình")
_COUNT = re.compile(r"\d{1,2}")
_YEARS = re.compile(r"\d{1,3}\s*năm|vĩnh viễn|lâu dài", re.IGNORECASE)
_KEPT_AT = re.compile(
    r"(?:lưu|nơi lưu|bảo quản)\s*(?:trữ\s*)?(?:tại|:)\s*(?P<place>[^,.;]+?)\s*(?:\d+\s*năm|[,.;]|$)", re.IGNORECASE
)
_CONDITION = "(nếu có)"
_ABSENT = ("chua ghi", "khong co", "")

Row = Mapping[str, str]


def item(text: str) -> str:
    """Return a list item without its bullet and closing sign, "" for the words that say there is nothing."""
    words = clean(_BULLET.sub("", text)).rstrip(_CLOSING) or clean(text).rstrip(_CLOSING)
    return "" if fold_words(words) in _ABSENT else words


@lru_cache(maxsize=1024)
def _kind(heading: str) -> str:
    folded = fold_words(heading)
    for kind, words in load("papers").items():
        if any(f"{folded} ".startswith(f"{word} ") for word in words):
            return str(kind)
    return ""


def rows_of(section: Section | None) -> list[Row]:
    """Return the rows of the tables by kind of column, and the lines of lists as rows with only a name."""
    rows: list[Row] = []
    columns: tuple[str, ...] = ()
    block = -1
    for line in section.lines if section else ():
        if line.grid and line.place.block != block:
            block, kinds = line.place.block, tuple(map(_kind, line.grid))
            columns = kinds if len(set(kinds) - {""}) > 1 else ()
            if columns:
                continue
        rows.append(_row(line, columns if line.place.block == block else ()))
    return [row for row in rows if row.get("name")]


def _row(line: Line, columns: tuple[str, ...]) -> Row:
    if not line.grid:
        return {"name": item(line.text)}
    found: dict[str, str] = {}
    for kind, text in zip(columns, line.grid, strict=False):
        if kind and text and text not in found.values():
            found.setdefault(kind, text)
    if not columns:
        words = [text for text in line.cells if not re.fullmatch(r"\d{1,3}\.?", text)]
        found["name"] = max(words, key=len, default="")
    return {**found, "name": item(found.get("name", ""))}


def components_of(section: Section | None) -> tuple[Component, ...]:
    """Return the papers of the dossier: kind of copy by its column (bản chính | bản sao, or loại bản) or its words."""
    return tuple(_component(row) for row in rows_of(section))


def _component(row: Row) -> Component:
    name, conditional = row["name"], _CONDITION in row["name"]
    marked = [kind for kind in ("original", "copy") if row.get(kind)]
    kind = row.get("copy_type", "")
    if len(marked) == 1 and not kind:
        kind = "bản chính" if marked[0] == "original" else "bản sao"
    count = _COUNT.search(row.get("quantity", "") or (row[marked[0]] if len(marked) == 1 else ""))
    words = kind or next((copy for copy in _COPIES if copy in name.casefold()), "")
    bare = clean(name.removesuffix(_CONDITION)) if conditional else name
    return Component(bare, words, int(count[0]) if count else None, row.get("form", ""), conditional)


def forms_of(section: Section | None) -> tuple[Form, ...]:
    """Return the forms, with their codes where a column shows them."""
    return tuple(Form(row["name"], row.get("code", "")) for row in rows_of(section))


def records_of(section: Section | None) -> tuple[KeptRecord, ...]:
    """Return the records to keep, with place and duration from the columns or from the sentence behind them."""
    rows = rows_of(section)
    sentence = next((row["name"] for row in rows if len(row) == 1 and _YEARS.search(row["name"])), "")
    place, years = _KEPT_AT.search(sentence), _YEARS.search(sentence)
    common = (clean(place["place"]) if place else "", years[0] if years else "")
    return tuple(
        KeptRecord(row["name"], row.get("place") or common[0], row.get("duration") or common[1])
        for row in rows
        if row["name"] != sentence or len(rows) == 1
    )
