"""Working time as the agency's own calendar measures it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.reading.calendars import load_calendar, read_calendar
from chuan.rules.workdays import (
    VIETNAM,
    Calendar,
    DayKind,
    Hours,
    add_working_days,
    add_working_time,
    closing,
    is_open,
    next_opening,
    next_workday,
    opening,
    working_days,
    working_time,
)

VN = load_calendar("vn")
HALF_SATURDAY = read_calendar(
    b"""
days_of = "vietnam"
[week]
monday = ["07:30-11:30", "13:00-17:00"]
tuesday = ["07:30-11:30", "13:00-17:00"]
wednesday = ["08:00-15:00"]
friday = ["07:00-11:00", "13:30-17:00", "18:00-19:00"]
saturday = ["07:30-11:30"]
[counts_as]
saturday = "1/2"
[[days]]
date = 2025-06-10
kind = "closure"
hours = ["07:30-09:30"]
reason = "Cup dien"
""",
    "half.toml",
)
CALENDARS = (VN, HALF_SATURDAY, load_calendar("vn-sat"), load_calendar("vn-1330"))
calendars = st.sampled_from(CALENDARS)
moments = st.datetimes(datetime(2023, 11, 1), datetime(2028, 3, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - hypothesis adds the zone
minutes = moments.map(lambda moment: moment.replace(second=0, microsecond=0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def minute_by_minute(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The slow truth: walk from minute to minute."""
    worked, now = 0, start
    while now < end:
        minute = now.hour * 60 + now.minute
        worked += any(shift.opens <= minute < shift.closes for shift in calendar.day(now.date()).hours.shifts)
        now += timedelta(minutes=1)
    return timedelta(minutes=worked)


@settings(deadline=None, max_examples=40)
@given(calendars, minutes, st.integers(0, 20 * 24 * 60))
def test_working_time_is_what_a_walk_from_minute_to_minute_counts(
    calendar: Calendar, start: datetime, length: int
) -> None:
    end = start + timedelta(minutes=length)
    assert working_time(calendar, start, end) == minute_by_minute(calendar, start, end)


def test_working_time_is_exact_to_the_microsecond() -> None:
    start, end = at("2025-03-03 11:29:59.999999"), at("2025-03-03 13:00:00.000001")
    assert working_time(VN, start, end) == timedelta(microseconds=2)


