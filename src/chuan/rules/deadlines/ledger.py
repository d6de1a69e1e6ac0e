"""Why this due date: the printable account of a count, day by day, whose counted lines sum to what was counted.

Stands first what a restart took back, then every day from the receipt (as 0) to the end: counted or not, and why; and
every pause. The calendar's name and version belong to the account; days it does not know are said to be so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from chuan.rules.deadlines.counting import Counting, counted, day_zero
from chuan.rules.deadlines.pauses import Pause, Run, Stop, run_until
from chuan.rules.procedure.structure import TimeUnit
from chuan.rules.workdays import Calendar, Day, DayKind, as_local
from chuan.rules.workdays.measure import moment_on
from chuan.text.messages import Message, message


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the stretch it speaks of, how much of the unit it counts, why, and the document that says so."""

    start: datetime
    end: datetime
    amount: Fraction
    reason: Message
    source: str = ""

    @property
    def counted(self) -> bool:
        """Whether the line counts anything."""
        return self.amount > 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account of one count, in time order."""

    unit: TimeUnit
    counting: Counting
    lines: tuple[Line, ...]
    calendar: str
    calendar_version: str
    notes: tuple[Message, ...] = ()

    @property
    def total(self) -> Fraction:
        """The sum of the counted lines."""
        return sum((line.amount for line in self.lines), Fraction(0))


def account(
    start: datetime,
    end: datetime,
    unit: TimeUnit,
    calendar: Calendar,
    *,
    counting: Counting = Counting.DAYS,
    pauses: Iterable[Pause] = (),
) -> Ledger:
    """Return the ledger of `elapsed`: its total is the elapsed amount."""
    local = as_local(end)
    return ledger_of(run_until(start, local, pauses), local, unit, calendar, counting, None)


def ledger_of(
    run: Run, end: datetime, unit: TimeUnit, calendar: Calendar, counting: Counting, limit: Fraction | None
) -> Ledger:
    """Return the ledger of `run` until `end`; nothing is counted beyond `limit`."""
    lines = [_taken_back(*span) for span in run.dropped]
    lines += sorted([*_days(run, end, unit, calendar, counting, limit), *_stops(run, end)], key=lambda line: line.start)
    notes = tuple(_notes(run.begin.year, end.year, calendar))
    return Ledger(unit, counting, tuple(lines), calendar.name, calendar.version, notes)


def _days(
    run: Run, end: datetime, unit: TimeUnit, calendar: Calendar, counting: Counting, limit: Fraction | None
) -> Iterator[Line]:
    before = Fraction(0)
    first, last = run.begin.toordinal(), max(end, run.begin).toordinal()
    zero = day_zero(calendar, run.begin, unit) if _in_days(unit, counting) else first - 1
    for ordinal in range(first, last + 1):
        day = calendar.day(date.fromordinal(ordinal))
        start, stop = max(run.begin, moment_on(day.date, 0)), min(end, moment_on(day.date, 0) + timedelta(days=1))
        now = counted(run, stop, unit, calendar, counting)
        full = limit is not None and before >= limit
        now = min(now, limit) if limit is not None else now
        stands = any(pause.start < max(stop, start) and start < pause.end for pause in run.stops)
        reason, source = _reason(day, now - before, ordinal <= zero, full, stands)
        if stands and now == before and not full and unit in _ON_DAYS_OFF_TOO:
            reason, source = message("deadlines.stands"), ""
        if ordinal == first and ordinal <= zero:
            reason, source = message("deadlines.day_of_receipt"), "BLDS 2015, Điều 147"
        yield Line(start, max(stop, start), now - before, reason, source)
        before = now


_ON_DAYS_OFF_TOO = (TimeUnit.CALENDAR_DAY, TimeUnit.HOUR)


def _in_days(unit: TimeUnit, counting: Counting) -> bool:
    in_days = unit in (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY) and counting is Counting.DAYS
    return in_days or unit is TimeUnit.SAME_WORKING_DAY


def _reason(day: Day, amount: Fraction, not_begun: bool, full: bool, stands: bool) -> tuple[Message, str]:
    off = {
        DayKind.HOLIDAY: "deadlines.holiday",
        DayKind.COMPENSATION: "deadlines.compensation",
        DayKind.CLOSURE: "deadlines.closure",
    }.get(day.kind, "deadlines.day_off")
    if amount and not day.is_workday:  # a limit in calendar days or continuous hours
        return message("deadlines.counted_day_off", reason=day.reason), ""
    if amount:
        swapped = day.kind is DayKind.SWAPPED_WORKDAY
        code = "deadlines.swapped_workday" if swapped else "deadlines.counted"
        return message(code, reason=day.reason), day.source
    if not day.is_workday:
        return message(off, reason=day.reason), day.source
    if not_begun:
        return message("deadlines.not_begun"), ""
    if full:
        return message("deadlines.rolled_on"), "BLDS 2015, Điều 148"
    return message("deadlines.stands" if stands else "deadlines.nothing_ran"), ""


def _stops(run: Run, end: datetime) -> Iterator[Line]:
    for stop in run.stops:
        if stop.start < end:
            yield Line(stop.start, min(stop.end, end), Fraction(0), _why(stop))


def _why(stop: Stop) -> Message:
    return message("deadlines.pause_because", why=stop.why) if stop.why else message("deadlines.pause")


def _taken_back(begin: datetime, end: datetime) -> Line:
    return Line(begin, end, Fraction(0), message("deadlines.restarted"), "")


def _notes(first: int, last: int, calendar: Calendar) -> Iterator[Message]:
    unknown = [str(year) for year in range(first, last + 1) if not calendar.knows(date(year, 1, 1))]
    estimated = [str(year) for year in range(first, last + 1) if year in calendar.estimated_years]
    if unknown:
        yield message("deadlines.unknown_years", years=", ".join(unknown), calendar=calendar.name)
    if estimated:
        yield message("deadlines.estimated_years", years=", ".join(estimated), calendar=calendar.name)
