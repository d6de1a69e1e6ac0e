"""Who handed a dossier to whom, read off its acts: the rows of the control sheet (form 06), which nobody fills in.

A step that is done hands the dossier to whoever has the next one. What one press wrote is one hand-over. How the
giver's time went is judged against the limit of the step, or of the question that was asked; without a limit it is not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.quality.dossiers.reckoned import acts_of, course_of, reckoned, terms_of, variant_of
from chuan.rules.deadlines import Pause, Punctuality, classify, is_timed, step_due
from chuan.rules.handling.acts import Act, ActKind, in_effect
from chuan.rules.handling.counter import hands_out, receives
from chuan.rules.handling.course import Course
from chuan.rules.procedure.structure import Variant
from chuan.rules.workdays import Calendar
from chuan.writing.one_stop import HandOver

CITIZEN = "Người nộp hồ sơ"
DESK = "Bộ phận tiếp nhận và trả kết quả"
_FROM_CITIZEN = (ActKind.RESUBMITTED, ActKind.PAID)
_TO_CITIZEN = (ActKind.SUPPLEMENT, ActKind.PAYMENT, ActKind.RETURNED, ActKind.REFUSED, ActKind.STOPPED)
_ASKED = (ActKind.CONSULTED, ActKind.FORWARDED)
_NOTES = {
    ActKind.SUPPLEMENT: "Yêu cầu bổ sung hồ sơ",
    ActKind.RESUBMITTED: "Đã bổ sung hồ sơ",
    ActKind.PAYMENT: "Chờ thực hiện nghĩa vụ tài chính",
    ActKind.PAID: "Đã thực hiện nghĩa vụ tài chính",
    ActKind.RETURNED: "Trả kết quả",
    ActKind.REFUSED: "Từ chối giải quyết",
    ActKind.STOPPED: "Dừng giải quyết",
    ActKind.WITHDRAWN: "Người nộp rút hồ sơ",
    ActKind.CONSULTED: "Lấy ý kiến",
    ActKind.FORWARDED: "Liên thông",
    ActKind.ANSWERED: "Trả lời ý kiến",
    ActKind.PART_DONE: "Xong phần liên thông",
    ActKind.HANDED: "Chuyển người xử lý",
}


@dataclass(frozen=True, slots=True)
class _Trace:
    """The acts that hold, with the rows that say in which position they were done, and what they are judged by."""

    dossier: Dossier
    desk: str
    acts: tuple[Act, ...]
    rows: dict[int, DossierAct]
    variant: Variant | None
    course: Course | None
    calendar: Calendar
    pauses: tuple[Pause, ...]
    as_of: datetime

    def unit_of(self, act: Act) -> str:
        """Return in whose name an act was done: the desk, the position that acted, else the role of its step."""
        row = self.rows[act.number]
        if act.step is not None and (role := self.role_of(act.step)):
            return role if role == self.desk else row.position or role
        if row.agency_id == self.dossier.reception_id and self.dossier.reception_id != self.dossier.agency_id:
            return self.desk
        return row.position or row.agency.name

    def role_of(self, step: int) -> str:
        """Return whose a step is: reception and handing out are the desk's, whatever role the procedure names."""
        if self.variant is None:
            return ""
        written = self.variant.steps[step]
        return self.desk if receives(written) or hands_out(written) else written.role

    def next_step(self, place: int) -> tuple[str, str]:
        """Return whose the step after the act at `place` is (its role), and who did it, "" while nobody has."""
        for act in self.acts[place + 1 :]:
            if act.kind is ActKind.STEP:
                return self.unit_of(act), act.by
            if act.kind is ActKind.RETURNED:
                return self.desk, act.by
        done = [act.step for act in self.acts[: place + 1] if act.step is not None]
        step = self.course.usual_next(done) if self.course else None
        if step is None:
            return (self.desk if any(act.kind is ActKind.RESULT_READY for act in self.acts) else ""), ""
        holder = self.dossier.holder.title if self.dossier.holder and step == self.dossier.step else ""
        return self.role_of(step) or holder, ""


def hand_overs(dossier: Dossier, desk: str, as_of: datetime) -> tuple[HandOver, ...]:
    """Return the hand-overs in their order; `desk` is the name of the one-stop unit ("": the usual words)."""
    every = acts_of(dossier)
    variant = variant_of(dossier)
    rows = {row.number: row for row in dossier.acts.select_related("agency")}
    found = reckoned(dossier, every, as_of)
    trace = _Trace(
        dossier=dossier,
        desk=desk or DESK,
        acts=in_effect(every),
        rows=rows,
        variant=variant,
        course=course_of(variant),
        calendar=terms_of(dossier, variant).calendar,
        pauses=found.pauses,
        as_of=as_of,
    )
    return tuple(_each(trace))


def _each(trace: _Trace) -> Iterator[HandOver]:
    for place, act in enumerate(trace.acts):
        if act.kind is ActKind.RECEIVED:
            if not _does_first_step(trace, place):
                yield _received(trace, place)
        elif act.kind is ActKind.STEP:
            if not _ends_with_return(trace, place):
                yield _step(trace, place)
        elif act.kind is ActKind.RESULT_READY:
            before = trace.acts[place - 1]
            if not (before.kind is ActKind.STEP and _press(before) == _press(act)):
                yield HandOver(trace.unit_of(act), trace.desk, act.at, given_by=act.by, note="Có kết quả")
        elif act.kind in _NOTES:
            yield _other(trace, act)


