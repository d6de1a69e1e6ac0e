"""Words and shapes of dossiers on pages; the words of the report stand in its catalogue."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from chuan.checking.report.questions import Question
from chuan.checking.report.words import limit_words
from chuan.rules.eventlog import Dossier
from chuan.rules.procedure.structure import Limit
from chuan.text import numbers
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

PRACTICE = {
    "skipped": _("Bước này phải làm: giao cho một vị trí, có hạn."),
    "inserted": _("Thôi làm việc này, hoặc ghi vào hệ thống bằng đúng tên bước: giao cho một vị trí, có hạn."),
    "repeated": _("Làm đúng ngay lần đầu: giao cho một vị trí, có hạn."),
    "out_of_order": _("Làm đúng thứ tự: giao cho một vị trí, có hạn."),
    "wrong_position": _("Đúng vị trí phải làm bước này: giao cho một vị trí, có hạn."),
    "over_limit": _("Làm trong định mức: giao cho một vị trí, có hạn."),
}
"""What a change of the practice means, by the kind of deviation."""

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
    """Return "kind:point" in words: "Bỏ bước B2", "Việc ngoài quy trình: Xin ý kiến"."""
    kind, _colon, point = mark.partition(":")
    between = ": " if kind == "inserted" and point else " "
    return f"{report_word(f'kind_{kind}')}{between}{point}".strip()


def question_words(asked: Mapping[str, Any]) -> str:
    """Return a stored question (findings/computing.py) in the reader's language."""
    return Question(**asked).text(get_language() or "vi")


def innocent_words(kind: str) -> str:
    """Return an explanation without fault for this kind of deviation."""
    return report_word(f"innocent_{kind}")


def told(at: datetime | None, dossier: Dossier) -> str:
    """Return a moment that the source told: a day where it wrote a day without a time, "" for None."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    is_day = dossier.whole_days and local.time() == time.min
    return numbers.day(local.date()) if is_day else numbers.moment(local)


def in_words(limit: Limit | None) -> str:
    """Return a limit in words, "" for none."""
    return limit_words(limit, get_language() or "vi") if limit else ""


def period_word(period: str) -> str:
    """Return "2026-Q3" as "Quý 3/2026"."""
    year, _dash, quarter = period.partition("-Q")
    return gettext("Quý %(quarter)s/%(year)s") % {"quarter": quarter, "year": year} if quarter else year
