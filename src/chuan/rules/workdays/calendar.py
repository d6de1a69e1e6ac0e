"""The working calendar of an agency: its week of shifts, and the days that a decision set apart.

BLLĐ 2019, Articles 111(3) and 112, set the days off; a yearly notice swaps working days; the agency sets its hours
(R22). A calendar is a value: name and version stay with every date that was computed by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from chuan.rules.workdays.cumulative import Cumulative

VIETNAM = timezone(timedelta(hours=7), "+07")
"""Asia/Ho_Chi_Minh: +07:00 without summer time since 1975. Every moment of the rules floor is aware."""

MINUTE = 60_000_000  # microseconds


class DayKind(StrEnum):
    """Why a day is what it is. `COMPENSATION` is a day off in place of another: nghỉ bù, or nghỉ hoán đổi."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    COMPENSATION = "compensation"
    SWAPPED_WORKDAY = "swapped_workday"
    CLOSURE = "closure"


class Shift(NamedTuple):
    """One stretch of work, in minutes after midnight: 07:30–11:30 is `Shift(450, 690)`."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Hours:
    """The shifts of one day in order, and what the day counts as in a limit of working days.

    Usually 1; a Saturday morning may be 1, 1/2, or 0 (open to receive, but no working day of the limit).
    """

    shifts: tuple[Shift, ...] = ()
    counts_as: Fraction = Fraction(1)

    @cached_property
    def weight(self) -> Fraction:
        """What the day counts as: nothing without a shift."""
        return self.counts_as if self.shifts else Fraction(0)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The shifts in microseconds of the day."""
        return tuple((shift.opens * MINUTE, shift.closes * MINUTE) for shift in self.shifts)

    @cached_property
    def microseconds(self) -> int:
        """The working time of the day."""
        return sum(closes - opens for opens, closes in self.spans)


CLOSED = Hours()


@dataclass(frozen=True, slots=True)
class Override:
    """A day that differs from the base week: what it is, the hours it has, why, and the document that set it."""

    day: date
    kind: DayKind
    hours: Hours
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the calendar sees it. `known` is False outside the years whose holidays the calendar carries."""

    date: date
    kind: DayKind
    hours: Hours
    reason: str = ""
    source: str = ""
    known: bool = True
    estimated: bool = False

    @property
    def is_workday(self) -> bool:
        """Whether the day counts in a limit of working days."""
        return self.hours.weight > 0


@dataclass(frozen=True, repr=False)
class Calendar:
    """`week`: the hours of Monday … Sunday; `overrides`: at most one per day.

    Outside `known_years` days follow the base week alone: `knows` says so, and every ledger repeats it.
    """

    name: str
    version: str
    week: tuple[Hours, ...]
    overrides: tuple[Override, ...] = ()
    known_years: frozenset[int] = frozenset()
    estimated_years: frozenset[int] = frozenset()
    title: str = ""

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(hours.weight for hours in self.week):
            raise ValueError("a calendar needs seven days with at least one workday")

    def __repr__(self) -> str:
        return f"<Calendar {self.name} {self.version}>"

    def knows(self, day: date) -> bool:
        """Whether the holidays of that year are in the calendar (also as an estimate)."""
        return day.year in self.known_years

    def day(self, day: date) -> Day:
        """Return what `day` is, with the reason and the document."""
        known, estimated = self.knows(day), day.year in self.estimated_years
        override = self.by_day.get(day)
        if override:
            return Day(day, override.kind, override.hours, override.reason, override.source, known, estimated)
        hours = self.week[day.weekday()]
        kind = DayKind.WORKDAY if hours.weight else DayKind.DAY_OFF
        return Day(day, kind, hours, known=known, estimated=estimated)

    def is_workday(self, day: date) -> bool:
        """Whether `day` counts in a limit of working days."""
        return self.hours(day).weight > 0

    def hours(self, day: date) -> Hours:
        """Return the hours of `day`."""
        override = self.by_day.get(day)
        return override.hours if override else self.week[day.weekday()]

    @cached_property
    def by_day(self) -> Mapping[date, Override]:
        """The overrides by day."""
        return {override.day: override for override in self.overrides}

    @cached_property
    def day_parts(self) -> int:
        """The smallest number of equal parts of a day in which every weight is whole (2 with a half Saturday)."""
        weights = [*self.week, *(override.hours for override in self.overrides)]
        return lcm(*(hours.weight.denominator for hours in weights))

    @cached_property
    def day_length(self) -> int | None:
        """The working microseconds that count as one day; None where days differ in that, or only receive."""
        lengths = {hours.weight and hours.microseconds / hours.weight for hours in self._all_hours if hours.shifts}
        length = lengths.pop()
        return length.numerator if length and not lengths and length.denominator == 1 else None

    @cached_property
    def work(self) -> Cumulative:
        """Working microseconds before each day."""
        return self._cumulative({hours: hours.microseconds for hours in self._all_hours})

    @cached_property
    def parts(self) -> Cumulative:
        """Counted parts of working days (1/`day_parts` each) before each day."""
        return self._cumulative({hours: int(hours.weight * self.day_parts) for hours in self._all_hours})

    @cached_property
    def workdays(self) -> Cumulative:
        """Working days before each day, each as one whatever it counts as in a limit."""
        return self._cumulative({hours: int(hours.weight > 0) for hours in self._all_hours})

    @property
    def table_range(self) -> tuple[int, int]:
        """The ordinals from the first override's year to the end of the last one's: outside, weeks repeat."""
        years = {override.day.year for override in self.overrides} or {2000}
        return date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal() + 1

    @property
    def _all_hours(self) -> set[Hours]:
        return {*self.week, *(override.hours for override in self.overrides)}

    def _cumulative(self, amount: Mapping[Hours, int]) -> Cumulative:
        first, end = self.table_range
        week = [amount[hours] for hours in self.week]
        days = [week[(ordinal - 1) % 7] for ordinal in range(first, end)]
        for override in self.overrides:
            days[override.day.toordinal() - first] = amount[override.hours]
        return Cumulative(first, days, week)


def as_local(moment: datetime) -> datetime:
    """Return `moment` on Vietnamese clocks. ValueError for a naive one: its zone must be decided where it is read."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return moment if moment.tzinfo is VIETNAM else moment.astimezone(VIETNAM)
