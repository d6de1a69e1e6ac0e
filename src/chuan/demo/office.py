"""The working days before the moment at which the demo is filled: when its people did what."""

from datetime import date, datetime, timedelta

from chuan.rules.procedure.structure import Limit, Step, TimeUnit
from chuan.rules.workdays import Calendar, add_working_time, as_local, closing, opening, working_time

_MINUTE = timedelta(minutes=1)
_FREE = 25 * _MINUTE  # what a step without a limit takes
_DAY = timedelta(hours=8)
_OF_UNIT = {TimeUnit.WORKING_DAY: _DAY, TimeUnit.WORKING_HOUR: timedelta(hours=1), TimeUnit.MINUTE: _MINUTE}


class Office:
    """The days of an agency up to `now`, counted backwards in working days: 0 is the last one that has begun."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self.calendar = calendar
        day = as_local(now).date()
        while not calendar.is_workday(day) or as_local(now) < opening(calendar, day) + timedelta(hours=1):
            day -= timedelta(days=1)
        self._days = [day]
        self.end = min(as_local(now), closing(calendar, day)).replace(second=0, microsecond=0)

    def day(self, ago: int) -> date:
        """Return the working day so many working days ago."""
        while len(self._days) <= ago:
            day = self._days[-1] - timedelta(days=1)
            while not self.calendar.is_workday(day):
                day -= timedelta(days=1)
            self._days.append(day)
        return self._days[ago]

    def at(self, ago: int, share: float) -> datetime:
        """Return the moment of that day by which this share of it, as far as it has passed, was worked."""
        start = opening(self.calendar, self.day(ago))
        until = self.end if ago == 0 else closing(self.calendar, self.day(ago))
        return self.later(start, working_time(self.calendar, start, until) * share)

    def later(self, moment: datetime, worked: timedelta) -> datetime:
        """Return the moment after so much working time, to the minute, never after `now`."""
        found = add_working_time(self.calendar, moment, max(worked, timedelta(0))).replace(second=0, microsecond=0)
        return max(moment, min(found, self.end))

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments."""
        return working_time(self.calendar, start, end)


def usual_time(step: Step) -> timedelta:
    """Return the working time that the limit of `step` gives, a little where it has none."""
    limit: Limit | None = step.time
    unit = _OF_UNIT.get(limit.unit) if limit else None
    return unit * float(limit.amount) if limit and limit.amount and unit else _FREE
