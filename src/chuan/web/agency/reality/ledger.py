"""Why a due date, as rows of a table: every day, and in short with the plain days taken together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from chuan.rules.deadlines import Due, Line
from chuan.web.kit.words import worded

PLAIN = ("deadlines.counted", "deadlines.day_off")
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
    def is_one_day(self) -> bool:
        """Whether the row speaks of a single day."""
        return self.since.date() == self.until.date()


def in_full(limit: Due | None) -> list[Row]:
    """Return a row for each line of the ledger."""
    return [_row(line) for line in limit.ledger.lines] if limit else []


def in_short(limit: Due | None) -> list[Row]:
    """Return fewer rows where the ledger is longer than `SHORT`: ordinary days and weekends as one, else none."""
    if limit is None or len(limit.ledger.lines) <= SHORT:
        return []
    rows: list[Row] = []
    for is_plain, lines in groupby(limit.ledger.lines, key=lambda line: line.reason.code in PLAIN):
        taken = list(lines)
        rows += [_together(taken)] if is_plain else [_row(line) for line in taken]
    return rows


def _row(line: Line) -> Row:
    return Row(line.start, _last(line), float(line.amount), worded(line.reason), line.source)


def _last(line: Line) -> datetime:
    """Return the last moment of a line: one that ends at midnight speaks of the day before."""
    return max(line.end - _MOMENT, line.start)


def _together(lines: Sequence[Line]) -> Row:
    off = sum(line.reason.code == "deadlines.day_off" for line in lines)
    counted = _("Tính %(days)d ngày làm việc") % {"days": len(lines) - off}
    left_out = _("không tính %(days)d ngày nghỉ hằng tuần") % {"days": off}
    said = [*([counted] if off < len(lines) else []), *([left_out] if off else [])]
    amount = float(sum(line.amount for line in lines))
    return Row(lines[0].start, _last(lines[-1]), amount, "; ".join(said), "")
