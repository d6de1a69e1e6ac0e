"""A living dossier on one time axis: what was done, what waited, what is under way, what is to come, and its limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chuan.rules.deadlines import Counting, Pause, due_at, is_timed, step_elapsed, step_exceeds
from chuan.rules.handling.acts import Act, ActKind, DossierState, in_effect, unanswered
from chuan.rules.handling.counter import hands_out
from chuan.rules.handling.course import Course
from chuan.rules.handling.reckoning import Reckoning, Terms
from chuan.rules.procedure.structure import Step
from chuan.rules.workdays import next_opening
from chuan.text import numbers
from chuan.web.agency.reality.procedure import spent_words
from chuan.web.agency.reality.timeline import Mark, Stretch, drawn
from chuan.web.agency.reality.words import in_words

_MINUTE = 60
_WAIT_WORDS = {
    ActKind.SUPPLEMENT: "supplement",
    ActKind.PAYMENT: "payment",
    ActKind.PAUSED: "paused",
}


@dataclass(frozen=True, slots=True)
class Clocked:
    """A dossier as the rules know it at the moment `now`; `course` is None where no steps are written."""

    acts: Sequence[Act]
    terms: Terms
    course: Course | None
    found: Reckoning
    now: datetime

    @property
    def done(self) -> list[Act]:
        """The steps that were done and hold, in their order."""
        return [act for act in in_effect(self.acts) if act.kind is ActKind.STEP and act.step is not None]

    @property
    def over(self) -> bool:
        """Whether its clock has run out of meaning: the result is there, or it ended."""
        return bool(self.found.ready_at or self.found.ended_at)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that is still to come, from when to when it would be done within its own time."""

    step: int
    start: datetime
    end: datetime


def forecast(one: Clocked) -> list[Ahead]:
    """Return the steps after the one at hand on the usual way to the result, each within its own time.

    The step at hand ends now or with its limit, whichever is later.
    """
    if one.course is None or one.over or one.found.usual is None or one.found.state is not DossierState.HANDLING:
        return []
    done = [act.step for act in one.done if act.step is not None]
    at = max(one.now, one.found.step_due or one.now)
    step: int | None = one.found.usual
    found: list[Ahead] = []
    while step is not None and len(done) < len(one.terms.steps) * 2:
        done.append(step)
        step = one.course.usual_next(done)
        if step is None or step in done or hands_out(one.terms.steps[step]):
            break
        row, start = one.terms.steps[step], next_opening(one.terms.calendar, at)
        at = (
            due_at(start, row.time, one.terms.calendar, counting=Counting.ROLLING)
            if row.time and is_timed(row)
            else start
        )
        found.append(Ahead(step, start, at))
    return found


def ready_by(one: Clocked) -> datetime | None:
    """Return when the result would be there if each step keeps its own time; None where that is not known."""
    if one.course is None or one.over or one.found.usual is None or one.found.state is not DossierState.HANDLING:
        return None
    ahead = forecast(one)
    return ahead[-1].end if ahead else max(one.now, one.found.step_due or one.now)


def axis(one: Clocked) -> SafeString:
    """Return the picture, empty for a dossier that was not received."""
    if one.found.received_at is None:
        return mark_safe("")
    rows = [*_taken_back(one), *_waits(one), *_steps(one), *_asked(one)]
    if not one.course:
        rows.append(_whole(one))
    rows.sort(key=lambda row: (row.start, row.kind != "taken-back", row.end))
    rows += _at_hand(one)
    rows += [
        Stretch(
            step_words(one.terms.steps[each.step], each.step), each.start, each.end, "planned", _ahead_words(one, each)
        )
        for each in forecast(one)
    ]
    return drawn(rows, _marks(one), one.terms.calendar)


def step_words(step: Step, place: int) -> str:
    """Return "B2 Thẩm định": the number of the table, or the place of the row."""
    number = step.number or str(place + 1)
    return f"{number if number[:1].isalpha() else f'B{number}'} {step.title}"


def _ahead_words(one: Clocked, each: Ahead) -> str:
    row = one.terms.steps[each.step]
    return _("dự kiến, trong %(limit)s") % {"limit": in_words(row.time)} if is_timed(row) else _("dự kiến")


def _until(pause: Pause, one: Clocked) -> datetime:
    return pause.end or one.found.ended_at or one.now


def _waits(one: Clocked) -> Iterator[Stretch]:
    words = {
        "supplement": _("Chờ người dân bổ sung"),
        "payment": _("Chờ nghĩa vụ tài chính"),
        "paused": _("Tạm dừng"),
    }
    kinds = {act.at: _WAIT_WORDS[act.kind] for act in in_effect(one.acts) if act.kind in _WAIT_WORDS}
    for pause in one.found.pauses:
        yield Stretch(
            words[kinds.get(pause.start, "paused")], pause.start, _until(pause, one), "wait", _("đồng hồ dừng")
        )


