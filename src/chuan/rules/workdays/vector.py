"""Working time of whole columns: the vectorised twin of `measure`, equal to it on everything (tested).

Shapes: every argument is a one-dimensional array of the same length n. Moments are int64 microseconds since 1970-01-01
00:00 on Vietnamese clocks (`to_microseconds`); `row` is the index of the calendar in `Tables`, int64. Moments must lie
within the years of the tables; ValueError otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chuan.rules.workdays.calendar import MINUTE, VIETNAM, Calendar, Hours, as_local

Ints = NDArray[np.int64]
Small = NDArray[np.int16]  # tables that must stay in the cache: days of at most 89 years
DAY = 24 * 60 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=VIETNAM)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(moments: Iterable[datetime]) -> Ints:
    """Return moments as the integers this module counts in."""
    return np.fromiter(((as_local(moment) - _EPOCH) // _MICROSECOND for moment in moments), np.int64)


def to_moments(microseconds: Ints) -> list[datetime]:
    """Return the datetimes of `to_microseconds` again."""
    return [_EPOCH + timedelta(microseconds=int(value)) for value in microseconds]


@dataclass(frozen=True, eq=False)
class Tables:
    """The calendars of many agencies side by side, one row each, one column per day of the years covered."""

    calendars: Sequence[Calendar]
    first_year: int
    last_year: int

    @cached_property
    def first_day(self) -> int:
        """The first day covered, as days since 1970-01-01."""
        return date(self.first_year, 1, 1).toordinal() - _EPOCH_DAY

    @cached_property
    def width(self) -> int:
        """Days covered, and one more: the end. ValueError when `Small` cannot number them."""
        width = date(self.last_year, 12, 31).toordinal() - _EPOCH_DAY - self.first_day + 2
        if width > np.iinfo(np.int16).max:
            raise ValueError(f"{self.first_year}–{self.last_year}: more days than the tables can number")
        return width

    @cached_property
    def work(self) -> Ints:
        """Working microseconds before each day of each row, flat [rows × width]."""
        return self._flat([calendar.work.before(day) for calendar in self.calendars for day in self._ordinals])

    @cached_property
    def workdays(self) -> Small:
        """Working days before each day of each row, flat, from 0 at the first day covered."""
        starts = [calendar.workdays.before(self._ordinals[0]) for calendar in self.calendars]
        rows = zip(self.calendars, starts, strict=True)
        days = [calendar.workdays.before(day) - start for calendar, start in rows for day in self._ordinals]
        return np.array(days, np.int16)

    @cached_property
    def nth_workday(self) -> Small:
        """The day (0 = first covered) with which the count of `workdays` reaches k, flat [rows × width]; -1: beyond."""
        days = np.full((len(self.calendars), self.width), -1, np.int16)
        counts = self.workdays.reshape(len(self.calendars), self.width)
        for row, count in enumerate(counts):
            worked = np.flatnonzero(np.diff(count))
            days[row, 1 : len(worked) + 1] = worked
        return days.ravel()

    @cached_property
    def day_end(self) -> Small:
        """When each day is over, in minutes of it: its closing, or midnight; flat."""
        ends = [hours.shifts[-1].closes if hours.shifts else DAY // MINUTE for hours in self.kinds_of_day]
        return np.array(ends, np.int16)[self.kind]

    @cached_property
    def kinds_of_day(self) -> list[Hours]:
        """The different hours that occur."""
        return list({hours: None for calendar in self.calendars for hours in self._hours(calendar)})

    @cached_property
    def kind(self) -> Ints:
        """The index in `kinds_of_day` of each day of each row, flat."""
        index = {hours: place for place, hours in enumerate(self.kinds_of_day)}
        return self._flat([index[hours] for calendar in self.calendars for hours in self._hours(calendar)])

    @cached_property
    def shifts(self) -> tuple[tuple[Ints, Ints], ...]:
        """For the first, second … shift: opening and closing in microseconds of each kind of day (0, 0: none)."""
        most = max(len(hours.shifts) for hours in self.kinds_of_day)
        padded = [[*hours.shifts, *[(0, 0)] * (most - len(hours.shifts))] for hours in self.kinds_of_day]
        table = np.array(padded, np.int64).reshape(len(padded), most, 2) * MINUTE
        return tuple((table[:, shift, 0].copy(), table[:, shift, 1].copy()) for shift in range(most))

    @cached_property
    def _ordinals(self) -> range:
        first = self.first_day + _EPOCH_DAY
        return range(first, first + self.width)

    def _hours(self, calendar: Calendar) -> list[Hours]:
        return [calendar.hours(date.fromordinal(day)) for day in self._ordinals]

    @staticmethod
    def _flat(values: list[int]) -> Ints:
        return np.array(values, np.int64)

    def place(self, row: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """Return the place in the flat tables and the microseconds of the day. ValueError outside the years covered."""
        day = moments // DAY
        time = moments - day * DAY
        day -= self.first_day
        if len(day) and (day.min() < 0 or day.max() >= self.width - 1):
            raise ValueError(f"moments outside {self.first_year}–{self.last_year}")
        return row * self.width + day, time


def worked_before(tables: Tables, row: Ints, moments: Ints) -> Ints:
    """Return the working microseconds before each moment, from an origin of each calendar's own."""
    place, time = tables.place(row, moments)
    kind = tables.kind.take(place)
    worked = tables.work.take(place)
    for opens, closes in tables.shifts:
        start = opens.take(kind)
        worked += np.clip(time - start, 0, closes.take(kind) - start)
    return worked


def working_time(tables: Tables, row: Ints, start: Ints, end: Ints) -> Ints:
    """Return the working microseconds between start and end, negative when the end comes first."""
    return worked_before(tables, row, end) - worked_before(tables, row, start)


def add_working_time(tables: Tables, row: Ints, start: Ints, amount: Ints) -> Ints:
    """Return the first moments with `amount` microseconds of work since `start`; `start` itself for 0."""
    total = worked_before(tables, row, start) + amount
    days = _day_reaching(tables, row, total)
    place = row * tables.width + days
    rest, kind = total - tables.work[place], tables.kind[place]
    end, found = np.zeros_like(rest), np.zeros(len(rest), np.bool_)
    for opens, closes in tables.shifts:
        length = closes[kind] - opens[kind]
        here = ~found & (rest <= length)
        end = np.where(here, opens[kind] + rest, end)
        found |= here
        rest = rest - length
    return np.where(amount > 0, (days + tables.first_day) * DAY + end, start)


def _day_reaching(tables: Tables, row: Ints, total: Ints) -> Ints:
    days = np.zeros(len(row), np.int64)
    for calendar in np.unique(row):
        mine = row == calendar
        table = tables.work[calendar * tables.width : (calendar + 1) * tables.width]
        days[mine] = np.searchsorted(table, total[mine], "left") - 1
    if len(days) and days.max() >= tables.width - 1:
        raise ValueError(f"work beyond {tables.last_year}")
    return np.maximum(days, 0)
