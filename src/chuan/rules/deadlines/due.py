"""When a limit ends, and the account of it. A limit in days ends at the closing of its last day (R0)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil

from chuan.rules.deadlines.counting import (
    DAY,
    MICROSECONDS,
    Counting,
    day_zero,
    days_between,
    stopped_days,
)
from chuan.rules.deadlines.ledger import Ledger, ledger_of
from chuan.rules.deadlines.pauses import Pause, Run, stops_of
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import (
    Calendar,
    add_working_time,
    as_local,
    closing,
    working_days,
    working_time,
)
from chuan.rules.workdays.measure import days_before, moment_of_days, opening
from chuan.text.messages import BadInput


@dataclass(frozen=True)
class Due:
    """The moment a limit ends, and how it was found. `run` is the count that holds (after restarts, with its stops)."""

    at: datetime
    limit: Limit
    calendar: Calendar
    counting: Counting
    run: Run

    @cached_property
    def ledger(self) -> Ledger:
        """The account day by day; its counted lines sum to the limit."""
        return ledger_of(self.run, self.at, self.limit.unit, self.calendar, self.counting, self.limit.amount)


def due(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    counting: Counting = Counting.DAYS,
    pauses: Iterable[Pause] = (),
    as_of: datetime | None = None,
) -> Due:
    """Return when `limit` ends that is counted from `start` (the receipt of the full dossier, R1).

    `pauses` that begin at or after the due moment do not matter: what is late stays late. An open pause is taken to end
    at `as_of` (BadInput without it). Moments are rounded up to the microsecond. BadInput for a limit beyond year 9999.
    """
    try:
        run = Run(as_local(start))
        at = _end(run, limit, calendar, counting)
        for stop in stops_of(pauses, as_of):
            if stop.start >= at:
                break
            run = run.after(stop)
            at = _end(run, limit, calendar, counting)
    except (OverflowError, ValueError) as error:
        if start.tzinfo is None:
            raise
        raise BadInput("deadlines.limit_too_long", amount=float(limit.amount), unit=limit.unit.value) from error
    return Due(at, limit, calendar, counting, run)


def due_at(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    counting: Counting = Counting.DAYS,
    pauses: Iterable[Pause] = (),
    as_of: datetime | None = None,
) -> datetime:
    """Return the moment of `due`."""
    return due(start, limit, calendar, counting=counting, pauses=pauses, as_of=as_of).at


def ends_by_day(limit: Limit, counting: Counting) -> bool:
    """Whether `limit`, without a pause, ends at the same moment for all that was received on one day (R0)."""
    in_days = counting is Counting.DAYS and limit.unit in (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY)
    return in_days and limit.amount.numerator > 0


def _end(run: Run, limit: Limit, calendar: Calendar, counting: Counting) -> datetime:
    if limit.amount.numerator <= 0:
        return run.begin
    match limit.unit, counting:
        case ((TimeUnit.WORKING_HOUR | TimeUnit.MINUTE), _):
            return _end_of_working_time(run, ceil(limit.amount * MICROSECONDS[limit.unit]), calendar)
        case TimeUnit.HOUR, _:
            return _end_of_clock_time(run, ceil(limit.amount * MICROSECONDS[TimeUnit.HOUR]))
        case TimeUnit.CALENDAR_DAY, Counting.ROLLING:
            end = _end_of_clock_time(run, ceil(limit.amount * DAY))
            return end if calendar.is_workday(end.date()) else closing(calendar, end.date())
        case TimeUnit.WORKING_DAY, Counting.ROLLING:
            return _end_of_rolling_days(run, limit.amount, calendar)
        case TimeUnit.SAME_WORKING_DAY, _:
            return _end_of_days(run, Fraction(ceil(limit.amount)), limit.unit, calendar)  # R6: a part is a day
    return _end_of_days(run, limit.amount, limit.unit, calendar)


def _end_of_working_time(run: Run, microseconds: int, calendar: Calendar) -> datetime:
    amount = timedelta(microseconds=microseconds)
    end = add_working_time(calendar, run.begin, amount)
    for stop in run.stops:
        if stop.start >= end:
            break
        amount += working_time(calendar, stop.start, stop.end)
        end = add_working_time(calendar, run.begin, amount)
    return end


def _end_of_clock_time(run: Run, microseconds: int) -> datetime:
    end = run.begin + timedelta(microseconds=microseconds)
    for stop in run.stops:
        if stop.start >= end:
            break
        end += stop.end - stop.start
    return end


def _end_of_rolling_days(run: Run, amount: Fraction, calendar: Calendar) -> datetime:
    total = days_before(calendar, run.begin) + amount
    end = moment_of_days(calendar, total)
    for stop in run.stops:
        if stop.start >= end:
            break
        total += working_days(calendar, stop.start, stop.end)
        end = moment_of_days(calendar, total)
    return end


def _end_of_days(run: Run, amount: Fraction, unit: TimeUnit, calendar: Calendar) -> datetime:
    begin = day_zero(calendar, run.begin, unit) + 1
    last = _day_reaching(calendar, unit, begin, amount)
    for first, end in (stopped_days(calendar, stop) for stop in run.stops):
        if first > last:
            break
        amount += days_between(calendar, unit, max(first, begin), max(end, begin))
        last = _day_reaching(calendar, unit, begin, amount)
    day = date.fromordinal(last)
    rest = amount - days_between(calendar, unit, begin, last)
    if rest == days_between(calendar, unit, last, last + 1) or not calendar.is_workday(day):
        return closing(calendar, day)
    weight = Fraction(1) if unit is TimeUnit.CALENDAR_DAY else calendar.hours(day).weight
    return _end_within_day(run, rest / weight, day, calendar)


def _day_reaching(calendar: Calendar, unit: TimeUnit, begin: int, amount: Fraction) -> int:
    """Return the ordinal of the day with which the days from `begin` on reach `amount`."""
    if unit is TimeUnit.CALENDAR_DAY:
        return begin + ceil(amount) - 1
    if unit is TimeUnit.SAME_WORKING_DAY:
        return calendar.workdays.day_reaching(calendar.workdays.before(begin) + ceil(amount))
    return calendar.parts.day_reaching(calendar.parts.before(begin) + ceil(amount * calendar.day_parts))


def _end_within_day(run: Run, share: Fraction, day: date, calendar: Calendar) -> datetime:
    """Return when `share` of the day's own working time has run since its opening (3.5 days: half of the fourth)."""
    opened = opening(calendar, day)
    of_day = Run(opened)
    for stop in run.stops:
        of_day = of_day.after(stop)
    return _end_of_working_time(of_day, ceil(share * calendar.hours(day).microseconds), calendar)
