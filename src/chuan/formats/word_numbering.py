"""Automatic numbering of Word paragraphs, as the text a reader sees: "B1", "5.4.", "a)".

The TT column of a step table is often numbered automatically, so its cells hold no text at all.
Source of the rules: ECMA-376, part 1, 17.9 (numbering definitions, levels, overrides).
"""

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_SMALL_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LARGEST = 100_000


def roman(number: int) -> str:
    """Return `number` (1 or more) in upper-case Roman figures."""
    figures = ""
    for value, letters in _ROMAN + _SMALL_ROMAN:
        figures += letters * (number // value)
        number %= value
    return figures


def letters(number: int) -> str:
    """Return 1 → "a", 26 → "z", 27 → "aa", as Word counts letters."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def figure(number: int, form: str) -> str:
    """Return `number` in Word's number format `form` (w:numFmt); an unknown format counts in decimals."""
    if form in ("none", "bullet") or number < 0:
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if number == 0:
        return "0"
    makers = {"upperRoman": roman, "lowerRoman": lambda n: roman(n).lower(), "lowerLetter": letters}
    makers["upperLetter"] = lambda n: letters(n).upper()
    return makers.get(form, str)(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first number, format, text pattern ("B%1"); `legal` shows all parts as decimals."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    legal: bool = False


@dataclass(slots=True)
class Counters:
    """The numbers reached in every list while the document is walked from top to bottom."""

    lists: dict[str, tuple[str, dict[int, Level]]]
    restarts: dict[str, dict[int, int]]
    reached: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next_label(self, num_id: str, level: int) -> str:
        """Count one paragraph of list `num_id` at `level` and return its visible label ("" for bullets, no list)."""
        if num_id not in self.lists:
            return ""
        shared, levels = self.lists[num_id]
        if level not in levels:
            return ""
        reached = self.reached.setdefault(shared, {})
        self._restart(num_id, reached)
        reached[level] = min(reached.get(level, levels[level].start - 1) + 1, _LARGEST)
        for deeper in [known for known in reached if known > level]:
            del reached[deeper]
        return _label(levels, level, reached)

    def _restart(self, num_id: str, reached: dict[int, int]) -> None:
        if num_id in self.begun:
            return
        self.begun.add(num_id)
        for level, start in self.restarts.get(num_id, {}).items():
            reached[level] = start - 1


def _label(levels: dict[int, Level], level: int, reached: dict[int, int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        return ""

    def part(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        given = levels.get(index, Level())
        return figure(reached.get(index, given.start), "decimal" if own.legal else given.form)

    return re.sub(r"%([1-9])", part, own.pattern)


def counters(numbering: Any | None) -> Counters:
    """Return fresh counters for the root of numbering.xml (None: the document has no lists)."""
    if numbering is None:
        return Counters({}, {})
    abstract = {item.get(f"{W}abstractNumId"): _levels(item) for item in numbering.iterfind(f"{W}abstractNum")}
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    restarts: dict[str, dict[int, int]] = {}
    for num in numbering.iterfind(f"{W}num"):
        num_id, shared = num.get(f"{W}numId"), value(num, "abstractNumId")
        own = dict(abstract.get(shared, {}))
        for override in num.iterfind(f"{W}lvlOverride"):
            index = whole(override.get(f"{W}ilvl"), 0)
            if (level := override.find(f"{W}lvl")) is not None:
                own[index] = _level(level)
            if (start := value(override, "startOverride")) is not None:
                restarts.setdefault(num_id, {})[index] = whole(start, 1)
        lists[num_id] = (shared or "", own)
    return Counters(lists, restarts)


def _levels(abstract: Any) -> dict[int, Level]:
    return {whole(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.iterfind(f"{W}lvl")}


def _level(level: Any) -> Level:
    return Level(
        start=whole(value(level, "start"), 1),
        form=value(level, "numFmt") or "decimal",
        pattern=value(level, "lvlText") or "",
        legal=level.find(f"{W}isLgl") is not None,
    )


def value(parent: Any, tag: str) -> str | None:
    """Return the w:val of the child `tag`, None when either is missing."""
    child = parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def whole(text: str | None, default: int) -> int:
    """Return the attribute as a whole number, `default` when it is missing or no number."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default
