"""The histogram of a reading as SVG: attributes and classes only, for the strict policy of the site."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.text import numbers
from chuan.web.agency.reality.words import report_word

LETTER, GAP, NEAR = 7, 4, 100
"""Pixels: what a figure takes, what must lie between two labels, and how far the words of a limit reach."""


def histogram_svg(picture: dict[str, Any]) -> SafeString:
    """Return the bars of a stored histogram (checking.report.histogram) with the limits as lines."""
    foot, height, width = picture["foot"], picture["height"], picture["width"]
    counted = _labelled(picture["bars"], "count", most_first=True)
    named = _labelled(picture["bars"], "label", most_first=False)
    bars = format_html_join("", "{}", ((_bar(bar, foot, counted, named),) for bar in picture["bars"]))
    places = [mark["x"] for mark in picture["marks"]]
    marks = format_html_join("", "{}", ((_mark(mark, foot, width, places),) for mark in picture["marks"]))
    said = ", ".join(f"{bar['label']}: {bar['count']}" for bar in picture["bars"] if bar["count"])
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">'
        '<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>{}{}</svg>',
        f"{report_word('times_title')}. {said}",
        width,
        height,
        width,
        width,
        foot,
        foot,
        bars,
        marks,
    )


def _bar(bar: dict[str, Any], foot: int, counted: Collection[float], named: Collection[float]) -> SafeString:
    middle = _middle(bar)
    return format_html(
        '<g><title>{}: {}</title><rect class="bar-of {}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="middle" x="{}" y="{}">{}</text><text class="middle" x="{}" y="{}">{}</text></g>',
        bar["label"],
        bar["count"],
        bar["late"] or "in-time",
        *(bar[name] for name in ("x", "y", "width", "height")),
        *(middle, round(bar["y"] - 5, 1), bar["count"] if bar["count"] and middle in counted else ""),
        *(middle, foot + 17, bar["label"] if middle in named else ""),
    )


def _middle(bar: dict[str, Any]) -> float:
    return round(float(bar["x"] + bar["width"] / 2), 1)


def _labelled(bars: Sequence[dict[str, Any]], name: str, *, most_first: bool) -> Collection[float]:
    """Return the middles of the bars whose `name` is written, so that no two run into each other.

    Every bar tells its count when pointed at; `most_first`: the highest bars are written before the others.
    """
    written: dict[float, float] = {}
    for bar in sorted(bars, key=lambda each: -each["count"] if most_first else 0):
        middle, half = _middle(bar), (LETTER * len(str(bar[name])) + GAP) / 2
        if bar[name] and all(abs(middle - other) >= half + beside for other, beside in written.items()):
            written[middle] = half
    return written


def _mark(mark: dict[str, Any], foot: int, width: int, places: Sequence[float]) -> SafeString:
    """Draw a limit; its words stand left of the line where another limit or the border lies too near on the right."""
    words = _("Luật %(amount)s") if mark["double"] else _("Cam kết %(amount)s")
    near = any(0 <= place - mark["x"] < NEAR for place in (*places, width) if place != mark["x"])
    anchor, shift = ("end", -7) if near else ("start", 8)
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
        words % {"amount": numbers.number(mark["amount"], language=get_language() or "vi")},
    )
