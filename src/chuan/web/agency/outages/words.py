"""Words of an outage: how it stands, how long it took, and what the rule says of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from chuan.quality.dossiers.outages.models import Outage
from chuan.rules.handling.outages import entry_alert, paper_alert
from chuan.rules.handling.verdicts import Alert
from chuan.rules.workdays import Calendar
from chuan.web.agency.handling.words import span
from chuan.web.kit.words import worded


@dataclass(frozen=True, slots=True)
class Shown:
    """An outage in words. `paper` says when dossiers are handled on paper, "" where it ended before; `entry` what is to
    be entered, "" while it lasts. `lasted` is in working time."""

    row: Outage
    shape: str
    word: str
    lasted: str
    paper: str
    entry: str


def shown(row: Outage, calendar: Calendar, now: datetime) -> Shown:
    """Return `row` in words, measured by the calendar of its agency."""
    paper, entry = paper_alert(row.span, calendar), entry_alert(row.span)
    shape, word = _standing(row, paper, now)
    return Shown(
        row=row,
        shape=shape,
        word=word,
        lasted=span(row.span.start, row.span.end or now, calendar),
        paper=worded(paper.reason) if paper else "",
        entry=worded(entry.reason) if entry else "",
    )


def _standing(row: Outage, paper: Alert | None, now: datetime) -> tuple[str, str]:
    if row.withdrawn_at:
        return "todo", _("Đã bỏ")
    if row.ended_at is None:
        return ("late" if paper and paper.open_at(now) else "soon"), _("Đang mất mạng")
    return ("done", _("Đã nhập đủ")) if row.all_entered_at else ("soon", _("Chờ nhập phiếu giấy"))
