"""A dossier against its limits as SVG: what was done, what is still to come, the limits, and until when is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chuan.checking import clock
from chuan.checking.result import DossierResult, moves_not_reached
from chuan.checking.visits import Visit
from chuan.rules.deadlines import Counting, Due, Pause, due_at
from chuan.rules.workdays import Calendar
from chuan.text import numbers
from chuan.web.agency.reality import ledger
from chuan.web.agency.reality.procedure import spent_words
from chuan.web.agency.reality.words import in_words

WIDTH, LEFT, RIGHT, ROW, HEAD, FOOT, LINE = 1128, 262, 210, 26, 44, 20, 18
"""Pixels; `LEFT` holds the names of the rows, `RIGHT` what stands behind the last bar or line."""
LONGEST_NAME, LETTER = 41, 6
"""Letters of a name; pixels that a letter takes, for the ground on which words stand free of lines and days off."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row: its words, from when to when, how it is drawn (a class) and the words behind the bar.

    `gaps` are the waits in which nothing was done; what lies before `counts_from` is drawn pale.
    """

    words: str
    start: datetime
    end: datetime
    kind: str
    note: str = ""
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    counts_from: datetime | None = None

    def pieces(self) -> Iterator[tuple[datetime, datetime, str]]:
        """Yield what is drawn: from when to when, and how."""
        since = self.start
        for start, end in (*self.gaps, (self.end, self.end)):
            if since < start or self.start == self.end:
                pale = self.counts_from is not None and since < self.counts_from
                yield since, min(start, self.end), f"{self.kind} pale" if pale else self.kind
            since = max(since, end)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line over all rows: a limit ("limit", "limit double") or the moment until which is known ("now")."""

    at: datetime
    kind: str
    words: str


def timeline(found: DossierResult, committed: Due | None, legal: Due | None, as_of: datetime | None) -> SafeString:
    """Return the picture, empty for a dossier without reception."""
    if found.received_at is None:
        return mark_safe("")
    is_open = found.finished_at is None and as_of is not None
    is_open = is_open and clock.collected(found.dossier, found.dossier.events) is None
    rows = sorted(
        _done(found, committed or legal, as_of), key=lambda row: (row.start, row.kind != "taken-back", row.end)
    )
    rows += _planned(found, as_of) if is_open else []
    marks = [*_limits(committed, legal)]
    if is_open and as_of is not None:
        marks.append(Mark(as_of, "now", _("Xét đến %(moment)s") % {"moment": numbers.moment(as_of)}))
    moments = [found.received_at, *(mark.at for mark in marks), *(row.end for row in rows)]
    return _Picture(min(moments), max(moments), rows, marks).svg(found.calendar)


def drawn(rows: Sequence[Stretch], marks: Sequence[Mark], calendar: Calendar) -> SafeString:
    """Return the picture of `rows` (at least one) under `marks`, with the days off of `calendar`."""
    moments = [*(row.start for row in rows), *(row.end for row in rows), *(mark.at for mark in marks)]
    return _Picture(min(moments), max(moments), rows, marks).svg(calendar)


def _limits(committed: Due | None, legal: Due | None) -> Iterator[Mark]:
    if committed:
        at = timezone.localtime(committed.at)
        yield Mark(at, "limit", _("Cam kết %(moment)s") % {"moment": numbers.moment(at)})
    if legal:
        at = timezone.localtime(legal.at)
        yield Mark(at, "limit double", _("Luật %(moment)s") % {"moment": numbers.moment(at)})


def _done(found: DossierResult, limit: Due | None, as_of: datetime | None) -> Iterator[Stretch]:
    over = {one.event for one in found.deviations if one.kind == "over_limit"}
    waits = [(wait, wait.end or as_of or wait.start) for wait in found.pauses]
    for wait, until in waits:
        yield Stretch(ledger.wait_word(found, wait), wait.start, until, "wait")
    dropped = limit.run.dropped if limit else ()
    yield from _taken_back(dropped, waits)
    for visit, minutes in zip(found.visits, found.minutes, strict=True):
        step = found.model.steps[visit.step]
        note = spent_words(minutes) + (f" / {in_words(step.time)}" if step.time and step.counted else "")
        kind = "over" if visit.event in over else "done" if step.counted else "uncounted"
        words = f"{found.model.keys[visit.step]} {step.title}"
        gaps = tuple((wait.start, min(end, visit.completed_at)) for wait, end in waits if _within(wait.start, visit))
        counts_from = dropped[-1][1] if dropped else None
        yield Stretch(words, visit.enabled_at, visit.completed_at, kind, note, gaps, counts_from)


def _within(at: datetime, visit: Visit) -> bool:
    return visit.enabled_at <= at < visit.completed_at


def _taken_back(
    dropped: Sequence[tuple[datetime, datetime]], waits: Sequence[tuple[Pause, datetime]]
) -> Iterator[Stretch]:
    """Yield the counts that a supplement took back, each until the dossier went back to the citizen."""
    for number, (since, until) in enumerate(dropped, start=1):
        asked = max((wait.start for wait, end in waits if since <= wait.start and end == until), default=until)
        words = _("Lần nhận thứ nhất") if number == 1 else _("Lần nhận thứ %(number)d") % {"number": number}
        yield Stretch(words, since, asked, "taken-back", _("không tính, tính lại từ đầu"))


