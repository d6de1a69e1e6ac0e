"""Words of one living dossier: what was done, how much time is left."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from chuan.quality.dossiers.models import DossierAct
from chuan.rules.handling.acts import ActKind
from chuan.rules.handling.setting import rule_sources
from chuan.rules.handling.verdicts import Rule
from chuan.rules.workdays import Calendar, working_days, working_time
from chuan.text import numbers
from chuan.web.agency.reality.procedure import spent_words

KIND_WORDS: Mapping[str, Promise] = {
    ActKind.RECEIVED.value: gettext_lazy("Tiếp nhận hồ sơ"),
    ActKind.STEP.value: gettext_lazy("Xong bước"),
    ActKind.SUPPLEMENT.value: gettext_lazy("Yêu cầu bổ sung"),
    ActKind.RESUBMITTED.value: gettext_lazy("Nhận bổ sung"),
    ActKind.PAYMENT.value: gettext_lazy("Chờ nghĩa vụ tài chính"),
    ActKind.PAID.value: gettext_lazy("Đã thực hiện nghĩa vụ tài chính"),
    ActKind.PAUSED.value: gettext_lazy("Tạm dừng"),
    ActKind.RESUMED.value: gettext_lazy("Tiếp tục"),
    ActKind.RESULT_READY.value: gettext_lazy("Đã có kết quả"),
    ActKind.RETURNED.value: gettext_lazy("Trả kết quả"),
    ActKind.REFUSED.value: gettext_lazy("Từ chối"),
    ActKind.STOPPED.value: gettext_lazy("Dừng giải quyết"),
    ActKind.WITHDRAWN.value: gettext_lazy("Công dân rút hồ sơ"),
    ActKind.CONSULTED.value: gettext_lazy("Xin ý kiến"),
    ActKind.ANSWERED.value: gettext_lazy("Nhận ý kiến"),
    ActKind.FORWARDED.value: gettext_lazy("Chuyển liên thông"),
    ActKind.PART_DONE.value: gettext_lazy("Xong phần liên thông"),
    ActKind.APOLOGISED.value: gettext_lazy("Xin lỗi, hẹn lại"),
    ActKind.HANDED.value: gettext_lazy("Chuyển người khác"),
    ActKind.NOTED.value: gettext_lazy("Ghi chú"),
}
TAKEN_BACK = gettext_lazy("Lấy lại việc vừa làm")
_MINUTE = 60


def act_words(act: DossierAct) -> str:
    """Return what an act did: "Xong bước: Thẩm định", "Xin ý kiến: UBND xã Đông Hạ"."""
    if act.takes_back:
        return str(TAKEN_BACK)
    about = act.step_title or act.details.get("body", "") or act.details.get("to_title", "")
    return f"{KIND_WORDS[act.kind]}: {about}" if about else str(KIND_WORDS[act.kind])


def left(until: datetime, now: datetime, calendar: Calendar) -> str:
    """Return how much working time is left: "còn 2,5 ngày làm việc", "quá 3 giờ 20"."""
    if not working_time(calendar, now, until):
        return _("hết giờ làm việc là đến hạn") if now <= until else _("vừa hết hạn")
    if now <= until:
        return _("còn %(time)s") % {"time": span(now, until, calendar)}
    return _("quá %(time)s") % {"time": span(until, now, calendar)}


def span(since: datetime, until: datetime, calendar: Calendar) -> str:
    """Return the working time between two moments, in days from one day on, else in hours and minutes."""
    days = working_days(calendar, since, until)
    if days >= 1:
        rounded = round(float(days), 1)
        words = ngettext("%(days)s ngày làm việc", "%(days)s ngày làm việc", 1 if rounded == 1 else 2)
        return words % {"days": numbers.number(rounded, language=get_language() or "vi")}
    return spent_words(working_time(calendar, since, until).total_seconds() / _MINUTE)


def rule_words(rule: Rule) -> str:
    """Return where a rule stands: "61/2018/NĐ-CP, Điều 19(9)"."""
    return "; ".join(rule_sources()[rule].sources)
