"""The vectorised twins agree with the readable functions on everything."""

from datetime import datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.reading.calendars import load_calendar
from chuan.rules.deadlines import Pause, due_at, elapsed
from chuan.rules.deadlines.vector import Pauses, due_days, elapsed_days
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import VIETNAM, add_working_time, working_time
from chuan.rules.workdays.vector import Tables, to_microseconds, to_moments
from chuan.rules.workdays.vector import add_working_time as add_working_time_of_columns
from chuan.rules.workdays.vector import working_time as working_time_of_columns

CALENDARS = [load_calendar(name) for name in ("vn", "vn-7h", "vn-1330", "vn-sat")]
TABLES = Tables(CALENDARS, 2023, 2028)
rows = st.integers(0, len(CALENDARS) - 1)
moments = st.datetimes(datetime(2023, 2, 1), datetime(2027, 6, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - hypothesis adds the zone
MICROSECOND = timedelta(microseconds=1)


@settings(deadline=None)
@given(st.lists(st.tuples(rows, moments, moments), max_size=8))
def test_working_time_of_columns_is_that_of_each_row(drawn: list[tuple[int, datetime, datetime]]) -> None:
    row = np.array([place for place, _, _ in drawn], np.int64)
    start, end = to_microseconds(start for _, start, _ in drawn), to_microseconds(end for _, _, end in drawn)
    expected = [working_time(CALENDARS[place], begin, finish) // MICROSECOND for place, begin, finish in drawn]
    assert working_time_of_columns(TABLES, row, start, end).tolist() == expected


@settings(deadline=None)
@given(st.lists(st.tuples(rows, moments, st.timedeltas(timedelta(0), timedelta(days=60))), max_size=8))
def test_adding_working_time_to_columns_is_adding_it_to_each_row(drawn: list[tuple[int, datetime, timedelta]]) -> None:
    row = np.array([place for place, _, _ in drawn], np.int64)
    start = to_microseconds(start for _, start, _ in drawn)
    amount = np.array([amount // MICROSECOND for _, _, amount in drawn], np.int64)
    expected = [add_working_time(CALENDARS[place], begin, more) for place, begin, more in drawn]
    assert to_moments(add_working_time_of_columns(TABLES, row, start, amount)) == expected


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[int, datetime, int, list[Pause]]:
    """A calendar, a start, whole days and up to two pauses apart from each other."""
    start = draw(moments)
    pauses, after = [], start
    for _ in range(draw(st.integers(0, 2))):
        begin = after + draw(st.timedeltas(timedelta(0), timedelta(days=20)))
        after = begin + draw(st.timedeltas(MICROSECOND, timedelta(days=15)))
        pauses.append(Pause(begin, after))
    return draw(rows), start, draw(st.integers(1, 60)), pauses


def columns(drawn: list[tuple[int, datetime, int, list[Pause]]]) -> tuple[Pauses, ...]:
    """The first pauses of all dossiers, then the second."""
    found = []
    for place in range(2):
        mine = [(index, stops[place]) for index, (_, _, _, stops) in enumerate(drawn) if len(stops) > place]
        index = np.array([dossier for dossier, _ in mine], np.int64)
        start = to_microseconds(stop.start for _, stop in mine)
        found.append(Pauses(index, start, to_microseconds(stop.end for _, stop in mine if stop.end)))
    return tuple(found)


@settings(deadline=None)
@given(st.lists(dossiers(), min_size=1, max_size=8))
def test_due_days_of_columns_are_those_of_each_row_and_elapsed_is_their_inverse(
    drawn: list[tuple[int, datetime, int, list[Pause]]],
) -> None:
    row = np.array([place for place, _, _, _ in drawn], np.int64)
    days = np.array([amount for _, _, amount, _ in drawn], np.int64)
    start = to_microseconds(begin for _, begin, _, _ in drawn)
    ends = due_days(TABLES, row, start, days, columns(drawn))
    expected = [
        due_at(begin, Limit(Fraction(amount), TimeUnit.WORKING_DAY), CALENDARS[place], pauses=stops)
        for place, begin, amount, stops in drawn
    ]
    assert to_moments(ends) == expected
    assert elapsed_days(TABLES, row, start, ends, columns(drawn)).tolist() == days.tolist()


@settings(deadline=None)
@given(st.lists(st.tuples(dossiers(), st.timedeltas(timedelta(0), timedelta(days=60))), min_size=1, max_size=8))
def test_elapsed_days_of_columns_are_the_whole_days_of_each_row(
    drawn: list[tuple[tuple[int, datetime, int, list[Pause]], timedelta]],
) -> None:
    cases = [case for case, _ in drawn]
    row = np.array([place for place, _, _, _ in cases], np.int64)
    ends = [start + length for (_, start, _, _), length in drawn]
    start = to_microseconds(begin for _, begin, _, _ in cases)
    got = elapsed_days(TABLES, row, start, to_microseconds(ends), columns(cases))
    expected = [
        int(
            elapsed(
                begin,
                _midnight(end, CALENDARS[place].hours(end.date()).shifts),
                TimeUnit.WORKING_DAY,
                CALENDARS[place],
                pauses=stops,
            )
        )
        for (place, begin, _, stops), end in zip(cases, ends, strict=True)
    ]
    assert got.tolist() == expected


def _midnight(end: datetime, shifts: tuple[tuple[int, int], ...]) -> datetime:
    """The last moment at which whole days were over: the closing just passed, else the midnight before."""
    midnight = end.replace(hour=0, minute=0, second=0, microsecond=0)
    closes = midnight + timedelta(minutes=shifts[-1][1] if shifts else 24 * 60)
    return end if end >= closes else midnight


def test_moments_outside_the_tables_are_refused() -> None:
    row, days = np.array([0]), np.array([5])
    before, at_the_end = (
        to_microseconds([datetime(2020, 1, 1, tzinfo=VIETNAM)]),
        to_microseconds([datetime(2028, 12, 29, tzinfo=VIETNAM)]),
    )
    with pytest.raises(ValueError, match="2023–2028"):
        working_time_of_columns(TABLES, row, before, before)
    with pytest.raises(ValueError, match="2023–2028"):
        due_days(TABLES, row, before, days)
    with pytest.raises(ValueError, match="2028"):
        due_days(TABLES, row, at_the_end, days)
    with pytest.raises(ValueError, match="2028"):
        add_working_time_of_columns(TABLES, row, at_the_end, np.array([10**13]))
