"""Working calendars and working time. Pure; every moment is aware, on Vietnamese clocks (`VIETNAM`, +07:00).

    Calendar(name, version, week, overrides, known_years, estimated_years, title)
        .day(date) -> Day(kind, hours, reason, source, known, estimated)   .is_workday(date)   .knows(date)
    working_time(calendar, start, end) -> timedelta        real working time, exact to the microsecond
    working_days(calendar, start, end) -> Fraction         parts of the agency's own days
    add_working_time(calendar, start, timedelta) -> datetime
    add_working_days(calendar, start, Fraction) -> datetime          rolling: 10:00 + 1 day = 10:00
    next_workday(calendar, date) -> date                   same_or_next_workday(calendar, date) -> date
    opening(calendar, date), closing(calendar, date) -> datetime     of the next working day on a day off
    next_opening(calendar, moment) -> datetime             is_open(calendar, moment) -> bool

`chuan.reading.calendars.load_calendar("vn")` makes one from the shipped data or from a file of the user's own.
`chuan.rules.workdays.vector` does the same for whole columns (numpy) and agrees on everything by test.
"""

from chuan.rules.workdays.calendar import CLOSED, VIETNAM, Calendar, Day, DayKind, Hours, Override, Shift, as_local
from chuan.rules.workdays.measure import (
    add_working_days,
    add_working_time,
    closing,
    is_open,
    next_opening,
    next_workday,
    opening,
    same_or_next_workday,
    working_days,
    working_time,
)

__all__ = [
    "CLOSED",
    "VIETNAM",
    "Calendar",
    "Day",
    "DayKind",
    "Hours",
    "Override",
    "Shift",
    "add_working_days",
    "add_working_time",
    "as_local",
    "closing",
    "is_open",
    "next_opening",
    "next_workday",
    "opening",
    "same_or_next_workday",
    "working_days",
    "working_time",
]
