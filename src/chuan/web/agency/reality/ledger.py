"""Why a due date, as rows of a table: every day, and in short with the plain days taken together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.rules.deadlines import Due, Line
from chuan.text import numbers
from chuan.web.kit.words import cited, worded

OFF_TOO = "deadlines.counted_day_off"
PLAIN = ("deadlines.counted", OFF_TOO, "deadlines.day_off")
SHORT = 20
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """The days from `since` to `until`, how much of the limit they count, why, and the document that says so."""

    since: datetime
    until: datetime
    amount: float
    why: str
    source: str

    @property
    def days(self) -> str:
        """The day, or "25/11 – 31/12/2026"."""
        since, until = (timezone.localtime(moment).date() for moment in (self.since, self.until))
        if since == until:
            return numbers.day(until)
        first = f"{since:%d/%m}" if since.year == until.year else numbers.day(since)
        return f"{first} – {numbers.day(until)}"


def in_full(limit: Due | None) -> list[Row]:
    """Return a row for each line of the ledger."""
    return [_row(line) for line in limit.ledger.lines] if limit else []


def in_short(limit: Due | None) -> list[Row]:
    """Return fewer rows where the ledger is longer than `SHORT`, else none.

    Ordinary days and weekends in a row stand as one, so do the days of one holiday.
    """
    if limit is None or len(limit.ledger.lines) <= SHORT:
        return []
    rows: list[Row] = []
    for _key, lines in groupby(limit.ledger.lines, key=_alike):
        taken = list(lines)
        rows.append(_together(taken) if len(taken) > 1 else _row(taken[0]))
    return rows


def _alike(line: Line) -> tuple[object, ...]:
    """Return what lines share that stand as one: being plain, else the same reason and document."""
    return () if line.reason.code in PLAIN else (line.reason.code, worded(line.reason), line.source)


def _row(line: Line) -> Row:
    return Row(line.start, _last(line), float(line.amount), worded(line.reason), cited(line.source))


def _last(line: Line) -> datetime:
    """Return the last moment of a line: one that ends at midnight speaks of the day before."""
    return max(line.end - _MOMENT, line.start)


def _together(lines: Sequence[Line]) -> Row:
    codes = [line.reason.code for line in lines]
    counted = codes.count("deadlines.counted") + codes.count(OFF_TOO)
    words = _("Tính %(days)d ngày, cả ngày nghỉ") if OFF_TOO in codes else _("Tính %(days)d ngày làm việc")
    said = [words % {"days": counted}] if counted else []
    off = codes.count("deadlines.day_off")
    said += [_("không tính %(days)d ngày nghỉ hằng tuần") % {"days": off}] if off else []
    plain, first = "; ".join(said), _row(lines[0])
    amount = float(sum(line.amount for line in lines))
    return Row(first.since, _last(lines[-1]), amount, plain or first.why, "" if plain else first.source)