def _taken_back(one: Clocked) -> Iterator[Stretch]:
    """Yield the counts that a supplement took back, each until the dossier went back to the citizen."""
    limit = one.found.promised or one.found.legal
    for number, (since, until) in enumerate(limit.run.dropped if limit else (), start=1):
        asked = max((wait.start for wait in one.found.pauses if since <= wait.start < until), default=until)
        words = _("Lần nhận thứ nhất") if number == 1 else _("Lần nhận thứ %(number)d") % {"number": number}
        yield Stretch(words, since, asked, "taken-back", _("không tính, tính lại từ đầu"))


def _steps(one: Clocked) -> Iterator[Stretch]:
    """Yield the steps done, each from when it opened; one out of turn from the step before it."""
    done = one.done
    moments = [one.found.received_at, *(act.at for act in done)]
    for place, act in enumerate(done):
        if one.course is None or act.step is None:
            return
        standing = one.course.standing([each.step for each in done[:place] if each.step is not None])
        opened = next((each.since for each in standing.open if each.step == act.step), place)
        since, row = moments[opened] or act.at, one.terms.steps[act.step]
        spent = step_elapsed(since, act.at, one.terms.calendar, one.found.pauses)
        note, kind = spent_words(spent.total_seconds() / _MINUTE), "done" if row.counted else "uncounted"
        if row.time and is_timed(row):
            note = f"{note} / {in_words(row.time)}"
            if step_exceeds(since, act.at, row.time, one.terms.calendar, one.found.pauses):
                kind = "over"
        gaps = tuple(
            (each.start, min(_until(each, one), act.at)) for each in one.found.pauses if since <= each.start < act.at
        )
        yield Stretch(step_words(row, act.step), min(since, act.at), act.at, kind, note, gaps)


def _at_hand(one: Clocked) -> Iterator[Stretch]:
    if one.over:
        return
    for each in one.found.at_hand:
        row = one.terms.steps[each.step]
        if each.step != one.found.usual or hands_out(row):
            continue
        spent = step_elapsed(each.since, one.now, one.terms.calendar, one.found.pauses)
        note = _("đang làm, %(spent)s") % {"spent": spent_words(spent.total_seconds() / _MINUTE)}
        note += f" / {in_words(row.time)}" if row.time and is_timed(row) else ""
        late = each.due is not None and each.due < one.now and one.found.waiting_since is None
        gaps = tuple((wait.start, _until(wait, one)) for wait in one.found.pauses if wait.start >= each.since)
        yield Stretch(step_words(row, each.step), each.since, one.now, "over" if late else "done", note, gaps)


def _whole(one: Clocked) -> Stretch:
    start = one.found.received_at or one.now
    end = one.found.ready_at or one.found.ended_at or one.now
    gaps = tuple((wait.start, _until(wait, one)) for wait in one.found.pauses)
    return Stretch(_("Giải quyết hồ sơ"), start, max(start, end), "done", _("không có quy trình từng bước"), gaps)


def _asked(one: Clocked) -> Iterator[Stretch]:
    """Yield what other bodies were asked, until they answered."""
    open_ones = {act.number for act in unanswered(one.acts)}
    back = {act.details.get("to"): act.at for act in in_effect(one.acts) if act.details.get("to")}
    for act in in_effect(one.acts):
        if act.kind in (ActKind.CONSULTED, ActKind.FORWARDED):
            until = back.get(act.number) or one.found.ended_at or one.now
            note = _("đang chờ") if act.number in open_ones and not one.found.ended_at else ""
            words = _("Hỏi %(body)s") if act.kind is ActKind.CONSULTED else _("Liên thông: %(body)s")
            yield Stretch(words % {"body": act.details.get("body", "")}, act.at, max(act.at, until), "uncounted", note)


def _marks(one: Clocked) -> list[Mark]:
    found, marks = one.found, []
    if found.appointment:
        words = _("Hẹn trả %(moment)s") % {"moment": numbers.moment(found.appointment.first)}
        marks.append(Mark(found.appointment.first, "limit", words))
        if found.appointment.binding != found.appointment.first:
            words = _("Hẹn lại %(moment)s") % {"moment": numbers.moment(found.appointment.binding)}
            marks.append(Mark(found.appointment.binding, "limit", words))
    if found.legal:
        marks.append(
            Mark(found.legal.at, "limit double", _("Hạn luật %(moment)s") % {"moment": numbers.moment(found.legal.at)})
        )
    if not one.over:
        marks.append(Mark(one.now, "now", _("Bây giờ %(moment)s") % {"moment": numbers.moment(one.now)}))
    return sorted(marks, key=lambda mark: mark.at)
