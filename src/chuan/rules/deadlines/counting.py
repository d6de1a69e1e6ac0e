"""How much of a limit has passed: the amount counted from the beginning of a run to a moment, exactly.

`days` (R0; Bộ luật Dân sự 2015, Articles 146–148): the day of receipt is not counted, a day counts once it is over.
A pause takes out the days at whose closing the clock stood. `rolling`: the count runs from the minute of receipt, as
one-stop software usually does. Hours and minutes always run from the moment.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from chuan.rules.deadlines.pauses import Pause, Run, Stop, run_until
from chuan.rules.procedure.structure import TimeUnit
from chuan.rules.workdays import Calendar, as_local, next_workday, working_days, working_time
from chuan.rules.workdays.calendar import MINUTE
from chuan.rules.workdays.measure import worked_on_day

_MICROSECOND = timedelta(microseconds=1)
DAY = 24 * 60 * MINUTE
MICROSECONDS = {TimeUnit.MINUTE: MINUTE, TimeUnit.WORKING_HOUR: 60 * MINUTE, TimeUnit.HOUR: 60 * MINUTE}
CUTOFF = 15 * 60 * MINUTE
"""15:00 (R3, R6): received later than that, work begins on the next working day. Exactly 15:00 is not later."""


class Counting(StrEnum):
    """How days are counted: a setting per public service and source."""

    DAYS = "days"
    ROLLING = "rolling"


def time_of_day(moment: datetime) -> int:
    """Return the microseconds since the local midnight."""
    return (moment.hour * 60 + moment.minute) * MINUTE + moment.second * 1_000_000 + moment.microsecond


def day_end(calendar: Calendar, day: date) -> int:
    """Return when `day` is over, in microseconds of it: its closing, or midnight on a day without work."""
    shifts = calendar.hours(day).shifts
    return shifts[-1].closes * MINUTE if shifts else DAY


def first_open_day(calendar: Calendar, moment: datetime) -> int:
    """Return the ordinal of the first day that is not over at `moment`."""
    day = moment.date()
    return day.toordinal() + (time_of_day(moment) >= day_end(calendar, day))


def stopped_days(calendar: Calendar, stop: Stop) -> tuple[int, int]:
    """Return the ordinals [first, end) of the days at whose closing the clock stood."""
    return first_open_day(calendar, stop.start), first_open_day(calendar, stop.end)


def day_zero(calendar: Calendar, begin: datetime, unit: TimeUnit) -> int:
    """Return the ordinal of the last day that is not counted: the day of receipt.

    Received while the office was closed all day: the next working day is day 1, also in calendar days; a Saturday on
    which it is open to receive is a day of receipt like any other. Same-day work: the day itself is day 1, or the next
    working day when received after 15:00, after closing or on a day off (R6).
    """
    day = begin.date()
    if unit is TimeUnit.SAME_WORKING_DAY:
        in_time = calendar.is_workday(day) and time_of_day(begin) <= CUTOFF
        in_time = in_time and time_of_day(begin) < day_end(calendar, day)
        return (day if in_time else next_workday(calendar, day)).toordinal() - 1
    if unit is TimeUnit.CALENDAR_DAY and not calendar.hours(day).shifts:
        return next_workday(calendar, day).toordinal() - 1
    return day.toordinal()


def counted(run: Run, moment: datetime, unit: TimeUnit, calendar: Calendar, counting: Counting) -> Fraction:
    """Return how much of `unit` has passed in `run` until `moment` (0 before its beginning)."""
    if moment <= run.begin:
        return Fraction(0)
    if unit in (TimeUnit.WORKING_HOUR, TimeUnit.MINUTE):
        time = working_time(calendar, run.begin, moment)
        time -= sum((working_time(calendar, *span) for span in _stops_before(run, moment)), timedelta())
        return Fraction(time // _MICROSECOND, MICROSECONDS[unit])
    if unit is TimeUnit.HOUR or (unit is TimeUnit.CALENDAR_DAY and counting is Counting.ROLLING):
        time = moment - run.begin - sum((end - start for start, end in _stops_before(run, moment)), timedelta())
        return Fraction(time // _MICROSECOND, MICROSECONDS.get(unit, DAY))
    if unit is TimeUnit.WORKING_DAY and counting is Counting.ROLLING:
        days = working_days(calendar, run.begin, moment)
        return days - sum(working_days(calendar, *span) for span in _stops_before(run, moment))
    return _whole_days(run, moment, unit, calendar)


def _stops_before(run: Run, moment: datetime) -> list[tuple[datetime, datetime]]:
    return [(stop.start, min(stop.end, moment)) for stop in run.stops if stop.start < moment]


def _whole_days(run: Run, moment: datetime, unit: TimeUnit, calendar: Calendar) -> Fraction:
    begin, today = day_zero(calendar, run.begin, unit) + 1, moment.toordinal()
    if today < begin:
        return Fraction(0)
    over = first_open_day(calendar, moment)  # today, or tomorrow after its closing
    total = days_between(calendar, unit, begin, over)
    for first, end in (stopped_days(calendar, stop) for stop in run.stops):
        total -= days_between(calendar, unit, max(first, begin), max(min(end, over), first, begin))
    return total if over > today else total + _part_of_day(run, moment, unit, calendar)


def days_between(calendar: Calendar, unit: TimeUnit, first: int, end: int) -> Fraction:
    """Return what the days [first, end) count as: each 1 in calendar and same-day work, its weight in working days."""
    if unit is TimeUnit.CALENDAR_DAY:
        return Fraction(end - first)
    if unit is TimeUnit.SAME_WORKING_DAY:
        return Fraction(calendar.workdays.before(end) - calendar.workdays.before(first))
    return Fraction(calendar.parts.before(end) - calendar.parts.before(first), calendar.day_parts)


def _part_of_day(run: Run, moment: datetime, unit: TimeUnit, calendar: Calendar) -> Fraction:
    day = moment.date()
    hours = calendar.hours(day)
    if not hours.weight:
        return Fraction(0)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    worked = worked_on_day(calendar, moment)
    for start, end in _stops_before(run, moment):
        worked -= working_time(calendar, max(start, midnight), max(end, midnight)) // _MICROSECOND
    weight = hours.weight if unit is TimeUnit.WORKING_DAY else Fraction(1)
    return weight * Fraction(worked, hours.microseconds)


def elapsed(
    start: datetime,
    end: datetime,
    unit: TimeUnit,
    calendar: Calendar,
    *,
    counting: Counting = Counting.DAYS,
    pauses: Iterable[Pause] = (),
) -> Fraction:
    """Return how much of `unit` has passed from `start` to `end`, pauses out: the inverse of `due`.

    Exact for hours, minutes and rolling days; whole days for days. An open pause lasts until `end`.
    """
    local = as_local(end)
    return counted(run_until(start, local, pauses), local, unit, calendar, counting)