def _planned(found: DossierResult, as_of: datetime | None) -> list[Stretch]:
    """Return the steps still to come, each from when it can begin for as long as it may take.

    The first begins where the last one ended; while the dossier waits for the citizen, not before `as_of`.
    """
    ahead = [found.moves[place].label for place in sorted(moves_not_reached(found))]
    waits = any(wait.end is None for wait in found.pauses)
    ends = {visit.step: visit.completed_at for visit in found.visits}
    rows: list[Stretch] = []
    for place in (label for label in ahead if label is not None):
        step = found.model.steps[place]
        before = [end for other, end in ends.items() if not found.model.automaton.concurrent(other, place)]
        start = max([*before, *([as_of] if waits and as_of else [])], default=found.received_at or as_of)
        if start is None:
            return []
        limit = step.time if step.counted else None
        ends[place] = due_at(start, limit, found.calendar, counting=Counting.ROLLING) if limit else start
        note = _("dự kiến, trong %(limit)s") % {"limit": in_words(limit)} if limit else _("dự kiến")
        rows.append(Stretch(f"{found.model.keys[place]} {step.title}", start, ends[place], "planned", note))
    return rows


class _Picture:
    """Rows between two moments; days off grey, a line over all rows for every mark."""

    def __init__(self, start: datetime, end: datetime, rows: Sequence[Stretch], marks: Sequence[Mark]) -> None:
        self.start = start.replace(hour=0, minute=0, second=0, microsecond=0)
        self.end = end.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
        self.rows, self.marks = rows, marks
        self.foot = HEAD + ROW * max(len(rows), 1)

    def svg(self, calendar: Calendar) -> SafeString:
        """Return the drawing, its words for those who do not see it first."""
        said = "; ".join(f"{row.words}: {numbers.moment(row.start)} – {numbers.moment(row.end)}" for row in self.rows)
        parts = [*self._days_off(calendar), *self._scale(), *self._marks(), *self._bars()]
        return format_html(
            '<svg class="chart timeline" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">'
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)">'
            '<line class="hatch-line" x1="0" x2="0" y1="0" y2="6"/></pattern></defs>{}</svg>',
            "; ".join([said, *(mark.words for mark in self.marks)]),
            WIDTH,
            self.foot + FOOT + LINE * len(self.marks),
            WIDTH,
            format_html_join("", "{}", ((part,) for part in parts)),
        )

    def _x(self, moment: datetime) -> float:
        share = (moment - self.start) / (self.end - self.start)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0), 1), 1)

    def _days(self) -> list[datetime]:
        return [self.start + _DAY * number for number in range((self.end - self.start).days)]

    def _days_off(self, calendar: Calendar) -> Iterable[str]:
        for day in self._days():
            if not calendar.is_workday(day.date()):
                x = self._x(day)
                shape = '<rect class="day-off" x="{}" y="{}" width="{}" height="{}"/>'
                yield format_html(shape, x, HEAD - 12, round(self._x(day + _DAY) - x, 1), self.foot - HEAD + 12)

    def _scale(self) -> Iterable[str]:
        days = self._days()
        every = max(1, -(-len(days) // 12))
        for day in days[::every]:
            yield format_html('<text x="{}" y="16">{}</text>', self._x(day), day.strftime("%d/%m"))

    def _bars(self) -> Iterable[str]:
        for place, row in enumerate(self.rows):
            y, x, beyond = HEAD + ROW * place, self._x(row.start), self._x(row.end)
            name = row.words if len(row.words) <= LONGEST_NAME else f"{row.words[: LONGEST_NAME - 1]}…"
            yield format_html(
                '<g><title>{}</title><text x="0" y="{}">{}</text>'
                '<rect class="behind" x="{}" y="{}" width="{}" height="16"/>'
                '{}<text class="second" x="{}" y="{}">{}</text></g>',
                row.words,
                y + 11,
                name,
                round(max(beyond, x + 3) + 3, 1),
                y - 1,
                LETTER * len(row.note),
                format_html_join("", "{}", ((self._piece(*piece, y + 1),) for piece in row.pieces())),
                max(beyond, x + 3) + 6,
                y + 11,
                row.note,
            )

    def _piece(self, since: datetime, until: datetime, kind: str, y: int) -> SafeString:
        x = self._x(since)
        shape = '<rect class="span {}" x="{}" y="{}" width="{}" height="12"/>'
        return format_html(shape, kind, x, y, max(3, round(self._x(until) - x, 1)))

    def _marks(self) -> Iterable[str]:
        for place, mark in enumerate(self.marks):
            x = self._x(mark.at)
            for shift in (0, 4) if mark.kind == "limit double" else (0,):
                shape = '<line class="{0}" x1="{1}" x2="{1}" y1="24" y2="{2}"/>'
                yield format_html(shape, mark.kind, x + shift, self.foot + 4)
            y = self.foot + FOOT + LINE * place
            yield format_html('<text class="limit-word" x="{}" y="{}">{}</text>', x, y, mark.words)
