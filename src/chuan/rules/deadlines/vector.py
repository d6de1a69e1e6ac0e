"""Due dates of whole columns: the vectorised twin of `due` and `elapsed` for whole working days counted by R0.

Shapes as in `chuan.rules.workdays.vector`: arrays of length n. `pauses` are pairs of arrays (dossier, start, end) in
order of their start within a dossier: `dossier` indexes the n rows, so that only paused dossiers cost anything.
Restarts are taken in before: hand over the effective start.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chuan.rules.workdays.calendar import MINUTE
from chuan.rules.workdays.vector import DAY, Ints, Tables

CHUNK = 1 << 16
"""Rows per pass: enough that the calls themselves cost nothing, few enough that the columns stay near the processor."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """The k-th pauses of the dossiers that have as many: `dossier` (index, ascending), `start`, `end`."""

    dossier: Ints
    start: Ints
    end: Ints

    def within(self, low: int, high: int) -> "Pauses":
        """Return the pauses of dossiers low … high-1, numbered from low."""
        first, last = np.searchsorted(self.dossier, [low, high])
        return Pauses(self.dossier[first:last] - low, self.start[first:last], self.end[first:last])


def due_days(tables: Tables, row: Ints, start: Ints, days: Ints, pauses: tuple[Pauses, ...] = ()) -> Ints:
    """Return the closing of the day on which `days` (≥ 1) whole working days end, counted from `start` by R0.

    `pauses`: first pauses, second pauses … (apart from each other). ValueError beyond the years covered.
    """
    ends = np.empty(len(start), np.int64)
    for low, high in _chunks(len(start)):
        stops = [column.within(low, high) for column in pauses]
        last, base = _last_day(tables, row[low:high], start[low:high], days[low:high], stops)
        ends[low:high] = (last + tables.first_day) * DAY + tables.day_end.take(base + last) * np.int64(MINUTE)
    return ends


def elapsed_days(tables: Tables, row: Ints, start: Ints, end: Ints, pauses: tuple[Pauses, ...] = ()) -> Ints:
    """Return the whole working days that were over at `end`, by R0, pauses out: the inverse of `due_days`."""
    gone = np.empty(len(start), np.int64)
    for low, high in _chunks(len(start)):
        mine = row[low:high]
        begin, base = _begin(tables, mine, start[low:high])
        until = np.maximum(_first_open_day(tables, mine, end[low:high]), begin)
        count = tables.workdays.take(base + until) - tables.workdays.take(base + begin)
        for stop in (column.within(low, high) for column in pauses):
            hit = stop.dossier
            first, after = _stopped(tables, mine[hit], stop)
            first = np.clip(first, begin[hit], until[hit])
            after = np.clip(after, first, until[hit])
            count[hit] -= tables.workdays.take(base[hit] + after) - tables.workdays.take(base[hit] + first)
        gone[low:high] = count
    return gone


def _chunks(length: int) -> Iterator[tuple[int, int]]:
    return ((low, min(low + CHUNK, length)) for low in range(0, length, CHUNK))


def _begin(tables: Tables, row: Ints, start: Ints) -> tuple[Ints, Ints]:
    """Return the first day that counts, and the place of each row in the flat tables."""
    day = start // DAY - tables.first_day
    if day.min() < 0 or day.max() >= tables.width - 2:
        raise ValueError(f"starts outside {tables.first_year}–{tables.last_year}")
    return day + 1, row * tables.width


def _first_open_day(tables: Tables, row: Ints, moments: Ints) -> Ints:
    place, time = tables.place(row, moments)
    return place - row * tables.width + (time // MINUTE >= tables.day_end.take(place))


def _stopped(tables: Tables, row: Ints, stop: Pauses) -> tuple[Ints, Ints]:
    return _first_open_day(tables, row, stop.start), _first_open_day(tables, row, stop.end)


def _last_day(tables: Tables, row: Ints, start: Ints, days: Ints, stops: list[Pauses]) -> tuple[Ints, Ints]:
    begin, base = _begin(tables, row, start)
    target = tables.workdays.take(base + begin) + days
    last = _nth(tables, base, target)
    for stop in stops:
        hit = stop.dossier
        first, after = _stopped(tables, row[hit], stop)
        mine = base[hit]
        first = np.maximum(first, begin[hit])
        after = np.maximum(after, first)
        lost = tables.workdays.take(mine + after) - tables.workdays.take(mine + first)
        target[hit] += np.where(first <= last[hit], lost, 0)
        last[hit] = _nth(tables, mine, target[hit])
    return last, base


def _nth(tables: Tables, base: Ints, target: Ints) -> Ints:
    if len(target) and target.max() >= tables.width:
        raise ValueError(f"due beyond {tables.last_year}")
    days: Ints = tables.nth_workday.take(base + target).astype(np.int64)
    if len(days) and days.min() < 0:
        raise ValueError(f"due beyond {tables.last_year}")
    return days
