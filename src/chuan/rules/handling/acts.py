"""A living dossier is its acts: what state they lead to, and whether one more is admitted.

Acts are append-only. Each has a number (1, 2, … in the dossier) and a key that its writer made: the same key again is
the same act, so that a lost answer, a browser's back button or a second press doubles nothing. Whoever acts says how
many acts were seen; if there are more, nothing is written and what was done meanwhile is told. What was done by mistake
is taken back by an act too, as long as nobody built on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from chuan.rules.eventlog import EventKind
from chuan.rules.handling.course import Course
from chuan.text.messages import BadInput


class ActKind(StrEnum):
    """What can be done with a living dossier. `event_kind` says what a log records of it."""

    RECEIVED = "received"
    STEP = "step"
    SUPPLEMENT = "supplement"
    RESUBMITTED = "resubmitted"
    PAYMENT = "payment"
    PAID = "paid"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    CONSULTED = "consulted"  # another body is asked, with content and limit (R13); the clock goes on
    ANSWERED = "answered"
    FORWARDED = "forwarded"  # another agency begins its part of an interlinked dossier (R14)
    PART_DONE = "part_done"
    APOLOGISED = "apologised"  # form 04: the reason and the new appointment (R11)
    HANDED = "handed"  # to another position, with a note to the next person
    NOTED = "noted"

    @property
    def event_kind(self) -> EventKind:
        """What an event log calls it: what turns no clock there is a change of status."""
        return _EVENTS.get(self.value, EventKind.STATUS)


_EVENTS = {one.value: one for one in EventKind}
BESIDE = (
    ActKind.CONSULTED,
    ActKind.ANSWERED,
    ActKind.FORWARDED,
    ActKind.PART_DONE,
    ActKind.APOLOGISED,
    ActKind.HANDED,
    ActKind.NOTED,
)
"""What leaves the state as it is, in every state in which the dossier is still open."""


class DossierState(StrEnum):
    """Where a dossier is between reception and result (facts 3.9)."""

    NEW = "new"  # nothing was done: only to be received
    HANDLING = "handling"
    SUPPLEMENT = "supplement"  # waits for its citizen to complete it
    PAYMENT = "payment"  # waits for the citizen's financial obligation
    PAUSED = "paused"  # waits for something else, such as another body
    READY = "ready"  # the result is there and was not collected yet
    RETURNED = "returned"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do with it."""
        return self in TURNS

    @property
    def waits(self) -> bool:
        """Whether its clock stands."""
        return self in (DossierState.SUPPLEMENT, DossierState.PAYMENT, DossierState.PAUSED)


_ENDS = {
    ActKind.STOPPED: DossierState.STOPPED,
    ActKind.WITHDRAWN: DossierState.WITHDRAWN,
}
_REFUSAL = {ActKind.REFUSED: DossierState.REFUSED}
_TURNS: Mapping[DossierState, Mapping[ActKind, DossierState]] = {
    DossierState.NEW: {ActKind.RECEIVED: DossierState.HANDLING},
    DossierState.HANDLING: {
        ActKind.STEP: DossierState.HANDLING,
        ActKind.SUPPLEMENT: DossierState.SUPPLEMENT,
        ActKind.PAYMENT: DossierState.PAYMENT,
        ActKind.PAUSED: DossierState.PAUSED,
        ActKind.RESULT_READY: DossierState.READY,
        **_REFUSAL,
        **_ENDS,
    },
    DossierState.SUPPLEMENT: {ActKind.RESUBMITTED: DossierState.HANDLING, **_REFUSAL, **_ENDS},
    DossierState.PAYMENT: {ActKind.PAID: DossierState.HANDLING, **_ENDS},
    DossierState.PAUSED: {ActKind.RESUMED: DossierState.HANDLING, **_ENDS},
    DossierState.READY: {ActKind.STEP: DossierState.READY, ActKind.RETURNED: DossierState.RETURNED},
}
TURNS: Mapping[DossierState, Mapping[ActKind, DossierState]] = {
    state: turns if state is DossierState.NEW else {**turns, **dict.fromkeys(BESIDE, state)}
    for state, turns in _TURNS.items()
}
"""Which acts a state admits, and the state each leads to; a state that is not here admits none."""
_ALWAYS_REASONED = {
    ActKind.SUPPLEMENT,
    ActKind.PAUSED,
    ActKind.REFUSED,
    ActKind.STOPPED,
    ActKind.CONSULTED,
    ActKind.APOLOGISED,
    ActKind.NOTED,
}


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did. `at`: when it happened; `entered_at`: when it was written down, later after an outage (R21).

    `step` is the index of the step that was done (kind STEP). `takes_back` is the number of the act that this one
    undoes, 0 for all others; `kind` says nothing then. `details` are plain values of the kind: the `items` of a
    supplement, the `body` and `limit` of a consultation, the `new_due` of an apology.
    """

    number: int
    key: str
    kind: ActKind
    at: datetime
    entered_at: datetime
    by: str
    step: int | None = None
    takes_back: int = 0
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Meanwhile(BadInput):
    """Others acted since the writer looked; `acts` are theirs, and nothing was written."""

    def __init__(self, acts: Sequence[Act]) -> None:
        super().__init__("dossier_acts.meanwhile", count=len(acts), by=acts[-1].by, at=f"{acts[-1].at:%H:%M %d/%m/%Y}")
        self.acts = tuple(acts)


class NotAdmitted(BadInput):
    """The dossier does not admit this act now."""


def in_effect(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return the acts that hold: without those taken back and without the taking back."""
    taken_back = {one.takes_back for one in acts}
    return tuple(one for one in acts if not one.takes_back and one.number not in taken_back)


