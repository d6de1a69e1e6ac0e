"""A living dossier is its acts: what state they lead to, and whether one more is admitted.

Acts are append-only. Each has a number (1, 2, … in the dossier) and a key that its writer made: the same key again is
the same act, so that a lost answer, a browser's back button or a second press doubles nothing. Whoever acts says how
many acts were seen; if there are more, nothing is written and what was done meanwhile is told. What was done by mistake
is taken back by an act too, as long as nobody built on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chuan.rules.eventlog import EventKind
from chuan.rules.handling.course import Course
from chuan.text.messages import BadInput


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


_ENDS = {
    EventKind.STOPPED: DossierState.STOPPED,
    EventKind.WITHDRAWN: DossierState.WITHDRAWN,
}
_REFUSAL = {EventKind.REFUSED: DossierState.REFUSED}
TURNS: Mapping[DossierState, Mapping[EventKind, DossierState]] = {
    DossierState.NEW: {EventKind.RECEIVED: DossierState.HANDLING},
    DossierState.HANDLING: {
        EventKind.STEP: DossierState.HANDLING,
        EventKind.SUPPLEMENT: DossierState.SUPPLEMENT,
        EventKind.PAYMENT: DossierState.PAYMENT,
        EventKind.PAUSED: DossierState.PAUSED,
        EventKind.RESULT_READY: DossierState.READY,
        **_REFUSAL,
        **_ENDS,
    },
    DossierState.SUPPLEMENT: {EventKind.RESUBMITTED: DossierState.HANDLING, **_REFUSAL, **_ENDS},
    DossierState.PAYMENT: {EventKind.PAID: DossierState.HANDLING, **_ENDS},
    DossierState.PAUSED: {EventKind.RESUMED: DossierState.HANDLING, **_ENDS},
    DossierState.READY: {EventKind.STEP: DossierState.READY, EventKind.RETURNED: DossierState.RETURNED},
}
"""Which acts a state admits, and the state each leads to; a state that is not here admits none."""
_ALWAYS_REASONED = {EventKind.SUPPLEMENT, EventKind.PAUSED, EventKind.REFUSED, EventKind.STOPPED}


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did. `at`: when it happened; `entered_at`: when it was written down, later after an outage (R21).

    `step` is the index of the step that was done (kind STEP). `takes_back` is the number of the act that this one
    undoes, 0 for all others; `kind` says nothing then.
    """

    number: int
    key: str
    kind: EventKind
    at: datetime
    entered_at: datetime
    by: str
    step: int | None = None
    takes_back: int = 0
    reason: str = ""


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


def admit(acts: Sequence[Act], act: Act, *, seen: int, course: Course) -> bool:
    """Return whether `act` is new: False when `acts` have its key already, and there is nothing to write.

    `seen` is how many acts the writer knew of. Raises Meanwhile when there are more, NotAdmitted when the state, the
    course of steps or a missing reason forbid it. A step that is not open is admitted with a reason: people do leave
    the written way, and then it must show why.
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
    if act.kind is EventKind.STEP:
        _admit_step(steps_done(acts), act, course)
    return True


def _admit_taking_back(holding: Sequence[Act], act: Act) -> None:
    if not holding or holding[-1].number != act.takes_back:
        raise NotAdmitted("dossier_acts.built_upon")
    if holding[-1].kind is EventKind.RECEIVED:
        raise NotAdmitted("dossier_acts.reception_stays")


def _admit_step(done: Sequence[int], act: Act, course: Course) -> None:
    if act.step is None or not course.has(act.step):
        raise NotAdmitted("dossier_acts.no_such_step")
    if act.step not in {one.step for one in course.standing(done).open} and not act.reason.strip():
        raise NotAdmitted("dossier_acts.step_not_open")
