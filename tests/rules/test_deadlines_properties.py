"""What holds for every start, limit, calendar and pauses: inverses, ledgers that add up, a slow count day by day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.reading.calendars import load_calendar, read_calendar
from chuan.rules.deadlines import Counting, Pause, PauseRule, account, due, due_at, elapsed, step_exceeds
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import VIETNAM, Calendar, closing, next_workday

HALF_SATURDAY = read_calendar(
    b"""
days_of = "vietnam"
[week]
monday = ["07:30-11:30", "13:00-17:00"]
tuesday = ["07:30-11:30", "13:00-17:00"]
thursday = ["08:00-15:00"]
friday = ["07:00-11:00", "13:30-17:00", "18:00-19:00"]
saturday = ["07:30-11:30"]
[counts_as]
saturday = "1/2"
""",
    "half.toml",
)
calendars = st.sampled_from((load_calendar("vn"), load_calendar("vn-sat"), HALF_SATURDAY))
moments = st.datetimes(datetime(2023, 11, 1), datetime(2027, 12, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - hypothesis adds the zone
whole_days = st.integers(1, 60).map(Fraction)
parts = st.fractions(Fraction(1, 24), 40, max_denominator=24)
quarters = st.integers(1, 160).map(lambda count: Fraction(count, 4))
"""Amounts whose due moments need no rounding to the microsecond."""
EXACT = (TimeUnit.WORKING_HOUR, TimeUnit.HOUR, TimeUnit.MINUTE)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    """A start and up to three pauses that begin within some weeks of it."""
    start = draw(moments)
    spans = draw(
        st.lists(
            st.tuples(
                st.timedeltas(timedelta(hours=-5), timedelta(days=30)),
                st.timedeltas(timedelta(0), timedelta(days=12)),
                st.sampled_from(PauseRule),
            ),
            max_size=3,
        )
    )
    return start, [Pause(start + after, start + after + length, rule) for after, length, rule in spans]


def day_by_day(start: datetime, days: int, calendar: Calendar, stops: Sequence[Pause]) -> datetime:
    """R0 by walking: a working day counts after the day of receipt when the clock runs at its closing."""
    day = start.date()
    while days:
        day = next_workday(calendar, day)
        end = closing(calendar, day)
        paused = any(stop.end and stop.start < end < stop.end for stop in stops)
        paused = paused or any(stop.end == end and stop.start < end for stop in stops)
        days -= not paused
    return closing(calendar, day)


@settings(deadline=None)
@given(pauses(), st.integers(1, 40))
def test_working_days_end_where_a_walk_from_day_to_day_ends(drawn: tuple[datetime, list[Pause]], amount: int) -> None:
    calendar = load_calendar("vn")
    start = drawn[0]
    stops = [Pause(stop.start, stop.end) for stop in drawn[1]]
    limit = Limit(Fraction(amount), TimeUnit.WORKING_DAY)
    assert due_at(start, limit, calendar, pauses=stops) == day_by_day(start, amount, calendar, stops)


@settings(deadline=None)
@given(pauses(), parts, st.sampled_from(EXACT), calendars, st.sampled_from(Counting))
def test_due_and_elapsed_are_inverse_to_the_moment_for_hours(
    drawn: tuple[datetime, list[Pause]], amount: Fraction, unit: TimeUnit, calendar: Calendar, counting: Counting
) -> None:
    start, stops = drawn
    ends = due(start, Limit(amount, unit), calendar, counting=counting, pauses=stops)
    kept = [stop for stop in stops if stop.start < ends.at]
    back = elapsed(start, ends.at, unit, calendar, counting=counting, pauses=kept)
    assert 0 <= back - amount < Fraction(1, 10**7)
    assert due_at(start, Limit(back, unit), calendar, counting=counting, pauses=stops) == ends.at


@settings(deadline=None)
@given(pauses(), parts, calendars)
def test_due_and_elapsed_are_inverse_to_the_moment_for_rolling_days(
    drawn: tuple[datetime, list[Pause]], amount: Fraction, calendar: Calendar
) -> None:
    start, stops = drawn
    limit = Limit(amount, TimeUnit.WORKING_DAY)
    ends = due_at(start, limit, calendar, counting=Counting.ROLLING, pauses=stops)
    back = elapsed(start, ends, limit.unit, calendar, counting=Counting.ROLLING, pauses=stops)
    assert 0 <= back - amount < Fraction(1, 10**7)


@settings(deadline=None)
@given(pauses(), whole_days, st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.SAME_WORKING_DAY]))
def test_due_and_elapsed_are_inverse_to_the_day_for_days(
    drawn: tuple[datetime, list[Pause]], amount: Fraction, unit: TimeUnit
) -> None:
    start, stops = drawn
    calendar = load_calendar("vn")
    ends = due_at(start, Limit(amount, unit), calendar, pauses=stops)
    assert elapsed(start, ends, unit, calendar, pauses=stops) == amount
    assert (
        due_at(start, Limit(elapsed(start, ends, unit, calendar, pauses=stops), unit), calendar, pauses=stops) == ends
    )


@settings(deadline=None)
@given(pauses(), whole_days, calendars)
def test_calendar_days_end_on_a_working_day_with_at_least_that_many_days_gone(
    drawn: tuple[datetime, list[Pause]], amount: Fraction, calendar: Calendar
) -> None:
    start, stops = drawn
    limit = Limit(amount, TimeUnit.CALENDAR_DAY)
    found = due(start, limit, calendar, pauses=stops)
    assert calendar.is_workday(found.at.date())
    assert elapsed(start, found.at, limit.unit, calendar, pauses=stops) >= amount


@settings(deadline=None)
@given(pauses(), parts, st.sampled_from(TimeUnit), calendars, st.sampled_from(Counting))
def test_the_counted_lines_of_a_due_date_sum_to_the_limit(
    drawn: tuple[datetime, list[Pause]], amount: Fraction, unit: TimeUnit, calendar: Calendar, counting: Counting
) -> None:
    start, stops = drawn
    found = due(start, Limit(amount, unit), calendar, counting=counting, pauses=stops)
    ledger = found.ledger
    assert ledger.total == amount
    assert sum(line.amount for line in ledger.lines if line.counted) == amount
    assert all(line.start <= line.end for line in ledger.lines)
    assert all(line.reason.text(language) for line in ledger.lines for language in ("vi", "en"))


@settings(deadline=None)
@given(
    pauses(),
    st.timedeltas(timedelta(0), timedelta(days=40)),
    st.sampled_from(TimeUnit),
    calendars,
    st.sampled_from(Counting),
)
def test_the_counted_lines_of_an_account_sum_to_the_elapsed_time(
    drawn: tuple[datetime, list[Pause]], length: timedelta, unit: TimeUnit, calendar: Calendar, counting: Counting
) -> None:
    start, stops = drawn
    told = account(start, start + length, unit, calendar, counting=counting, pauses=stops)
    assert told.total == elapsed(start, start + length, unit, calendar, counting=counting, pauses=stops)
    assert all(line.amount >= 0 for line in told.lines)


@settings(deadline=None)
@given(pauses(), st.timedeltas(timedelta(0), timedelta(days=40)), parts, st.sampled_from(TimeUnit), calendars)
def test_a_step_exceeds_its_limit_exactly_when_it_ends_after_its_due_moment(
    drawn: tuple[datetime, list[Pause]], length: timedelta, amount: Fraction, unit: TimeUnit, calendar: Calendar
) -> None:
    start, stops = drawn
    only_stops = [Pause(stop.start, stop.end) for stop in stops]
    ends = due_at(start, Limit(amount, unit), calendar, counting=Counting.ROLLING, pauses=only_stops)
    done = start + length
    assert step_exceeds(start, done, Limit(amount, unit), calendar, stops) == _worked_after(ends, done, calendar, unit)


def _worked_after(ends: datetime, done: datetime, calendar: Calendar, unit: TimeUnit) -> bool:
    """Whether the clock of `unit` ran between the due moment and the end (a night is not over the limit)."""
    if done <= ends:
        return False
    if unit in (TimeUnit.HOUR, TimeUnit.CALENDAR_DAY, TimeUnit.SAME_WORKING_DAY):
        return True
    return elapsed(ends, done, unit, calendar, counting=Counting.ROLLING) > 0


@settings(deadline=None)
@given(
    pauses(),
    quarters,
    st.sampled_from(TimeUnit),
    calendars,
    st.lists(st.integers(1, 20_000), min_size=1, max_size=3),
    st.data(),
)
def test_a_pause_that_begins_when_a_step_is_due_holds_its_clock_until_it_ends(
    drawn: tuple[datetime, list[Pause]],
    amount: Fraction,
    unit: TimeUnit,
    calendar: Calendar,
    minutes: list[int],
    data: st.DataObject,
) -> None:
    start, limit = drawn[0], Limit(amount, unit)
    before = [Pause(stop.start, stop.end) for stop in drawn[1]]
    ends = due_at(start, limit, calendar, counting=Counting.ROLLING, pauses=before)
    before = [stop for stop in before if stop.start < ends]
    held, last = [], ends
    for length in minutes:  # one wait after the other, the first from the due moment on
        held.append(Pause(last, last + timedelta(minutes=length)))
        last += timedelta(minutes=length)
    done = data.draw(st.datetimes(ends.replace(tzinfo=None), last.replace(tzinfo=None), timezones=st.just(VIETNAM)))
    assert not step_exceeds(start, done, limit, calendar, [*before, *held])
    later = closing(calendar, next_workday(calendar, last.date()))
    assert step_exceeds(start, later, limit, calendar, [*before, *held])


@settings(deadline=None)
@given(calendars, st.dates(date(2024, 1, 1), date(2026, 12, 1)), whole_days)
def test_a_longer_limit_never_ends_earlier(calendar: Calendar, day: date, amount: Fraction) -> None:
    start = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
    for unit in TimeUnit:
        shorter, longer = Limit(amount, unit), Limit(amount + 1, unit)
        assert due_at(start, shorter, calendar) <= due_at(start, longer, calendar)