def _press(act: Act) -> str:
    return act.key.partition(".")[0]


def _does_first_step(trace: _Trace, place: int) -> bool:
    """Whether the reception did its step of the procedure in the same press: that step is the hand-over."""
    after = trace.acts[place + 1 : place + 2]
    return bool(after) and after[0].kind is ActKind.STEP and _press(after[0]) == _press(trace.acts[place])


def _ends_with_return(trace: _Trace, place: int) -> bool:
    """Whether the step is handing out, done in the press that returned the result: the return is the hand-over."""
    later = [act for act in trace.acts[place + 1 :] if _press(act) == _press(trace.acts[place])]
    ready = any(act.kind is ActKind.RESULT_READY for act in trace.acts[:place])
    return ready and any(act.kind is ActKind.RETURNED for act in later)


def _received(trace: _Trace, place: int) -> HandOver:
    act = trace.acts[place]
    taker, taken_by = trace.next_step(place)
    taker = taker or trace.dossier.agency.name
    return HandOver(trace.desk, taker, act.at, given_by=act.by, taken_by=taken_by, note=_late_entry(act))


def _step(trace: _Trace, place: int) -> HandOver:
    act = trace.acts[place]
    taker, taken_by = trace.next_step(place)
    return HandOver(
        trace.unit_of(act),
        taker,
        act.at,
        given_by=act.by,
        taken_by=taken_by,
        punctuality=_step_punctuality(trace, place),
        note=act.reason or _late_entry(act),
    )


def _late_entry(act: Act) -> str:
    """Say that an act was entered later than it happened (R21): both times are kept."""
    late = act.entered_at - act.at
    return f"Nhập lúc {act.entered_at:%H:%M %d/%m/%Y}" if late.total_seconds() >= 60 else ""


def _step_punctuality(trace: _Trace, place: int) -> Punctuality:
    act = trace.acts[place]
    if trace.variant is None or trace.course is None or act.step is None:
        return Punctuality.NOT_JUDGED
    step = trace.variant.steps[act.step]
    if step.time is None or not is_timed(step):
        return Punctuality.NOT_JUDGED
    began = _opened(trace, place)
    pauses = [one for one in trace.pauses if one.start < act.at]
    due = step_due(began, step.time, trace.calendar, pauses, trace.as_of)
    return classify(began, due, act.at, trace.as_of)


def _opened(trace: _Trace, place: int) -> datetime:
    """Return since when the step at `place` could be done; one that was not open then: since what was done before."""
    steps = [act for act in trace.acts[:place] if act.kind is ActKind.STEP]
    received = trace.acts[0].at
    moments: Sequence[datetime] = (received, *(act.at for act in steps))
    standing = trace.course.standing([act.step for act in steps if act.step is not None]) if trace.course else None
    since = next((one.since for one in standing.open if one.step == trace.acts[place].step), None) if standing else None
    return moments[-1] if since is None else moments[since]


def _other(trace: _Trace, act: Act) -> HandOver:
    note = _NOTES[act.kind]
    if act.kind is ActKind.WITHDRAWN:
        return HandOver(trace.unit_of(act), CITIZEN, act.at, given_by=act.by, note=note)
    if act.kind in _TO_CITIZEN:
        giver = trace.desk if act.kind is ActKind.RETURNED else trace.unit_of(act)
        judged = _whole(trace, act) if act.kind is ActKind.RETURNED else Punctuality.NOT_JUDGED
        return HandOver(giver, CITIZEN, act.at, given_by=act.by, punctuality=judged, note=note)
    if act.kind in _FROM_CITIZEN:
        return HandOver(CITIZEN, trace.unit_of(act), act.at, taken_by=act.by, note=note)
    if act.kind is ActKind.HANDED:
        return HandOver(trace.unit_of(act), act.details.get("to_title", ""), act.at, given_by=act.by, note=note)
    if act.kind in _ASKED:
        return HandOver(trace.dossier.agency.name, act.details.get("body", ""), act.at, given_by=act.by, note=note)
    return _answer(trace, act, note)


def _answer(trace: _Trace, act: Act, note: str) -> HandOver:
    asked = next((one for one in trace.acts if one.number == act.details.get("to")), None)
    due = asked.details.get("due_at") if asked else None
    judged = Punctuality.NOT_JUDGED
    if asked is not None and due:
        judged = classify(asked.at, datetime.fromisoformat(due), act.at, trace.as_of)
    body = asked.details.get("body", "") if asked else ""
    return HandOver(body, trace.dossier.agency.name, act.at, taken_by=act.by, punctuality=judged, note=note)


def _whole(trace: _Trace, act: Act) -> Punctuality:
    """Return how the whole dossier went: by when its result was ready, against the appointment that binds."""
    one = trace.dossier
    return classify(one.received_at, one.due_at, one.ready_at or act.at, trace.as_of)
