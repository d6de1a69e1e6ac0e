"""Which step does a row of the log mean? Decided once per distinct (words, number), reported in full.

Order of authority: the user's mapping; equal title (as written, else folded); equal number if only one step bears it;
similarity of at least 0.9 with exactly one title, which is reported as doubtful. A title beats a number where they
disagree.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chuan.text.vietnamese import clean, fold, fold_words

SIMILAR_ENOUGH = 0.9
LIKELY_ENOUGH = 60
_NUMBERED = re.compile(
    r"^\s*(?:bước|buoc|b)\s*\.?\s*(\d+\w?(?:\.\d+\w?)*)\s*(?:[.:)\-–]+\s*|\s+|$)(.*)$", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"^\s*(\d+\w?(?:\.\d+\w?)*)\s*[.:)\-–]\s*(.*)$")
_STEP_WORD = re.compile(r"^(?:buoc|b)\s*(?=\d)")


class How(StrEnum):
    """What tied a row to a step."""

    MAPPING = "mapping"
    TITLE = "title"
    NUMBER = "number"
    SIMILAR = "similar"
    LEFT_OUT = "left_out"  # the mapping says that it is no step: not counted at all
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a row as the log has them."""

    activity: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`steps` are the indexes of the steps that the row can mean: one, several where steps share a title, or none.

    `disagrees` is the index of the step that the number named while the title named another; -1 otherwise.
    """

    steps: tuple[int, ...]
    how: How
    disagrees: int = -1


def normal_number(number: str) -> str:
    """Return what B1, Bước 1, 01 and 1. have in common ("1"); other numbering stays as its folded words."""
    plain = _STEP_WORD.sub("", fold(number).strip(" .:)-"))
    return re.sub(r"^0+(?=\d)", "", plain)


def split_number(activity: str) -> tuple[str, str]:
    """Return (number, title) of words such as "B2. Phân công"; the number is empty where none is written."""
    found = _NUMBERED.match(activity) or _BARE_NUMBER.match(activity)
    return (found.group(1), found.group(2)) if found else ("", activity)


class Matcher:
    """Ties rows to the steps of one variant. `titles` and `numbers` have one entry per step; `by_label` leaves the
    number and similarity out, as for a bare model."""

    def __init__(
        self,
        titles: Sequence[str],
        numbers: Sequence[str],
        mapping: Mapping[str, str | None],
        *,
        by_label: bool = False,
    ) -> None:
        self._by_label = by_label
        self._titles = [fold_words(title) for title in titles]
        self._by_words = _index([clean(title) for title in titles])
        self._by_title = _index(self._titles)
        self._by_number = _index([normal_number(number) for number in numbers])
        self._mapping = {fold_words(name): step for name, step in mapping.items()}
        self._known: dict[Row, Match] = {}

    def match(self, row: Row) -> Match:
        """Return the match of `row`, the same one for equal rows."""
        if row not in self._known:
            self._known[row] = self._find(row)
        return self._known[row]

    def unknown_steps(self) -> frozenset[str]:
        """Return the words of the mapping that are tied to a step which is not among these."""
        return frozenset(words for words, step in self._mapping.items() if step is not None and not self._named(step))

    def names_a_step(self, row: Row) -> bool:
        """Return whether the mapping or an equal title ties `row` to a step (then it is no mere clock event)."""
        return self.match(row).how in (How.MAPPING, How.TITLE) and bool(self.match(row).steps)

    def _find(self, row: Row) -> Match:
        mapped = self._mapped(row)
        if mapped is not None:
            return mapped
        if self._by_label:
            return Match(found, How.TITLE) if (found := self._titled(row.activity)) else Match((), How.NONE)
        written, title = split_number(clean(row.activity))
        numbered = self._numbered(row.number or written or row.activity)
        titled = self._titled(row.activity) or self._titled(title)
        if titled:
            return _by_title_and_number(titled, numbered)
        if len(numbered) == 1:
            return Match(numbered, How.NUMBER)
        return self._similar(fold_words(title))

    def _mapped(self, row: Row) -> Match | None:
        for name in (row.activity, row.number):
            key = fold_words(name)
            if key and key in self._mapping:
                step = self._mapping[key]
                return Match((), How.LEFT_OUT) if step is None else Match(self._named(step), How.MAPPING)
        return None

    def _titled(self, title: str) -> tuple[int, ...]:
        return self._by_words.get(clean(title)) or self._by_title.get(fold_words(title), ())

    def _named(self, step: str) -> tuple[int, ...]:
        return self._numbered(step) or self._titled(step)

    def _numbered(self, number: str) -> tuple[int, ...]:
        plain = normal_number(number)
        return self._by_number.get(plain, ()) if plain else ()

    def _similar(self, title: str) -> Match:
        if not title:
            return Match((), How.NONE)
        from rapidfuzz import fuzz

        near = [
            index
            for index, known in enumerate(self._titles)
            if fuzz.ratio(title, known, score_cutoff=100 * SIMILAR_ENOUGH) >= 100 * SIMILAR_ENOUGH
        ]
        return Match((near[0],), How.SIMILAR) if len(near) == 1 else Match((), How.NONE)


def likeliest(activity: str, titles: Sequence[str]) -> str:
    """Return which of `titles` a person would most likely choose for `activity`, "" for none: to propose, never to tie.

    Words in common count first ("Trả kết quả" for "Trả kết quả cho công dân"), then likeness of the whole.
    """
    from rapidfuzz import fuzz

    words = fold_words(activity)
    scored = [(fuzz.token_set_ratio(words, near), fuzz.ratio(words, near)) for near in map(fold_words, titles)]
    best = max(scored, default=(0.0, 0.0))
    return titles[scored.index(best)] if best[0] >= LIKELY_ENOUGH else ""


def _index(keys: Sequence[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for position, key in enumerate(keys):
        if key:
            found[key] = (*found.get(key, ()), position)
    return found


def _by_title_and_number(titled: tuple[int, ...], numbered: tuple[int, ...]) -> Match:
    both = tuple(step for step in titled if step in numbered)
    if both:
        return Match(both, How.TITLE)
    return Match(titled, How.TITLE, disagrees=numbered[0] if len(numbered) == 1 else -1)
