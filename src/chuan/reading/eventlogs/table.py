"""A table with headings, out of the rows of a sheet: where the headings stand, what is title, numbering or total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.facts import IGNORED, recognise
from chuan.reading.timestamps import looks_like_a_date
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean, fold_words

HEADINGS_WITHIN = 40  # rows from the top in which the headings are looked for
_FACT = 20  # what a recognised heading weighs against headings that are only text
_BLANK = ("", None)
_NUMBERING = re.compile(r"\(?([0-9]{1,2}|[A-Za-z])\)?")
_TOTAL = re.compile(
    r"(?:(?:tong|cong|total|grand total|sum)(?: \d+)*(?: ho so)?|(?:tong cong|tong so|cong linh vuc) ?.*)"
)
_NUMBERING_OF_GROUPS = re.compile(r"\(?(?:\d{1,3}|[A-Za-zĐđ]|[IVXivx]+)(?:\.\d{1,2})*[.)]?")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TOTAL_INITIALS = frozenset("tcTCgGsS")
_LONGEST_TOTAL = 60
_LONGEST_NAMED = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below headings. `rows[i]` stands in row `first_row + i` of the source; a short row lacks its last cells.

    `name` is that of the sheet; `left_out` are other sheets that look like logs too; `hidden` counts the hidden rows.
    """

    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    first_row: int = 2
    name: str = ""
    left_out: tuple[str, ...] = ()
    hidden: int = 0


class Words(dict[Cell, str]):
    """The text of cells, each distinct one cleaned once: NFC, spaces collapsed, 123.0 as "123", None as ""."""

    def __missing__(self, cell: Cell) -> str:
        if isinstance(cell, float) and cell.is_integer():
            text = str(int(cell))
        else:
            text = "" if cell is None else clean(str(cell))
        self[cell] = text
        return text


def find_table(rows: Sequence[Sequence[Cell]], wanted: Sequence[str] = (), name: str = "") -> tuple[int, Table | None]:
    """Return how well the best row of headings fits (0: none) and the table below it.

    `wanted` are headings that a mapping file names; they weigh more than what is recognised.
    """
    words = {fold_words(heading) for heading in wanted}
    scores = [_fit(row, words) for row in rows[:HEADINGS_WITHIN]]
    best = max(scores, default=0)
    if not best:
        return 0, None
    at = scores.index(best)
    ways = [(best, at, rows[at])]
    ways += [(_fit(joined, words), low, joined) for low in (at, at + 1) if (joined := _over(rows, low))]
    best, at, row = max(ways, key=lambda one: one[0] // _FACT)
    return best, table_below(rows, at, row, name)


def table_below(rows: Sequence[Sequence[Cell]], at: int, headings: Sequence[Cell], name: str = "") -> Table:
    """Return the table whose `headings` end in `rows[at]`; the same again and numbers of columns are passed over."""
    while at + 1 < min(len(rows), HEADINGS_WITHIN) and list(rows[at + 1]) == list(rows[at]):
        at += 1  # headings merged over several rows
    start = at + 1
    if start < len(rows) and _is_numbering(rows[start]):
        start += 1
    return Table(unique_headings(headings), rows[start:], start + 1, name)


def _over(rows: Sequence[Sequence[Cell]], low: int) -> list[Cell]:
    """Return the headings in two rows that were never merged: those of `rows[low]`, above its blanks the row before.

    [] where the lower row is no headings: it holds a date or a number, or nothing under a blank of the upper one.
    """
    if not 0 < low < min(len(rows), HEADINGS_WITHIN):
        return []
    upper, lower = rows[low - 1], list(rows[low])
    told = [cell for cell in lower if cell not in _BLANK]
    if not told or not all(isinstance(cell, str) and not looks_like_a_date(cell) for cell in told):
        return []
    above = [*upper, *[""] * (len(lower) - len(upper))]
    return [cell if cell not in _BLANK else over for cell, over in zip(lower, above, strict=False)]


def unique_headings(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return the headings of `row` without trailing empty ones; a repeated one gets " (2)"."""
    words = Words()
    found: list[str] = []
    for cell in row:
        text = words[cell]
        seen = sum(1 for other in found if other == text or re.fullmatch(re.escape(text) + r" \(\d+\)", other))
        found.append(f"{text} ({seen + 1})" if text and seen else text)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def is_total(first: str) -> bool:
    """Tell whether a row is the line of totals: its first text says so ("Tổng cộng: 120 hồ sơ")."""
    if first.lstrip()[:1] not in _TOTAL_INITIALS or len(first) > _LONGEST_TOTAL:
        return False
    return _TOTAL.fullmatch(fold_words(first)) is not None


def is_caption(texts: Sequence[str], place: int) -> bool:
    """Tell whether a row of `texts` is no dossier's: it counts the group above ("Cộng: 2") or names the one below it
    ("I | LĨNH VỰC XÂY DỰNG", also merged over the row). `place` is where the codes of dossiers stand.

    A code is one word, so a row with a code and nothing else is a dossier without its data.
    """
    caption = texts[place] or next((text for text in texts[:place] if text), "")
    if is_total(caption):
        return True
    others = [text for text in texts if text not in ("", caption)]
    numbered = not others or (others == texts[:1] and _NUMBERING_OF_GROUPS.fullmatch(others[0]))
    return bool(numbered) and len(_WORD.findall(caption)) > 1 and " " in caption


def index_of(headings: Sequence[str], heading: str) -> int | None:
    """Return the place of `heading`: as written, else folded. None when it is not there."""
    if heading in headings:
        return headings.index(heading)
    folded = [fold_words(known) for known in headings]
    wanted = fold_words(heading)
    return folded.index(wanted) if wanted and wanted in folded else None


def needed_index(headings: Sequence[str], heading: str, key: str) -> int:
    """Return the place of a heading that a mapping file names under `key`. Raises BadInput when it is not there."""
    place = index_of(headings, heading)
    if place is None:
        raise BadInput("eventlogs.mapped_column_missing", key=key, column=heading, headings=listed(headings))
    return place


def listed(headings: Sequence[str]) -> str:
    """Return headings for a message: the first twenty, quoted, long ones cut."""
    short = (f"{heading[:_LONGEST_NAMED]}…" if len(heading) > _LONGEST_NAMED else heading for heading in headings)
    return ", ".join(f"«{heading}»" for heading in list(short)[:20] if heading)


def _fit(row: Sequence[Cell], wanted: set[str]) -> int:
    """Score a row as headings: mapped headings first, then distinct facts, then the number of texts."""
    texts = {clean(cell) for cell in row if isinstance(cell, str) and cell.strip()}
    mapped = sum(1 for text in texts if fold_words(text) in wanted)
    facts = {known.fact for text in texts if (known := recognise(text))}
    useful = len(facts - {IGNORED})
    if not mapped and (useful < 2 and not ("dossier" in facts and len(texts) >= 3)):
        return 0
    return mapped * 1000 + useful * _FACT + min(len(texts), _FACT - 1)


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3) or A B 1 2."""
    words = Words()
    texts = [words[cell] for cell in row if words[cell]]
    return len(texts) >= 3 and all(_NUMBERING.fullmatch(text) for text in texts) and len(set(texts)) == len(texts)
