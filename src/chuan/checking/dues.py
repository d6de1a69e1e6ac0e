"""When a limit ends for each dossier of a check: what all that one day received has in common is counted once."""

from datetime import date, datetime

from chuan.checking import days
from chuan.rules.deadlines import Counting, Pause, due_at, ends_by_day
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import Calendar


class Dues:
    """The due moments of one `limit` (None: nothing is due). A wait that is still open lasts until `as_of`."""

    def __init__(self, limit: Limit | None, calendar: Calendar, counting: Counting, as_of: datetime | None) -> None:
        self._limit = limit
        self._calendar = calendar
        self._counting = counting
        self._as_of = as_of
        self._by_day = limit is not None and ends_by_day(limit, counting)
        self._of_day: dict[date, datetime] = {}

    def at(self, start: datetime | None, waits: tuple[Pause, ...], *, by_day: bool) -> datetime | None:
        """Return when the limit ends that `start` begins; `by_day`: the start is a day without a time."""
        if start is None or self._limit is None:
            return None
        if self._by_day and not waits:
            day = start.date()
            if day not in self._of_day:
                self._of_day[day] = self._counted(start, self._limit, ())
            return self._of_day[day]
        began = days.latest_start(start, self._limit, self._counting) if by_day else start
        return self._counted(began, self._limit, waits)

    def _counted(self, start: datetime, limit: Limit, waits: tuple[Pause, ...]) -> datetime:
        return due_at(start, limit, self._calendar, counting=self._counting, pauses=waits, as_of=self._as_of)
