"""What stands at the head of a living dossier: how much time is left on each limit, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.quality.dossiers.models import Dossier
from chuan.rules.deadlines import Due, elapsed
from chuan.rules.handling.acts import DossierState
from chuan.rules.handling.counter import hands_out
from chuan.rules.workdays import working_time
from chuan.text import numbers
from chuan.web.agency.handling.axis import Clocked, ready_by, step_words
from chuan.web.agency.handling.words import left, span
from chuan.web.agency.reality.words import in_words

S = DossierState


@dataclass(frozen=True, slots=True)
class Box:
    """A figure at the head: `what` it is, its `value`, why; `shape` when a limit is close or passed ("soon", "late");
    `part` of `whole` draws how much of a limit is used."""

    what: str
    value: str
    because: tuple[str, ...] = ()
    shape: str = ""
    part: float = 0
    whole: float = 0


def boxes(dossier: Dossier, one: Clocked) -> list[Box]:
    """Return the figures: the step at hand or what is waited for, the appointment, the limit of the law."""
    if one.found.ended_at:
        return [_ended(dossier, one), _appointment(one), _legal(one)]
    if one.found.ready_at:
        return [_ready(one), _appointment(one), _legal(one)]
    return [_waiting(dossier, one) if one.found.waiting_since else _step(one), _appointment(one), _legal(one)]


def standing(one: Clocked) -> tuple[str, str]:
    """Return the shape and the words of a running clock: what presses most of the three limits."""
    limits, now = one.found.limits, one.found.waiting_since or one.now
    for until, words in ((limits.legal, _("quá hạn luật")), (limits.promised, _("quá hẹn trả"))):
        if until and until < now:
            return "late", words
    if one.found.waiting_since is None and limits.step and limits.step < now:
        return "soon", _("bước quá hạn")
    return "", _("còn trong hạn") if limits.next and one.found.waiting_since is None else ""


def _step(one: Clocked) -> Box:
    step = one.found.usual
    if step is None or not one.terms.steps:
        return Box(_("Việc tiếp theo"), _("Ghi kết quả") if one.terms.steps else _("Giải quyết"), (_since(one),))
    row = one.terms.steps[step]
    what = _("Bước %(step)s") % {"step": step_words(row, step)}
    if hands_out(row):
        return Box(what, _("Trả kết quả"))
    until = one.found.step_due
    if until is None:
        return Box(what, _("Không có hạn riêng"), (_since(one),))
    words = _first_upper(left(until, one.now, one.terms.calendar))
    because = _("Hạn của bước %(until)s, trong %(limit)s") % {"until": _short(until, one), "limit": in_words(row.time)}
    return Box(what, words, (because,), "soon" if until < one.now else "")


def _since(one: Clocked) -> str:
    at = one.found.received_at
    return _("Tiếp nhận %(at)s") % {"at": numbers.moment(at)} if at else ""


def _waiting(dossier: Dossier, one: Clocked) -> Box:
    since = one.found.waiting_since or one.now
    what = {
        S.SUPPLEMENT: _("Chờ người nộp bổ sung"),
        S.PAYMENT: _("Chờ nghĩa vụ tài chính"),
    }.get(one.found.state, _("Tạm dừng"))
    words = _("từ %(at)s; đồng hồ không chạy") % {"at": numbers.moment(since)}
    anew = (
        _("Nhận đủ thì hạn tính lại từ đầu.") if dossier.supplement == "restart" else _("Hạn lùi theo thời gian chờ.")
    )
    because = (words, anew) if one.found.state is S.SUPPLEMENT else (words, _("Hạn lùi theo thời gian chờ."))
    return Box(what, _first_upper(span(since, one.now, one.terms.calendar)), because)


def _ready(one: Clocked) -> Box:
    at = one.found.ready_at or one.now
    return Box(_("Đã có kết quả, chờ trả"), numbers.moment(at), (_kept(one, at),), "late" if _late(one, at) else "")


def _ended(dossier: Dossier, one: Clocked) -> Box:
    end = one.found.ended_at or one.now
    words = {
        S.RETURNED: _("Đã trả kết quả"),
        S.REFUSED: _("Đã từ chối"),
        S.STOPPED: _("Đã dừng giải quyết"),
        S.WITHDRAWN: _("Công dân đã rút hồ sơ"),
    }[one.found.state]
    ready = one.found.ready_at
    because = []
    if ready:
        because = [_("Có kết quả %(at)s") % {"at": numbers.moment(ready)}, _kept(one, ready)]
    shape = "late" if ready and _late(one, ready) else ""
    return Box(words, numbers.moment(end), tuple(because), shape)


def _late(one: Clocked, at: datetime) -> bool:
    return one.found.due_at is not None and at > one.found.due_at


def _kept(one: Clocked, at: datetime) -> str:
    due = one.found.due_at
    if due is None:
        return ""
    time = span(min(at, due), max(at, due), one.terms.calendar)
    return _("Chậm %(time)s so với hẹn") % {"time": time} if at > due else _("Sớm %(time)s so với hẹn") % {"time": time}


def _appointment(one: Clocked) -> Box:
    found, what = one.found, _("Hẹn trả")
    told = found.appointment
    if told is None or found.promised is None:
        return Box(what, "–", (_("Thủ tục chưa có thời hạn cam kết."),))
    because = []
    stands = found.waiting_since is not None
    if not one.over:
        because.append(
            _("Dự kiến, nếu đồng hồ chạy lại bây giờ")
            if stands
            else _first_upper(left(told.binding, one.now, one.terms.calendar))
        )
    if told.binding != told.first:
        because.append(_("Đã xin lỗi, hẹn lại; hẹn đầu %(at)s") % {"at": numbers.moment(told.first)})
    because += _forecast(one)
    shape = "late" if not one.over and not stands and told.binding < one.now else ""
    part, whole = _used(one, found.promised) if not one.over else (0, 0)
    return Box(what, numbers.moment(told.binding), tuple(because), shape, part, whole)


def _used(one: Clocked, limit: Due) -> tuple[float, float]:
    """Return how much of a limit is used, of how much."""
    until = one.found.waiting_since or one.now
    spent = elapsed(
        limit.run.begin, max(until, limit.run.begin), limit.limit.unit, limit.calendar, counting=limit.counting
    )
    return float(min(spent, limit.limit.amount)), float(limit.limit.amount)


def _forecast(one: Clocked) -> list[str]:
    by = ready_by(one)
    due = one.found.due_at
    if by is None or due is None or one.found.waiting_since or due < one.now:
        return []
    if not working_time(one.terms.calendar, by, due):
        return [_("Các bước còn lại đúng định mức thì vừa kịp")]
    if by <= due:
        spare = span(by, due, one.terms.calendar)
        return [_("Các bước còn lại đúng định mức thì dư %(time)s") % {"time": spare}]
    return [_("Các bước còn lại đúng định mức thì vẫn chậm %(time)s") % {"time": span(due, by, one.terms.calendar)}]


def _legal(one: Clocked) -> Box:
    found = one.found
    if found.legal is None:
        return Box(_("Hạn luật"), "–", (_("Chưa ghi thời hạn luật của thủ tục."),))
    at = found.legal.at
    words = [in_words(found.legal.limit)]
    if found.waiting_since is not None:
        words.insert(0, _("Dự kiến, nếu đồng hồ chạy lại bây giờ"))
    elif not one.over:
        words.insert(0, _first_upper(left(at, one.now, one.terms.calendar)))
    late = (found.ready_at or found.ended_at or found.waiting_since or one.now) > at
    return Box(_("Hạn luật"), numbers.moment(at), (" · ".join(words),), "late" if late else "")


def _short(at: datetime, one: Clocked) -> str:
    """Return "10:30 hôm nay", else the moment."""
    local = timezone.localtime(at)
    if local.date() == one.now.date():
        return _("%(clock)s hôm nay") % {"clock": f"{local:%H:%M}"}
    return numbers.moment(local)


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