@settings(deadline=None)
@given(calendars, moments, moments, moments)
def test_working_time_adds_up_over_any_cut(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    assert working_time(calendar, a, b) + working_time(calendar, b, c) == working_time(calendar, a, c)
    assert working_days(calendar, a, b) + working_days(calendar, b, c) == working_days(calendar, a, c)


@settings(deadline=None)
@given(calendars, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_adding_working_time_gives_the_first_moment_with_that_much_work(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    end = add_working_time(calendar, start, amount)
    assert working_time(calendar, start, end) == amount
    assert amount == timedelta(0) or working_time(calendar, start, end - timedelta(microseconds=1)) < amount


@settings(deadline=None)
@given(calendars, moments, st.fractions(0, 60, max_denominator=16))
def test_adding_working_days_is_the_inverse_of_counting_them(
    calendar: Calendar, start: datetime, amount: Fraction
) -> None:
    end = add_working_days(calendar, start, amount)
    assert working_days(calendar, start, end) - amount < Fraction(1, 10**9)
    assert working_days(calendar, start, end) >= amount
    assert amount == 0 or working_days(calendar, start, end - timedelta(microseconds=2)) < amount


@settings(deadline=None)
@given(calendars, moments, moments)
def test_working_days_sum_the_part_worked_of_each_days_own_length(
    calendar: Calendar, start: datetime, end: datetime
) -> None:
    start, end = min(start, end), min(max(start, end), min(start, end) + timedelta(days=15))
    total, day = Fraction(0), start.date()
    while day <= end.date():
        hours = calendar.day(day).hours
        midnight = at(day.isoformat())
        part = working_time(calendar, max(start, midnight), min(end, midnight + timedelta(days=1)))
        total += hours.weight * Fraction(part // timedelta(microseconds=1), hours.microseconds or 1)
        day += timedelta(days=1)
    assert working_days(calendar, start, end) == total


def test_a_quarter_day_is_a_quarter_of_the_agencys_own_day() -> None:
    seven_and_a_half_hours = load_calendar("vn-1330")
    assert add_working_days(VN, at("2025-03-03 07:30"), Fraction(1, 4)) == at("2025-03-03 09:30")
    assert add_working_days(seven_and_a_half_hours, at("2025-03-03 07:30"), Fraction(1, 4)) == at("2025-03-03 09:22:30")


def test_a_saturday_morning_counts_as_its_calendar_says() -> None:
    friday_evening, saturday_noon = at("2025-03-07 19:00"), at("2025-03-08 12:00")
    receiving_only = load_calendar("vn-sat")
    assert working_days(HALF_SATURDAY, friday_evening, saturday_noon) == Fraction(1, 2)
    assert working_days(receiving_only, friday_evening, saturday_noon) == 0
    assert working_time(receiving_only, friday_evening, saturday_noon) == timedelta(hours=4)
    assert working_days(VN, friday_evening, saturday_noon) == 0


def test_rolling_one_day_from_ten_is_ten_on_the_next_working_day() -> None:
    assert add_working_days(VN, at("2025-04-29 10:00"), Fraction(1)) == at("2025-05-05 10:00")


def test_the_agencys_hours_are_its_own_r22() -> None:
    ca_mau = load_calendar("vn-7h")
    assert opening(ca_mau, date(2025, 3, 3)) == at("2025-03-03 07:00")
    assert not is_open(ca_mau, at("2025-03-03 11:00"))
    assert is_open(VN, at("2025-03-03 11:00"))


def test_the_next_opening_skips_noon_nights_and_holidays() -> None:
    assert next_opening(VN, at("2025-03-03 10:00")) == at("2025-03-03 10:00")
    assert next_opening(VN, at("2025-03-03 11:30")) == at("2025-03-03 13:00")
    assert next_opening(VN, at("2025-01-24 17:00")) == at("2025-02-03 07:30")


def test_the_closing_of_a_day_off_is_that_of_the_next_working_day() -> None:
    assert closing(VN, date(2026, 8, 29)) == at("2026-09-03 17:00")
    assert closing(VN, date(2026, 8, 22)) == at("2026-08-22 17:00")


def test_a_half_closed_day_has_the_hours_that_are_left() -> None:
    day = HALF_SATURDAY.day(date(2025, 6, 10))
    assert (day.kind, day.reason) == (DayKind.CLOSURE, "Cup dien")
    assert closing(HALF_SATURDAY, date(2025, 6, 10)) == at("2025-06-10 09:30")


@settings(deadline=None)
@given(calendars, st.dates(date(2019, 1, 1), date(2033, 1, 1)))
def test_the_next_workday_is_the_first_one_after(calendar: Calendar, day: date) -> None:
    following = next_workday(calendar, day)
    between = [day + timedelta(days=offset) for offset in range(1, (following - day).days)]
    assert calendar.is_workday(following)
    assert not any(calendar.is_workday(other) for other in between)


@settings(deadline=None)
@given(st.datetimes(datetime(1995, 1, 1), datetime(2023, 1, 1), timezones=st.just(VIETNAM)))  # noqa: DTZ001 - hypothesis adds the zone
def test_years_the_calendar_does_not_know_follow_its_week_and_are_said_to_be_unknown(moment: datetime) -> None:
    assert working_days(VN, moment, moment + timedelta(days=28)) == 20
    assert not VN.knows(moment.date())
    assert not VN.day(moment.date()).known


def test_2027_is_marked_as_an_estimate() -> None:
    assert VN.day(date(2027, 2, 5)).estimated
    assert not VN.day(date(2026, 2, 17)).estimated


def test_moments_of_other_zones_are_read_on_vietnamese_clocks() -> None:
    assert working_time(VN, datetime(2025, 3, 3, 0, 30, tzinfo=UTC), at("2025-03-03 08:30")) == timedelta(hours=1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        working_time(VN, datetime(2025, 3, 3, 8), at("2025-03-03 08:30"))  # noqa: DTZ001 - the point of the test


def test_a_week_without_work_is_no_calendar() -> None:
    with pytest.raises(ValueError, match="at least one workday"):
        Calendar("nothing", "1", (Hours(),) * 7)
