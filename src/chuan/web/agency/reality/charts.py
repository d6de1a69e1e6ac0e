"""Pictures of a reading and of a dossier as SVG: attributes and classes only, for the strict policy of the site."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chuan.rules.workdays import Calendar
from chuan.text import numbers
from chuan.web.agency.reality.words import report_word

WIDTH, LEFT, ROW, HEAD, FOOT = 1128, 190, 26, 44, 56
_DAY = timedelta(days=1)


def histogram_svg(picture: dict[str, Any]) -> SafeString:
    """Return the bars of a stored histogram (checking.report.histogram) with the limits as lines."""
    foot, height = picture["foot"], picture["height"]
    bars = format_html_join(
        "",
        '<rect class="bar-of {}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="middle" x="{}" y="{}">{}</text><text class="middle" x="{}" y="{}">{}</text>',
        (
            (
                bar["late"] or "in-time",
                *(bar[name] for name in ("x", "y", "width", "height")),
                *(round(bar["x"] + bar["width"] / 2, 1), round(bar["y"] - 5, 1), bar["count"] or ""),
                *(round(bar["x"] + bar["width"] / 2, 1), foot + 17, bar["label"]),
            )
            for bar in picture["bars"]
        ),
    )
    marks = format_html_join("", "{}", ((_mark(mark, foot, picture["width"]),) for mark in picture["marks"]))
    said = ", ".join(f"{bar['label']}: {bar['count']}" for bar in picture["bars"] if bar["count"])
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}">'
        '<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>{}{}</svg>',
        f"{report_word('times_title')}. {said}",
        picture["width"],
        height,
        picture["width"],
        foot,
        foot,
        bars,
        marks,
    )


def _mark(mark: dict[str, Any], foot: int, width: int) -> SafeString:
    words = _("Luật %(amount)s") if mark["double"] else _("Cam kết %(amount)s")
    anchor, shift = ("end", -7) if mark["x"] > width - 110 else ("start", 8)
    second = format_html('<line class="limit" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', mark["x"] + 4, foot)
    return format_html(
        '<line class="limit" x1="{0}" x2="{0}" y1="0" y2="{1}"/>{2}'
        '<text class="limit-word {3}" x="{4}" y="{5}">{6}</text>',
        mark["x"],
        foot,
        second if mark["double"] else "",
        anchor,
        mark["x"] + shift,
        26 if mark["double"] else 12,
        words % {"amount": numbers.number(mark["amount"])},
    )


Stretch = tuple[str, datetime, datetime, str, str]


class Timeline:
    """A dossier against its limits: rows of (words, start, end, class, note), grey days off, lines for the limits."""

    def __init__(
        self, start: datetime, end: datetime, rows: Sequence[tuple[str, datetime, datetime, str, str]]
    ) -> None:
        self.start = start.replace(hour=0, minute=0, second=0, microsecond=0)
        self.end = end.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
        self.rows = rows
        self.foot = HEAD + ROW * max(len(rows), 1)

    def x(self, moment: datetime) -> float:
        """Return where `moment` stands."""
        share = (moment - self.start) / (self.end - self.start)
        return round(LEFT + (WIDTH - LEFT - 8) * min(max(share, 0), 1), 1)

    def svg(self, calendar: Calendar, limits: Iterable[tuple[datetime, bool, str]]) -> SafeString:
        """Return the picture; `limits` are (moment, is legal, words)."""
        said = "; ".join(
            f"{words}: {numbers.moment(start)} – {numbers.moment(end)}" for words, start, end, _c, _n in self.rows
        )
        parts = [*self._days_off(calendar), *self._scale(), *self._bars(), *self._limits(limits)]
        return format_html(
            '<svg class="chart timeline" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">'
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)">'
            '<line class="hatch-line" x1="0" x2="0" y1="0" y2="6"/></pattern></defs>{}</svg>',
            said,
            WIDTH,
            self.foot + FOOT,
            WIDTH,
            mark_safe("".join(parts)),  # noqa: S308 - every part was escaped when it was made
        )

    def _days(self) -> list[datetime]:
        return [self.start + _DAY * number for number in range((self.end - self.start).days)]

    def _days_off(self, calendar: Calendar) -> Iterable[str]:
        for day in self._days():
            if not calendar.is_workday(day.date()):
                x = self.x(day)
                shape = '<rect class="day-off" x="{}" y="{}" width="{}" height="{}"/>'
                yield format_html(shape, x, HEAD - 12, round(self.x(day + _DAY) - x, 1), self.foot - HEAD + 12)

    def _scale(self) -> Iterable[str]:
        days = self._days()
        every = max(1, -(-len(days) // 12))
        for day in days[::every]:
            yield format_html('<text x="{}" y="16">{}</text>', self.x(day), day.strftime("%d/%m"))

    def _bars(self) -> Iterable[str]:
        for place, (words, start, end, kind, note) in enumerate(self.rows):
            y = HEAD + ROW * place
            x, beyond = self.x(start), self.x(end)
            late_half = beyond > LEFT + (WIDTH - LEFT) * 0.7
            yield format_html(
                '<text x="0" y="{}">{}</text><rect class="span {}" x="{}" y="{}" width="{}" height="12"/>'
                '<text class="second {}" x="{}" y="{}">{}</text>',
                y + 11,
                words if len(words) <= 28 else f"{words[:27]}…",
                kind,
                x,
                y + 1,
                max(3, round(beyond - x, 1)),
                "end" if late_half else "start",
                x - 6 if late_half else beyond + 6,
                y + 11,
                note,
            )

    def _limits(self, limits: Iterable[tuple[datetime, bool, str]]) -> Iterable[str]:
        for place, (moment, is_legal, words) in enumerate(limits):
            x = self.x(moment)
            for shift in (0, 4) if is_legal else (0,):
                shape = '<line class="limit" x1="{0}" x2="{0}" y1="24" y2="{1}"/>'
                yield format_html(shape, x + shift, self.foot + 4)
            anchor = "end" if x > WIDTH - 260 else "start"
            yield format_html(
                '<text class="limit-word {}" x="{}" y="{}">{}</text>', anchor, x, self.foot + 20 + 18 * place, words
            )
