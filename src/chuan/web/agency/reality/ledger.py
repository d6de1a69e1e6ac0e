"""Why a due date, as rows of a table: every day, and in short with the plain days taken together.

Each wait of the dossier has a row of its own that says what it did to the count, and why where it did nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.checking.result import DossierResult
from chuan.rules.deadlines import Due, Line, Pause, PauseRule
from chuan.rules.eventlog import EventKind
from chuan.text import numbers
from chuan.web.kit.words import cited, worded

OFF_TOO = "deadlines.counted_day_off"
PLAIN = ("deadlines.counted", OFF_TOO, "deadlines.day_off")
SHORT = 12
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


def in_full(limit: Due | None, found: DossierResult) -> list[Row]:
    """Return a row for each line of the ledger and each wait of `found`."""
    return _with_waits(rows_of(limit, short=False), limit, found) if limit else []


def in_short(limit: Due | None, found: DossierResult) -> list[Row]:
    """Return fewer rows where the ledger is longer than `SHORT`, else none."""
    if limit is None or len(limit.ledger.lines) <= SHORT:
        return []
    return _with_waits(rows_of(limit, short=True), limit, found)


def rows_of(limit: Due, *, short: bool) -> list[Row]:
    """Return the lines of the ledger of `limit` as rows, without the waits that it has no line for.

    `short`: ordinary days and weekends in a row stand as one, so do the days of one holiday.
    """
    if not short:
        return [_row(line) for line in limit.ledger.lines]
    groups = [list(lines) for _key, lines in groupby(limit.ledger.lines, key=_alike)]
    return [_together(lines) if len(lines) > 1 else _row(lines[0]) for lines in groups]


def wait_word(found: DossierResult, wait: Pause) -> str:
    """Return what the dossier waited for, as its source says."""
    kinds = {event.kind for event in found.dossier.events if event.at == wait.start}
    if EventKind.SUPPLEMENT in kinds:
        return _("Chờ bổ sung")
    return _("Chờ nộp tiền") if EventKind.PAYMENT in kinds else _("Tạm dừng")


def _with_waits(rows: Iterable[Row], limit: Due, found: DossierResult) -> list[Row]:
    return sorted([*rows, *_waits(limit, found)], key=lambda row: row.since)


def _waits(limit: Due, found: DossierResult) -> Iterator[Row]:
    """Yield the waits that the ledger has no line for; one that only stops the clock has its own there."""
    for wait in found.pauses:
        if any(stop.start <= wait.start < stop.end for stop in limit.run.stops):
            continue
        why = _("%(what)s: %(effect)s") % {"what": wait_word(found, wait), "effect": _effect(wait, limit, found)}
        yield Row(wait.start, wait.end or wait.start, 0, why, "")


def _effect(wait: Pause, limit: Due, found: DossierResult) -> str:
    """Return what `wait` does to the count, and why where that is nothing."""
    if found.finished_at is not None and wait.start >= found.finished_at:
        return _("đã có kết quả từ %(at)s nên hạn không đổi") % {"at": _moment(found.finished_at)}
    if wait.start >= limit.at:
        return _("hạn đã hết từ %(at)s nên không tính lại, không lùi hạn") % {"at": _moment(limit.at)}
    if wait.rule is PauseRule.PAUSE:
        return _("nằm trong lần nhận không được tính nên không lùi hạn")
    if wait.end is None:
        return _("chưa nhận đủ, hạn sẽ tính lại từ đầu khi nhận đủ")
    return _("nhận đủ lúc %(at)s, hạn tính lại từ đầu") % {"at": _moment(wait.end)}


def _moment(at: datetime) -> str:
    return numbers.moment(timezone.localtime(at))


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
