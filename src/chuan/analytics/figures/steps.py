"""The steps of a version in figures, from its weeks (StepWeek): where time goes, and when a step was slow. Pure.

Times are working minutes of the agency's calendar, pauses out, from when a step could begin to when it was done. They
are waiting and work together; a source that records when work began tells them apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from chuan.analytics.figures.periods import Period
from chuan.rules.procedure.structure import Procedure

SMALL = 5
"""Fewer visits than this are shown, and said to be few."""
LEVELS = ((Fraction(1, 2), "half"), (Fraction(1), "within"), (Fraction(3, 2), "over"))
"""Up to which share of its limit the median of a step is at which level; beyond the last: "far_over"."""


@dataclass(slots=True)
class Visits:
    """The visits of a step: their minutes, of those that tell it the minutes waited and worked, how many over."""

    limit: float | None = None
    minutes: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    over: int = 0

    def add(self, spent: float, waited: float | None, over: int) -> None:
        """Take in one visit."""
        self.minutes.append(spent)
        self.over += over
        if waited is not None:
            self.waited.append(waited)
            self.worked.append(spent - waited)

    @property
    def count(self) -> int:
        """How many."""
        return len(self.minutes)

    @property
    def is_small(self) -> bool:
        """Whether they are too few for a median to say much."""
        return self.count < SMALL

    @property
    def median(self) -> float:
        """The middle of their minutes."""
        return median(self.minutes)

    @property
    def mean(self) -> float:
        """The mean of their minutes."""
        return sum(self.minutes) / self.count

    @property
    def share(self) -> float | None:
        """The median as a share of the limit, None without one."""
        return self.median / self.limit if self.limit else None

    @property
    def delay(self) -> float | None:
        """The median less the limit in minutes, negative within it; None without one."""
        return self.median - self.limit if self.limit else None

    @property
    def level(self) -> str:
        """Where the median lies: "half", "within", "over", "far_over"; "" without a limit."""
        if self.share is None:
            return ""
        return next((name for most, name in LEVELS if self.share <= most), "far_over")


@dataclass(frozen=True, slots=True)
class StepFigures:
    """A step of the procedure with its visits in the period, all and by week (Monday); `part` is its share of time."""

    variant: str
    key: str
    title: str
    visits: Visits
    weeks: dict[date, Visits]
    part: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Stepwise:
    """The steps that were done, in the order of the procedure, the weeks with any, and whether starts are recorded."""

    steps: tuple[StepFigures, ...]
    weeks: tuple[date, ...]

    @property
    def tells_waiting(self) -> bool:
        """Whether the source says when work on a step began."""
        return any(one.visits.waited for one in self.steps)

    @property
    def most(self) -> StepFigures | None:
        """The step on which most of the time went."""
        return max(self.steps, key=lambda one: one.part, default=None)


def stepwise(written: Procedure, weeks: Iterable[tuple[date, Sequence[dict[str, Any]]]], period: Period) -> Stepwise:
    """Return the figures of the steps of `written` in `period`, from (Monday, content) of its weeks."""
    found: dict[tuple[str, str], dict[date, Visits]] = {}
    for monday, content in weeks:
        inside = {day for day in range(7) if period.has(monday + timedelta(days=day))}
        for said in content:
            by_week = found.setdefault((said["variant"], said["step"]), {})
            for _dossier, day, spent, waited, over in said["done"]:
                if day in inside:
                    by_week.setdefault(monday, Visits(said["limit"])).add(spent, waited, over)
    steps = [_together(written, *key, by_week) for key, by_week in found.items() if by_week]
    whole = sum(sum(one.visits.minutes) for one in steps)
    return Stepwise(
        tuple(_with_part(one, whole) for one in sorted(steps, key=lambda one: _place(written, one))),
        tuple(sorted({week for one in steps for week in one.weeks})),
    )


def _together(written: Procedure, variant: str, key: str, weeks: dict[date, Visits]) -> StepFigures:
    limits = [one.limit for one in weeks.values() if one.limit is not None]
    visits = Visits(limits[-1] if limits else None)
    for one in weeks.values():
        visits.minutes += one.minutes
        visits.waited += one.waited
        visits.worked += one.worked
        visits.over += one.over
    return StepFigures(variant, key, _titles(written, variant).get(key, ""), visits, weeks)


def _with_part(one: StepFigures, whole: float) -> StepFigures:
    part = Fraction(sum(one.visits.minutes)) / Fraction(whole) if whole else Fraction(0)
    return StepFigures(one.variant, one.key, one.title, one.visits, one.weeks, part)


def _titles(written: Procedure, variant: str) -> dict[str, str]:
    """Return the titles of the steps of a variant by key, in the order of the procedure."""
    steps = next((one.steps for one in written.variants if one.name == variant), ())
    return {step.no or f"B{place}": step.title for place, step in enumerate(steps, start=1)}


def _place(written: Procedure, one: StepFigures) -> tuple[int, int]:
    names = [variant.name for variant in written.variants]
    keys = list(_titles(written, one.variant))
    return (
        names.index(one.variant) if one.variant in names else len(names),
        keys.index(one.key) if one.key in keys else len(keys),
    )
