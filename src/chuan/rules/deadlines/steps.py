"""Limits inside a dossier: of a step, of handing on (R3), of rework (R20). A step's clock rolls from the moment the
step was enabled; the dossier's pauses are out of it, and a restart of the dossier only stops it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from chuan.rules.deadlines.counting import CUTOFF, MICROSECONDS, Counting, counted, day_end, time_of_day
from chuan.rules.deadlines.due import due_at
from chuan.rules.deadlines.pauses import Pause, PauseRule, Run, run_until
from chuan.rules.procedure.structure import Limit, Step, TimeUnit
from chuan.rules.workdays import Calendar, add_working_time, as_local, closing, next_workday, opening, working_time

REWORK_LIMIT = Limit(Fraction(1), TimeUnit.WORKING_DAY)
"""The usual limit for mending work that was sent back to an earlier step (R20); a setting of the procedure."""
_WORKING_TIME = {unit: MICROSECONDS[unit] for unit in (TimeUnit.WORKING_HOUR, TimeUnit.MINUTE)}
_NO_TIME, _MICROSECOND = timedelta(), timedelta(microseconds=1)


def is_timed(step: Step) -> bool:
    """Whether the step has a clock of its own: counted (R15: some reception and publication is not) and with a time."""
    return step.counted and step.time is not None


def step_elapsed(enabled: datetime, completed: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> timedelta:
    """Return the working time from enabled to completed, pauses out; never negative."""
    time = working_time(calendar, enabled, completed)
    if stops := _as_stops(pauses):
        for stop in run_until(enabled, as_local(completed), stops).stops:
            time -= working_time(calendar, stop.start, min(stop.end, completed))
    return max(time, _NO_TIME)


def working_unit(unit: TimeUnit, calendar: Calendar) -> int | None:
    """Return the microseconds of working time in one `unit` of a step's clock.

    None where working time alone does not tell: the clock runs on without work, or days of the calendar differ.
    """
    return calendar.day_length if unit is TimeUnit.WORKING_DAY else _WORKING_TIME.get(unit)


def takes_longer(worked: timedelta, limit: Limit, unit: int) -> bool:
    """Whether the working time `worked` is strictly more than `limit`; `unit` is its `working_unit`."""
    return worked // _MICROSECOND * limit.amount.denominator > limit.amount.numerator * unit


def step_amount(
    enabled: datetime, completed: datetime, unit: TimeUnit, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Fraction:
    """Return how much of `unit` has passed from enabled to completed on a step's clock, pauses out."""
    local = as_local(completed)
    return counted(run_until(enabled, local, _as_stops(pauses)), local, unit, calendar, Counting.ROLLING)


def step_exceeds(
    enabled: datetime, completed: datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> bool:
    """Whether a step took strictly longer than `limit` on the limit's own clock.

    Working days are parts of the agency's days, hours and minutes are working time, `hour` runs on. A calendar day is
    24 hours and ends with the next working day when it ends on a day off; same-day work ends by R6. What was done
    while the clock stood was done when it stopped, also when that is the very moment the limit ends.
    """
    if unit := working_unit(limit.unit, calendar):
        return takes_longer(step_elapsed(enabled, completed, calendar, pauses), limit, unit)
    if limit.unit in (TimeUnit.CALENDAR_DAY, TimeUnit.SAME_WORKING_DAY):
        stops, local = _as_stops(pauses), as_local(completed)
        ends = due_at(enabled, limit, calendar, counting=Counting.ROLLING, pauses=stops, as_of=completed)
        return _clock_stopped(run_until(enabled, local, stops), local) > ends
    return step_amount(enabled, completed, limit.unit, calendar, pauses) > limit.amount


def step_due(
    enabled: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    as_of: datetime | None = None,
) -> datetime:
    """Return until when a step may take its `limit`: done then, it does not exceed it, and any later it does.

    An open pause is taken to end at `as_of` (BadInput without it).
    """
    return due_at(enabled, limit, calendar, counting=Counting.ROLLING, pauses=_as_stops(pauses), as_of=as_of)


def _clock_stopped(run: Run, moment: datetime) -> datetime:
    """Return `moment`, or the beginning of the pause that it lies in (pauses may follow on each other)."""
    for stop in reversed(run.stops):
        if stop.start < moment <= stop.end:
            moment = stop.start
    return moment


def _as_stops(pauses: Iterable[Pause]) -> list[Pause]:
    return [replace(pause, rule=PauseRule.PAUSE) for pause in pauses]


def hand_on_limit(received_at: datetime, calendar: Calendar) -> datetime:
    """Return until when a received dossier must be passed on (R3).

    Within the working day; received after 15:00, after closing or on a day off: in the first working hour of the next
    working day.
    """
    local = as_local(received_at)
    day, now = local.date(), time_of_day(local)
    if calendar.is_workday(day) and now <= CUTOFF and now < day_end(calendar, day):
        return closing(calendar, day)
    return add_working_time(calendar, opening(calendar, next_workday(calendar, day)), timedelta(hours=1))


def rework_exceeds(sent_back: datetime, done_again: datetime, calendar: Calendar, limit: Limit = REWORK_LIMIT) -> bool:
    """Whether mending the work that was sent back took longer than its limit (R20)."""
    return step_exceeds(sent_back, done_again, limit, calendar)
