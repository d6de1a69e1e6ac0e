"""Handling times against the limits, as bars in pixels.

Bars say the same as the verdicts: a limit is always the end of a bar, and a dossier stands on the side of it on which
it was judged, also where the day's arithmetic says otherwise (a result on the day off after the due day; a day alone).
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from math import ceil

from chuan.checking import days
from chuan.checking.result import DossierResult, SubjectResult
from chuan.rules.deadlines import Counting, elapsed, ends_by_day
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import Calendar
from chuan.text.numbers import number

WIDTH, HEIGHT, FOOT, HEAD = 640, 240, 40, 34
MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """The dossiers done within `label` of the unit and not sooner: place, size and whether they were late."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    late: str  # "", "committed" or "legal"


@dataclass(frozen=True, slots=True)
class Mark:
    """A limit as a line (`double` for the legal one)."""

    amount: float
    x: float
    double: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars and limits in a picture of `width` × `height` pixels."""

    unit: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - FOOT


def histogram(result: SubjectResult, counting: str, language: str = "vi") -> Histogram | None:
    """Return the picture, or None without a common limit or without finished dossiers."""
    limit = result.subject.models[0].total.limit if len(result.subject.models) == 1 else None
    if limit is None or limit.unit is TimeUnit.SAME_WORKING_DAY:
        return None
    legal = _same_unit(result.subject.legal, limit)
    edges = [float(limit.amount), *([legal] if legal and legal > limit.amount else [])]
    spent = _Times(limit, Counting(counting))
    times = [(time, _side(one, len(edges))) for one in result.dossiers if (time := spent.of(one)) is not None]
    return _drawn(times, edges, legal, str(limit.unit), language) if times else None


def _same_unit(legal: Limit | None, limit: Limit) -> float | None:
    return float(legal.amount) if legal and legal.unit is limit.unit else None


def _side(found: DossierResult, limits: int) -> int:
    """Return how many of the limits, the committed one first, the dossier is beyond."""
    if found.state != "late":
        return 0
    beyond_law = found.legal_due_at and found.finished_at and found.finished_at > found.legal_due_at
    return limits if beyond_law else 1


class _Times:
    """Handling times in the unit of `limit`. Bars round up: where only whole days are counted, all that began and ended
    on the same days (the office opened on the last, or not yet) took the same, which is worked out once."""

    def __init__(self, limit: Limit, counting: Counting) -> None:
        self._limit = limit
        self._counting = counting
        self._by_day = ends_by_day(limit, counting)
        self._days: dict[tuple[date, date, bool, int], float] = {}
        self._openings: dict[tuple[date, int], time] = {}

    def of(self, found: DossierResult) -> float | None:
        """Return the time of `found`, None where it is not known."""
        start, end, calendar = found.received_at, found.finished_at, found.calendar
        if start is None or end is None or found.state == "not_judged":
            return None
        if end.time() == time.min:  # a day without a time: the whole day was used
            end = days.end_of(end)
        if found.pauses or not self._by_day or calendar.day_parts > 1:
            return float(self._elapsed(start, end, found))
        day = end.date()
        days_of = (start.date(), day, end.time() > self._opening(calendar, day), id(calendar))
        if days_of not in self._days:
            self._days[days_of] = ceil(self._elapsed(start, end, found))
        return self._days[days_of]

    def _elapsed(self, start: datetime, end: datetime, found: DossierResult) -> Fraction:
        unit, due = self._limit.unit, found.due_at
        pauses = [wait for wait in found.pauses if due is None or wait.start <= due]  # a later one moved nothing
        return elapsed(start, end, unit, found.calendar, counting=self._counting, pauses=pauses)

    def _opening(self, calendar: Calendar, day: date) -> time:
        """Return when the office opens on `day`; the end of a day on which it does not."""
        if (day, id(calendar)) not in self._openings:
            shifts = calendar.hours(day).shifts
            self._openings[day, id(calendar)] = time(*divmod(shifts[0].opens, 60)) if shifts else time.max
        return self._openings[day, id(calendar)]


def _drawn(
    times: Sequence[tuple[float, int]], edges: list[float], legal: float | None, unit: str, language: str
) -> Histogram:
    span = ceil(max(*(time for time, _side in times), *edges, legal or 0)) + 1
    step = max(1, ceil(span / MOST_BARS))
    ends = sorted({*(float(end) for end in range(0, span + step, step)), *edges})
    counts = Counter(_place(time, side, ends, edges) for time, side in times)
    width, tallest = WIDTH / len(ends), max(counts.values())
    bars = tuple(
        Bar(
            label=number(end, language=language),
            count=counts[slot],
            x=round(slot * width + 2, 1),
            y=round(HEIGHT - FOOT - (HEIGHT - FOOT - HEAD) * counts[slot] / tallest, 1),
            width=round(width - 4, 1),
            height=round((HEIGHT - FOOT - HEAD) * counts[slot] / tallest, 1),
            late=("", "committed", "legal")[sum(end > edge for edge in edges)],
        )
        for slot, end in enumerate(ends)
    )
    marks = [Mark(edges[0], round((ends.index(edges[0]) + 1) * width, 1), double=False)]
    if legal is not None:
        marks.append(Mark(legal, round(bisect_right(ends, legal) * width, 1), double=True))
    return Histogram(unit, bars, tuple(marks))


def _place(time: float, side: int, ends: Sequence[float], edges: Sequence[float]) -> int:
    """Return the bar of `time`: the first that does not end before it, among those beyond `side` limits."""
    low = ends.index(edges[side - 1]) + 1 if side else 0
    high = ends.index(edges[side]) if side < len(edges) else len(ends) - 1
    return min(max(bisect_left(ends, time), low), high)
