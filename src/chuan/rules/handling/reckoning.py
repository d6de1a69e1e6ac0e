"""What the acts of a living dossier come to at a moment: its state, its clock, its limits, what may be done, what was
not kept. Everything that pages show and lists sort by is reckoned here from the acts and the terms of reception.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from chuan.rules.deadlines import Counting, Due, Pause, PauseRule, due, is_timed, step_due
from chuan.rules.handling.acts import Act, ActKind, DossierState, in_effect, state_of, steps_done
from chuan.rules.handling.appointments import Apology, Appointment, appointment, early_result, late_risk, refusal
from chuan.rules.handling.consultations import Consultation, consultation_violations, late_answer_alert
from chuan.rules.handling.course import Course
from chuan.rules.handling.outages import LateEntry, Outage, entry_violations
from chuan.rules.handling.reception import handing_on, online_filing
from chuan.rules.handling.setting import DEFAULT_HANDLING, HandlingSetting
from chuan.rules.handling.supplements import (
    SupplementAnswer,
    SupplementRequest,
    sending_back,
    supplement_violations,
)
from chuan.rules.handling.urgency import Limits
from chuan.rules.handling.verdicts import Alert, Duty, Violation
from chuan.rules.procedure.structure import Limit, Step, TimeUnit
from chuan.rules.workdays import Calendar

_OPENS = {
    ActKind.SUPPLEMENT: ActKind.RESUBMITTED,
    ActKind.PAUSED: ActKind.RESUMED,
    ActKind.PAYMENT: ActKind.PAID,
}
_ENDS = (ActKind.RETURNED, ActKind.REFUSED, ActKind.STOPPED, ActKind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Terms:
    """What was settled at reception and never changes: limits, calendar, how days and supplements are counted.

    `steps` are those of the variant in force then, () where no procedure is written. `filed_at`: when it was filed
    online, None otherwise. `paper_travels`: paper was received elsewhere than it is handled (R4). `outages`: when the
    system was down at the place of reception, for a dossier received on a paper slip (R21); None for any other.
    """

    calendar: Calendar
    committed: Limit | None = None
    legal: Limit | None = None
    counting: Counting = Counting.DAYS
    supplement: PauseRule = PauseRule.RESTART
    steps: tuple[Step, ...] = ()
    filed_at: datetime | None = None
    paper_travels: bool = False
    outages: tuple[Outage, ...] | None = None
    setting: HandlingSetting = DEFAULT_HANDLING


@dataclass(frozen=True, slots=True)
class AtHand:
    """A step that may be done now: since when, and until when it should be (None: it has no time of its own)."""

    step: int
    since: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The dossier at a moment. `usual` is the step that one click does; `waiting_since` is None while the clock runs.

    `promised` and `legal` are the limits as counted; `appointment` holds the day that binds after an apology.
    """

    state: DossierState
    received_at: datetime | None
    pauses: tuple[Pause, ...]
    waiting_since: datetime | None
    promised: Due | None
    legal: Due | None
    appointment: Appointment | None
    at_hand: tuple[AtHand, ...]
    usual: int | None
    may_end: bool
    ready_at: datetime | None
    ended_at: datetime | None
    duties: tuple[Duty, ...]
    alerts: tuple[Alert, ...]
    violations: tuple[Violation, ...]

    @property
    def due_at(self) -> datetime | None:
        """The appointment that binds."""
        return self.appointment.binding if self.appointment else None

    @property
    def step_due(self) -> datetime | None:
        """When the usual step should be done."""
        return next((one.due for one in self.at_hand if one.step == self.usual), None)

    @property
    def limits(self) -> Limits:
        """The three limits; once the result is ready none runs any more."""
        if self.ready_at or self.ended_at:
            return Limits()
        return Limits(self.legal.at if self.legal else None, self.due_at, self.step_due)


def reckon(acts: Sequence[Act], terms: Terms, course: Course | None, as_of: datetime) -> Reckoning:
    """Return what `acts` come to at `as_of`; an open wait is taken to last until then."""
    holding = in_effect(acts)
    received_at = _moment_of(holding, ActKind.RECEIVED)
    pauses = _pauses(holding, terms.supplement)
    ready_at = _moment_of(holding, ActKind.RESULT_READY)
    ended_at = next((one.at for one in holding if one.kind in _ENDS), None)
    moving = tuple(one for one in pauses if ready_at is None or one.start < ready_at)
    promised, legal = (_due(received_at, limit, terms, moving, as_of) for limit in (terms.committed, terms.legal))
    done = [one for one in holding if one.kind is ActKind.STEP]
    standing = course.standing(steps_done(acts)) if course else None
    since = {0: received_at} | {count: one.at for count, one in enumerate(done, start=1)}
    at_hand = [_at_hand(one.step, since[one.since], terms, pauses, as_of) for one in standing.open] if standing else ()
    end = ready_at or ended_at
    letters = [Apology(one.at, one.reason, _told_due(one)) for one in holding if one.kind is ActKind.APOLOGISED]
    told = None
    if promised:
        told = appointment(
            promised.at,
            promised.run.begin,
            terms.calendar,
            apologies=letters,
            ready_at=end,
            as_of=as_of,
            setting=terms.setting,
        )
    found = Reckoning(
        state=state_of(acts),
        received_at=received_at,
        pauses=pauses,
        waiting_since=pauses[-1].start if pauses and pauses[-1].end is None else None,
        promised=promised,
        legal=legal,
        appointment=told,
        at_hand=tuple(at_hand) if ended_at is None else (),
        usual=course.usual_next(steps_done(acts)) if course and ended_at is None else None,
        may_end=standing.may_end if standing else True,
        ready_at=ready_at,
        ended_at=ended_at,
        duties=(),
        alerts=(),
        violations=(),
    )
    return _judged(found, acts, terms, bool(letters), as_of)


