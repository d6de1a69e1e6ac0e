"""Columns whose heading could mean two things, told apart by what stands in them.

A "Bước" beside a "Nội dung công việc" holds the numbers of steps when its cells are B1, 2, Bước 3. "Người thực hiện"
holds positions when its cells name positions (data: `reading_logs/cells.toml`), and persons otherwise.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from chuan.formats.parquet import Cell
from chuan.reading.eventlogs.facts import recognise
from chuan.text.names import looks_like_person
from chuan.text.vietnamese import clean, fold_words

_STEP_NUMBER = re.compile(r"(?:bước|b|s|v|step)?\s*(?:[ivx]+\.)?\d{1,2}[a-zđ]?\.?", re.IGNORECASE)
_MOSTLY = 0.6


def settle_by_cells(columns: dict[str, str], headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Add `number` and `position` to `columns` where the cells decide; what is there already stays."""
    activities = [heading for heading in headings if _announces(heading, "activity")]
    if "number" not in columns and len(activities) > 1:
        numbers = [heading for heading in activities if _mostly(_cells(headings, rows, heading), _is_step_number)]
        if len(numbers) == 1:
            columns["number"] = numbers[0]
    if "position" in columns or any(_announces(heading, "position") for heading in headings):
        return
    for heading in headings:
        if fold_words(heading) in _cell_words()["position_headings"] and heading not in columns.values():
            cells = _cells(headings, rows, heading)
            if _mostly(cells, _names_a_position):
                columns["position"] = heading
                return


def _announces(heading: str, fact: str) -> bool:
    one = recognise(heading)
    return one is not None and one.fact == fact


def _cells(headings: Sequence[str], rows: Sequence[Sequence[Cell]], heading: str) -> list[str]:
    place = headings.index(heading)
    texts = (clean(str(row[place])) for row in rows if place < len(row) and row[place] is not None)
    return [text for text in texts if text]


def _mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(holds, cells)) >= _MOSTLY * len(cells)


def _is_step_number(text: str) -> bool:
    return _STEP_NUMBER.fullmatch(text) is not None


def _names_a_position(text: str) -> bool:
    words = f" {fold_words(text)} "
    return not looks_like_person(text) and any(f" {word} " in words for word in _cell_words()["position_words"])


@cache
def _cell_words() -> dict[str, frozenset[str]]:
    text = (files("chuan.data") / "reading_logs" / "cells.toml").read_text(encoding="utf-8")
    return {name: frozenset(fold_words(word) for word in words) for name, words in tomllib.loads(text).items()}