def state_of(acts: Sequence[Act]) -> DossierState:
    """Return the state that `acts` lead to. Acts that were not admitted raise KeyError."""
    state = DossierState.NEW
    for act in in_effect(acts):
        state = TURNS[state][act.kind]
    return state


def steps_done(acts: Sequence[Act]) -> tuple[int, ...]:
    """Return the indexes of the steps done, in the order of their acts."""
    return tuple(act.step for act in in_effect(acts) if act.step is not None)


def admit(acts: Sequence[Act], act: Act, *, seen: int, course: Course | None) -> bool:
    """Return whether `act` is new: False when `acts` have its key already, and there is nothing to write.

    `seen` is how many acts the writer knew of. Raises Meanwhile when there are more, NotAdmitted when the state, the
    course of steps or a missing reason forbid it. A step that is not open is admitted with a reason: people do leave
    the written way, and then it must show why; so does a result before the steps that had to come. `course` is None
    where no procedure is written: then there are no steps.
    """
    if any(one.key == act.key for one in acts):
        return False
    if seen > len(acts):
        raise NotAdmitted("dossier_acts.seen_more", seen=seen, count=len(acts))
    if seen < len(acts):
        raise Meanwhile(acts[seen:])
    if act.at > act.entered_at:
        raise NotAdmitted("dossier_acts.in_the_future", at=f"{act.at:%H:%M %d/%m/%Y}")
    if act.takes_back:
        _admit_taking_back(in_effect(acts), act)
        return True
    if act.kind not in TURNS.get(state_of(acts), {}):
        raise NotAdmitted("dossier_acts.not_in_this_state")
    if act.kind in _ALWAYS_REASONED and not act.reason.strip():
        raise NotAdmitted("dossier_acts.reason_missing")
    _admit_answer(acts, act)
    if act.kind is ActKind.STEP:
        _admit_step(steps_done(acts), act, course)
    _admit_end(acts, act)
    early = act.kind is ActKind.RESULT_READY and course and not course.standing(steps_done(acts)).may_end
    if early and not act.reason.strip():
        raise NotAdmitted("dossier_acts.steps_left")
    return True


def unanswered(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return the consultations and parts that were given out and did not come back, in their order."""
    back = {one.details.get("to") for one in in_effect(acts) if one.kind in _BRINGS_BACK}
    return tuple(one for one in in_effect(acts) if one.kind in _GIVES_OUT and one.number not in back)


_GIVES_OUT = {ActKind.CONSULTED: ActKind.ANSWERED, ActKind.FORWARDED: ActKind.PART_DONE}
_BRINGS_BACK = {ActKind.ANSWERED: ActKind.CONSULTED, ActKind.PART_DONE: ActKind.FORWARDED}


def _admit_end(acts: Sequence[Act], act: Act) -> None:
    """Refuse a result while others still owe their part, and a second re-appointment (R11: one only)."""
    if act.kind is ActKind.RESULT_READY and unanswered(acts) and not act.reason.strip():
        raise NotAdmitted("dossier_acts.still_asked", body=unanswered(acts)[0].details.get("body", ""))
    if act.kind is ActKind.APOLOGISED and any(one.kind is ActKind.APOLOGISED for one in in_effect(acts)):
        raise NotAdmitted("dossier_acts.appointed_again")


def _admit_answer(acts: Sequence[Act], act: Act) -> None:
    """Refuse an answer to nothing: `details["to"]` is the number of what was asked."""
    asked = _BRINGS_BACK.get(act.kind)
    if asked and not any(one.number == act.details.get("to") and one.kind is asked for one in unanswered(acts)):
        raise NotAdmitted("dossier_acts.nothing_asked")


def _admit_taking_back(holding: Sequence[Act], act: Act) -> None:
    if not holding or holding[-1].number != act.takes_back:
        raise NotAdmitted("dossier_acts.built_upon")
    if holding[-1].kind is ActKind.RECEIVED:
        raise NotAdmitted("dossier_acts.reception_stays")


def _admit_step(done: Sequence[int], act: Act, course: Course | None) -> None:
    if course is None or act.step is None or not course.has(act.step):
        raise NotAdmitted("dossier_acts.no_such_step")
    if act.step not in {one.step for one in course.standing(done).open} and not act.reason.strip():
        raise NotAdmitted("dossier_acts.step_not_open")
