"""Words and shapes of dossiers on pages; the words of the report stand in its catalogue."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from chuan.checking.report.words import limit_words
from chuan.rules.procedure.structure import Limit
from chuan.text.messages import Message
from chuan.web.kit.words import worded

SHAPES = {
    "early": "done",
    "on_time": "done",
    "late": "late",
    "open_in_time": "doing",
    "open_late": "late",
    "not_judged": "todo",
}
"""The shape in which the state of a dossier is shown."""

FACTS = {
    "dossier": _("Mã hồ sơ"),
    "activity": _("Công việc (bước)"),
    "number": _("Số thứ tự bước"),
    "at": _("Thời điểm hoàn thành bước"),
    "started_at": _("Thời điểm bắt đầu bước"),
    "position": _("Vị trí thực hiện"),
    "received_at": _("Ngày tiếp nhận đủ hồ sơ"),
    "filed_at": _("Ngày nộp"),
    "due_at": _("Ngày hẹn trả"),
    "finished_at": _("Ngày có kết quả"),
    "returned_at": _("Ngày trả kết quả"),
    "status": _("Tình trạng hồ sơ"),
    "kind": _("Loại sự kiện"),
    "service_code": _("Mã thủ tục"),
    "event_id": _("Mã sự kiện"),
}
"""What a column can tell, as people choose it."""


def report_word(name: str, **values: object) -> str:
    """Return a word of the report's catalogue in the reader's language."""
    return worded(Message(f"report.{name}", values))


def state_word(state: str) -> str:
    """Return the state of a dossier in words."""
    return report_word(f"state_{state}")


def mark_word(mark: str) -> str:
    """Return "kind:step" in words: "Bỏ bước B2"."""
    kind, _colon, step = mark.partition(":")
    return f"{report_word(f'kind_{kind}')} {step}".strip()


def in_words(limit: Limit | None) -> str:
    """Return a limit in words, "" for none."""
    return limit_words(limit, get_language() or "vi") if limit else ""


def period_word(period: str) -> str:
    """Return "2026-Q3" as "Quý 3/2026"."""
    year, _dash, quarter = period.partition("-Q")
    return gettext("Quý %(quarter)s/%(year)s") % {"quarter": quarter, "year": year} if quarter else year
