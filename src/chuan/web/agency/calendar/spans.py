"""When the clock ran on a line of a ledger, as people write it: "07:30–11:30, 13:00–15:00", "cả ngày"."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

from django.utils.translation import gettext as _

from chuan.rules.deadlines import Counting, Due, Line
from chuan.rules.procedure.structure import TimeUnit
from chuan.rules.workdays.calendar import MINUTE
from chuan.rules.workdays.measure import moment_on

Span: TypeAlias = tuple[datetime, datetime]
_OF_THE_CLOCK = (TimeUnit.CALENDAR_DAY, TimeUnit.HOUR)


def span(due: Due, line: Line) -> str:
    """Return the working hours that a line counts, without the pauses; of other lines the stretch they speak of."""
    worked = list(_worked(due, line)) if line.counted and due.limit.unit not in _OF_THE_CLOCK else []
    return ", ".join(_written(*one) for one in worked or [(line.start, line.end)])


def _worked(due: Due, line: Line) -> Iterator[Span]:
    day = line.start.date()
    shifts = [tuple(moment_on(day, minutes * MINUTE) for minutes in shift) for shift in due.calendar.hours(day).shifts]
    found = [(max(opens, line.start), min(closes, line.end)) for opens, closes in shifts]
    in_days = due.limit.unit is TimeUnit.WORKING_DAY and due.counting is Counting.DAYS
    for stop in () if in_days else due.run.stops:  # a day counts whole unless the clock stood at its closing
        before = [(opens, min(closes, stop.start)) for opens, closes in found]
        found = sorted(before + [(max(opens, stop.end), closes) for opens, closes in found])
        found = [one for one in found if one[0] < one[1]]
    return (one for one in found if one[0] < one[1])


def _written(start: datetime, end: datetime) -> str:
    """Return hours within one day, the word for a whole one, else until which moment."""
    if end.date() == start.date():
        return f"{start:%H:%M}–{end:%H:%M}"
    if end - start == timedelta(days=1) and f"{start:%H:%M}" == "00:00":
        return _("cả ngày")
    one_night = (end.date() - start.date()).days == 1 and f"{end:%H:%M}" == "00:00"
    return f"{start:%H:%M}–24:00" if one_night else f"{start:%H:%M} → {end:%H:%M %d/%m/%Y}"
