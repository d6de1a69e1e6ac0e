"""Measure and add working time, exactly (microseconds, fractions of a day), in constant time per question."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from chuan.rules.workdays.calendar import MINUTE, VIETNAM, Calendar, as_local

_MICROSECOND = timedelta(microseconds=1)


def moment_on(day: date, microseconds: int) -> datetime:
    """Return the moment `microseconds` after the midnight that begins `day`."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(microseconds=microseconds)


def _time_of_day(local: datetime) -> int:
    return ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000_000 + local.microsecond


def worked_on_day(calendar: Calendar, moment: datetime) -> int:
    """Return the working microseconds of the moment's own day that lie before it."""
    local = as_local(moment)
    now, worked = _time_of_day(local), 0
    for opens, closes in calendar.hours(local.date()).spans:
        if now <= opens:
            break
        worked += (now if now < closes else closes) - opens
    return worked


def worked_before(calendar: Calendar, moment: datetime) -> int:
    """Return the working microseconds before `moment`, from an origin of the calendar's own: only differences mean."""
    local = as_local(moment)
    return calendar.work.before(local.toordinal()) + worked_on_day(calendar, local)


def days_before(calendar: Calendar, moment: datetime) -> Fraction:
    """Return the working days before `moment` (the running day in part), from an origin of the calendar's own."""
    local = as_local(moment)
    whole, day_parts = calendar.parts.before(local.toordinal()), calendar.day_parts
    hours = calendar.hours(local.date())
    weight, length = hours.weight, hours.microseconds
    if not weight:
        return Fraction(whole, day_parts)
    worked = worked_on_day(calendar, local) * (weight.numerator * day_parts // weight.denominator)
    return Fraction(whole * length + worked, day_parts * length)


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the working time between two moments; negative when `end` lies before `start`."""
    return timedelta(microseconds=worked_before(calendar, end) - worked_before(calendar, start))


def working_days(calendar: Calendar, start: datetime, end: datetime) -> Fraction:
    """Return the working days between two moments: over the days, the part worked of that day's own length."""
    return days_before(calendar, end) - days_before(calendar, start)


def moment_within_day(calendar: Calendar, day: date, worked: int) -> datetime:
    """Return the first moment of `day` with `worked` microseconds of it worked (its closing if it has fewer)."""
    shifts = calendar.hours(day).shifts
    for shift in shifts:
        length = (shift.closes - shift.opens) * MINUTE
        if worked <= length:
            return moment_on(day, shift.opens * MINUTE + worked)
        worked -= length
    return moment_on(day, shifts[-1].closes * MINUTE if shifts else 0)


def add_working_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """Return the first moment with `amount` (≥ 0) of working time since `start`; `start` itself for 0."""
    if amount <= timedelta(0):
        return as_local(start)
    total = worked_before(calendar, start) + amount // _MICROSECOND
    ordinal = calendar.work.day_reaching(total)
    return moment_within_day(calendar, date.fromordinal(ordinal), total - calendar.work.before(ordinal))


def add_working_days(calendar: Calendar, start: datetime, amount: Fraction) -> datetime:
    """Return the first moment by which `amount` (≥ 0) of working days has passed since `start`.

    Rolling: 10:00 + 1 day = 10:00 on the next working day. Rounded up to the microsecond.
    """
    if amount <= 0:
        return as_local(start)
    return moment_of_days(calendar, days_before(calendar, start) + amount)


def moment_of_days(calendar: Calendar, total: Fraction) -> datetime:
    """Return the first moment at which `days_before` is `total` (rounded up to the microsecond)."""
    parts = total * calendar.day_parts
    ordinal = calendar.parts.day_reaching(ceil(parts))
    day = date.fromordinal(ordinal)
    hours = calendar.hours(day)
    share = (parts - calendar.parts.before(ordinal)) / (hours.weight * calendar.day_parts)
    return moment_within_day(calendar, day, ceil(share * hours.microseconds))


def next_workday(calendar: Calendar, day: date) -> date:
    """Return the first working day after `day`."""
    return date.fromordinal(calendar.parts.day_reaching(calendar.parts.before(day.toordinal() + 1) + 1))


def same_or_next_workday(calendar: Calendar, day: date) -> date:
    """Return `day` when it is a working day, else the next one."""
    return day if calendar.is_workday(day) else next_workday(calendar, day)


def opening(calendar: Calendar, day: date) -> datetime:
    """Return the opening of `day`, or of the next working day when it is a day off."""
    worked = same_or_next_workday(calendar, day)
    return moment_on(worked, calendar.hours(worked).shifts[0].opens * MINUTE)


def closing(calendar: Calendar, day: date) -> datetime:
    """Return the closing of `day`, or of the next working day when it is a day off."""
    worked = same_or_next_workday(calendar, day)
    return moment_on(worked, calendar.hours(worked).shifts[-1].closes * MINUTE)


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether work goes on at `moment`; the opening belongs to the shift, the closing does not."""
    local = as_local(moment)
    now = _time_of_day(local)
    return any(shift.opens * MINUTE <= now < shift.closes * MINUTE for shift in calendar.hours(local.date()).shifts)


def next_opening(calendar: Calendar, moment: datetime) -> datetime:
    """Return `moment` when work goes on then, else the next moment at which a shift opens."""
    local = as_local(moment)
    if is_open(calendar, local):
        return local
    after = add_working_time(calendar, local, _MICROSECOND)
    return after - _MICROSECOND
