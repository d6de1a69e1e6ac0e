"""Which entry of one list is meant by which of another: steps of two versions, entries of a list of papers."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from chuan.rules.procedure.structure import Step
from chuan.text.vietnamese import fold, fold_words

Entry = TypeVar("Entry")
Pairs = list[tuple[int, int]]

SAME_STEP = 0.55
SAME_ENTRY = 0.7
_SURE_TITLE = 0.9


def step_likeness(before: Step, after: Step) -> float:
    """Return how likely two rows are the same step, 0 to 1: by title, then number and role."""
    title = ratio(fold_words(before.title), fold_words(after.title)) / 100
    number = bool(before.no) and fold(before.no) == fold(after.no)
    role = ratio(fold_words(before.role), fold_words(after.role)) / 100
    if title >= _SURE_TITLE:
        return 0.8 + 0.1 * title + 0.05 * number + 0.05 * role
    return 0.7 * title + 0.2 * number + 0.1 * role


def text_likeness(before: str, after: str) -> float:
    """Return how alike two entries of a list are, 0 to 1."""
    return ratio(fold_words(before), fold_words(after)) / 100


def pairs(
    before: Sequence[Entry], after: Sequence[Entry], likeness: Callable[[Entry, Entry], float], least: float
) -> Pairs:
    """Return the pairs (index before, index after), each index once: the likeliest first, ties nearest in order."""
    found = [
        (-score, abs(old - new), old, new)
        for old, first in enumerate(before)
        for new, second in enumerate(after)
        if (score := likeness(first, second)) >= least
    ]
    taken: Pairs = []
    used_before: set[int] = set()
    used_after: set[int] = set()
    for _, _, old, new in sorted(found):
        if old not in used_before and new not in used_after:
            taken.append((old, new))
            used_before.add(old)
            used_after.add(new)
    return sorted(taken)


def moved(matched: Pairs) -> set[int]:
    """Return the indices (before) of pairs out of order: all outside the longest run that keeps the order."""
    best: list[int] = []  # ends (after) of the best runs by length
    length_at: list[int] = []
    for _, new in matched:
        at = bisect_left(best, new)
        best[at : at + 1] = [new]
        length_at.append(at + 1)
    kept: set[int] = set()
    wanted, limit = len(best), float("inf")
    for (old, new), length in zip(reversed(matched), reversed(length_at), strict=True):
        if length == wanted and new < limit:
            kept.add(old)
            wanted, limit = wanted - 1, new
    return {old for old, _ in matched} - kept