def _moment_of(holding: Sequence[Act], kind: ActKind) -> datetime | None:
    return next((one.at for one in holding if one.kind is kind), None)


def _pauses(holding: Sequence[Act], supplement: PauseRule) -> tuple[Pause, ...]:
    """Return when the clock stood, in order: an end of the dossier ends the wait too."""
    found: list[Pause] = []
    opened: Act | None = None
    for one in holding:
        if opened and one.kind in (_OPENS[opened.kind], *_ENDS):
            found.append(_pause(opened, one.at, supplement))
            opened = None
        elif one.kind in _OPENS:
            opened = one
    return (*found, _pause(opened, None, supplement)) if opened else tuple(found)


def _pause(opened: Act, end: datetime | None, supplement: PauseRule) -> Pause:
    rule = supplement if opened.kind is ActKind.SUPPLEMENT else PauseRule.PAUSE
    return Pause(opened.at, end, rule, opened.reason)


def _due(
    received_at: datetime | None, limit: Limit | None, terms: Terms, pauses: tuple[Pause, ...], as_of: datetime
) -> Due | None:
    if received_at is None or limit is None:
        return None
    return due(received_at, limit, terms.calendar, counting=terms.counting, pauses=pauses, as_of=as_of)


def _at_hand(step: int, since: datetime | None, terms: Terms, pauses: Sequence[Pause], as_of: datetime) -> AtHand:
    row, begun = terms.steps[step], since or as_of
    limit = row.time if row.time is not None and is_timed(row) else None
    until = step_due(begun, limit, terms.calendar, pauses, as_of) if limit else None
    return AtHand(step, begun, until)


def _told_due(letter: Act) -> datetime | None:
    said = letter.details.get("new_due")
    return datetime.fromisoformat(said) if said else None


def consultations(acts: Sequence[Act]) -> tuple[Consultation, ...]:
    """Return what other bodies were asked, with their answers, in the order of asking (R13)."""
    holding = in_effect(acts)
    answers = {one.details.get("to"): one.at for one in holding if one.kind is ActKind.ANSWERED}
    told = {one.details.get("told_of"): one.at for one in holding if one.kind is ActKind.NOTED}
    return tuple(
        Consultation(
            agency=one.details.get("body", ""),
            asked_at=one.at,
            content=one.reason,
            limit=limit_from(one.details.get("limit")),
            answered_at=answers.get(one.number),
            told_at=told.get(one.number),
        )
        for one in holding
        if one.kind is ActKind.CONSULTED
    )


def limit_from(said: Sequence[str] | None) -> Limit | None:
    """Return a limit as acts keep it: ["3", "working_day"]; None for none."""
    return Limit(Fraction(said[0]), TimeUnit(said[1])) if said else None


def _judged(found: Reckoning, acts: Sequence[Act], terms: Terms, apologised: bool, as_of: datetime) -> Reckoning:
    holding = in_effect(acts)
    asked = [_request(one) for one in holding if one.kind is ActKind.SUPPLEMENT]
    answers = [
        SupplementAnswer(one.at, tuple(one.details.get("items", ())))
        for one in holding
        if one.kind is ActKind.RESUBMITTED
    ]
    violations = [*supplement_violations(asked, answers, terms.setting)]
    alerts: list[Alert] = []
    duties: list[Duty] = []
    if asked and found.received_at:
        back = sending_back(found.received_at, terms.calendar, terms.setting)
        late = back.violation(asked[0].asked_at, as_of)
        violations += [late] if late else []
    if terms.filed_at:
        confirm = online_filing(terms.filed_at, terms.calendar, terms.setting).confirm
        late = confirm.violation(found.received_at, as_of)
        violations += [late] if late else []
    if found.appointment:
        violations += found.appointment.violations
    refused_at = _moment_of(holding, ActKind.REFUSED)
    if refused_at and found.promised and (late := refusal(found.promised.at).violation(refused_at, as_of)):
        violations.append(late)
    received = next((one for one in holding if one.kind is ActKind.RECEIVED), None)
    if terms.outages is not None and received:
        violations += entry_violations(LateEntry(received.at, received.entered_at), terms.outages)
    for one in consultations(acts):
        violations += consultation_violations(one, terms.calendar, as_of)
        alert = late_answer_alert(one, terms.calendar, as_of)
        alerts += [alert] if alert else []
    on_its_way = all(one.key.partition(".")[0] == holding[0].key for one in holding)
    if terms.paper_travels and on_its_way and found.received_at:
        paper = handing_on(found.received_at, terms.calendar, paper=True, setting=terms.setting).paper
        duties += [paper] if paper else []
    running = found.state is DossierState.HANDLING and found.promised
    if running and found.promised and not apologised:
        risk = late_risk(found.promised.at, found.promised.run.begin, terms.calendar, terms.setting)
        has_a_day_before = risk.apologise.until.date() < found.promised.at.date()
        told = has_a_day_before and risk.alert.open_at(as_of)
        alerts += [risk.alert] if told else []
        duties += [risk.apologise] if told else []
    told = any(one.details.get("told_result") for one in holding)
    if found.state is DossierState.READY and found.due_at and found.ready_at and not told:
        early = early_result(found.ready_at, found.due_at)
        duties += [early] if early else []
    violations.sort(key=lambda one: one.at)
    return replace(found, duties=tuple(duties), alerts=tuple(alerts), violations=tuple(violations))


def _request(one: Act) -> SupplementRequest:
    return SupplementRequest(one.at, tuple(one.details.get("items", ())), one.reason)
