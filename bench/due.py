"""Benchmark `due`: one million (start, limit, calendar of 400) over three years, with pauses.

    python bench/due.py [--dossiers N] [--paused SHARE] [--rounds R]

Checks first, then times: the official numbers of working days 2024–2026; the columns equal to the readable function on
a sample; elapsed the inverse of due on every row. One thread; the best and the median of the rounds are printed.
"""

import argparse
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import numpy as np

from chuan.reading.calendars import available_calendars, load_calendar
from chuan.rules.deadlines import Pause, due_at
from chuan.rules.deadlines.vector import Pauses, due_days, elapsed_days
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import CLOSED, VIETNAM, Calendar, DayKind, Override
from chuan.rules.workdays.vector import DAY, Ints, Tables, to_microseconds, to_moments, working_time

SEED = 20261121
CALENDARS = 400
SAMPLE = 2_000
GATE = 20e6
OFFICIAL_WORKDAYS = {2024: 251, 2025: 250, 2026: 249}


def four_hundred_calendars() -> list[Calendar]:
    """Return the shipped calendars again and again, each with a closure of its own."""
    shipped = [load_calendar(name) for name in available_calendars()]
    made = []
    for number in range(CALENDARS):
        calendar = shipped[number % len(shipped)]
        closed = date(2024, 3, 1) + timedelta(days=number)
        own = Override(closed, DayKind.CLOSURE, CLOSED, "bench", "bench")
        days = (*(day for day in calendar.overrides if day.day != closed), own)
        made.append(replace(calendar, name=f"agency-{number}", overrides=days))
    return made


def dossiers(count: int, share: float) -> tuple[Ints, Ints, Ints, tuple[Pauses, ...]]:
    """Return calendars, starts, limits of 1–60 days, and pauses of a share of them (half of these pause twice)."""
    random = np.random.default_rng(SEED)
    row = random.integers(0, CALENDARS, count)
    start = to_microseconds([datetime(2024, 1, 1, tzinfo=VIETNAM)])[0] + random.integers(0, 3 * 365 * DAY, count)
    days = random.integers(1, 61, count)
    columns, index = [], np.flatnonzero(random.random(count) < share)
    after = start[index]
    for _ in range(2):
        begin = after + random.integers(0, 20 * DAY, len(index))
        end = begin + random.integers(1, 15 * DAY, len(index))
        columns.append(Pauses(index, begin, end))
        again = random.random(len(index)) < 0.5
        index, after = index[again], end[again]
    return row, start, days, tuple(columns)


def check(tables: Tables, drawn: tuple[Ints, Ints, Ints, tuple[Pauses, ...]]) -> None:
    """Stop with an AssertionError where anything differs."""
    vietnam = load_calendar("vn")
    for year, expected in OFFICIAL_WORKDAYS.items():
        days = [date(year, 1, 1) + timedelta(days=day) for day in range(366 if year % 4 == 0 else 365)]
        assert sum(vietnam.is_workday(day) for day in days) == expected, year
    row, start, days_, pauses = drawn
    ends = due_days(tables, row, start, days_, pauses)
    assert (elapsed_days(tables, row, start, ends, pauses) == days_).all()
    for place in range(0, len(row), max(1, len(row) // SAMPLE)):
        stops = [_pause(column, place) for column in pauses if place in column.dossier]
        begin, limit = to_moments(start[place : place + 1])[0], Limit(Fraction(int(days_[place])), TimeUnit.WORKING_DAY)
        assert to_moments(ends[place : place + 1])[0] == due_at(
            begin, limit, tables.calendars[row[place]], pauses=stops
        )


def _pause(column: Pauses, dossier: int) -> Pause:
    place = int(np.searchsorted(column.dossier, dossier))
    start, end = to_moments(np.array([column.start[place], column.end[place]]))
    return Pause(start, end)


def timed(name: str, count: int, rounds: int, work: Callable[[], object]) -> float:
    """Print and return the best rate per CPU second."""
    cpu, wall = [], []
    for _ in range(rounds):
        cpu_before, wall_before = time.process_time(), time.perf_counter()
        work()
        cpu.append(time.process_time() - cpu_before)
        wall.append(time.perf_counter() - wall_before)
    best, median = count / min(cpu), count / statistics.median(cpu)
    rates = f"best {best / 1e6:.1f} M/s  median {median / 1e6:.1f} M/s"
    print(f"{name:20} cpu {min(cpu):.4f} s  wall {min(wall):.4f} s  {rates}")
    return best


def main() -> int:
    """Run the benchmark; 0 when every check held, whatever the rates."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--dossiers", type=int, default=1_000_000)
    ask.add_argument("--paused", type=float, default=0.2)
    ask.add_argument("--rounds", type=int, default=7)
    chosen = ask.parse_args()
    print(f"python {platform.python_version()}, numpy {np.__version__}, N = {chosen.dossiers:,}, {CALENDARS} calendars")
    tables = Tables(four_hundred_calendars(), 2024, 2028)
    drawn = dossiers(chosen.dossiers, chosen.paused)
    row, start, days, pauses = drawn
    check(tables, drawn)
    print("equal: official years, the readable function on a sample, elapsed is the inverse on all rows")
    ends = due_days(tables, row, start, days, pauses)
    named = f"due, {chosen.paused:.0%} paused"
    rate = timed(named, len(row), chosen.rounds, lambda: due_days(tables, row, start, days, pauses))
    timed("elapsed", len(row), chosen.rounds, lambda: elapsed_days(tables, row, start, ends, pauses))
    timed("working time", len(row), chosen.rounds, lambda: working_time(tables, row, start, ends))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB; gate {GATE / 1e6:.0f} M/s per core: {'met' if rate >= GATE else 'not met'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
