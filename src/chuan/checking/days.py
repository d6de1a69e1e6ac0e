"""Days without a time of day: what a source that only wrote "05/11" allows to be said (docs/check.md).

Nobody is called late where the hour alone would decide: dates are compared with dates, and steps take whole days.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from chuan.rules.deadlines import Counting, Pause, due_at
from chuan.rules.procedure.structure import Limit, TimeUnit, written_minutes
from chuan.rules.workdays import Calendar

_LAST_SECOND = timedelta(days=1, seconds=-1)
_BY_THE_DAY = (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.SAME_WORKING_DAY)
_RUNNING_ON = (TimeUnit.CALENDAR_DAY, TimeUnit.HOUR)


def midnight(moment: datetime) -> datetime:
    """Return the day of `moment` as a day without a time."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def end_of(day: datetime) -> datetime:
    """Return the last second of the day of `day`."""
    return midnight(day) + _LAST_SECOND


def latest_start(start: datetime, limit: Limit, counting: Counting) -> datetime:
    """Return the latest moment that a reception written as a day can mean, where the hour matters for `limit`."""
    hour_matters = limit.unit not in _BY_THE_DAY or (
        counting is Counting.ROLLING and limit.unit is not TimeUnit.SAME_WORKING_DAY
    )
    return end_of(start) if hour_matters else start


def exceeds(enabled: datetime, completed: datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Pause]) -> bool:
    """Return whether a step between two days took more whole days than `limit`, rounded up to days, allows."""
    return completed.date() > last_day(enabled, completed, limit, calendar, pauses)


def last_day(enabled: datetime, completed: datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Pause]) -> date:
    """Return the last day that such a step may take; an open pause is taken to end at `completed`."""
    return due_at(midnight(enabled), _in_days(limit), calendar, pauses=pauses, as_of=completed).date()


def _in_days(limit: Limit) -> Limit:
    if limit.unit in _RUNNING_ON:
        days = limit.amount / (24 if limit.unit is TimeUnit.HOUR else 1)
        return Limit(Fraction(max(1, ceil(days))), TimeUnit.CALENDAR_DAY)
    days = written_minutes(limit) / written_minutes(Limit(Fraction(1), TimeUnit.WORKING_DAY))
    return Limit(Fraction(max(1, ceil(days))), TimeUnit.WORKING_DAY)
