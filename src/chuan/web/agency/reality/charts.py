"""The histogram of a reading as SVG: attributes and classes only, for the strict policy of the site."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.text import numbers
from chuan.web.agency.reality.words import report_word


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
        words % {"amount": numbers.number(mark["amount"], language=get_language() or "vi")},
    )
