"""What a check found, as values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chuan.checking.matching import How
from chuan.checking.subjects import Model, Subject, Total
from chuan.checking.visits import Visit
from chuan.rules.conformance import Move
from chuan.rules.deadlines import Pause
from chuan.rules.eventlog import Dossier, EventLog
from chuan.rules.workdays import Calendar
from chuan.text.messages import Message

STATES = ("early", "on_time", "late", "open_in_time", "open_late", "not_judged")
REASONS = (
    "no_reception",  # it is not known when it was received
    "finished_first",  # the result is dated before the reception
    "no_limit",  # the procedure or model has no time limit
    "broken_off",  # withdrawn, stopped, or never received at all
    "collected_late",  # only the collection is known, and that was after the due moment
    "over_undated",  # the source calls it over, without a date
    "waiting",  # for the citizen, since nobody knows when
    "no_moment",  # nothing says at which moment to judge it
    "no_procedure",  # of a service whose procedure is not here
)
KINDS = ("skipped", "inserted", "repeated", "out_of_order", "wrong_position", "over_limit")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where the dossier went another way. `event` is the 0-based index of the dossier's events in time
    order (clock events included); None for a step that was not done. `step` is None for an event that is no step."""

    kind: str
    step: str | None
    event: int | None


@dataclass(slots=True, unsafe_hash=True)
class DossierResult:
    """The verdict on one dossier, by `calendar`. `fitness` is None when the source records no steps.

    Nobody changes it; not declared frozen for the same reason as the dossier itself.
    """

    dossier: Dossier
    model: Model
    calendar: Calendar
    state: str
    reason: str  # one of REASONS where the state is "not_judged", else ""
    received_at: datetime | None
    received_from: str
    due_at: datetime | None
    legal_due_at: datetime | None
    finished_at: datetime | None
    pauses: tuple[Pause, ...]
    fitness: float | None
    cost: int
    aligned: tuple[int, ...]  # the indexes of the dossier's events that were aligned
    moves: tuple[Move, ...]
    visits: tuple[Visit, ...]
    deviations: tuple[Deviation, ...]
    minutes: tuple[float, ...]  # working minutes of each visit, pauses out
    kept_promise: bool | None  # of a published time that the tables contradict
    cut_short: bool  # withdrawn, stopped or refused
    collected: bool  # the source shows that the result was handed over
    settled: Total | None = None  # the time promised for this dossier alone; None: that of its model

    @property
    def total(self) -> Total:
        """The time within which this dossier was due."""
        return self.settled or self.model.total

    @property
    def is_open(self) -> bool:
        """Whether it is judged as a dossier on which work goes on."""
        return self.state.startswith("open") or self.reason == "waiting"

    @property
    def due_moves_on(self) -> bool:
        """Whether a wait that is not over yet still moves the due moment, which then stands as if it ended now."""
        if self.finished_at is not None or self.due_at is None:
            return False
        return any(wait.end is None and wait.start < self.due_at for wait in self.pauses)


@dataclass(frozen=True, slots=True)
class Understood:
    """How one distinct row of the log was understood, and how often it stands there."""

    activity: str
    number: str
    steps: tuple[str, ...]
    how: How
    disagrees: str
    events: int


@dataclass(frozen=True, slots=True)
class UnderstoodState:
    """How the source's words for a state (of dossiers or events) were understood, "" not at all, and how often."""

    words: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class StepResult:
    """The visits of one step: how many, how long (working minutes), how many over the limit."""

    model: Model
    step: int
    minutes: tuple[float, ...]
    over_limit: int


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """All that was found of one procedure. `not_recorded` are keys of steps that the whole log never shows."""

    subject: Subject
    dossiers: tuple[DossierResult, ...]
    understood: tuple[Understood, ...]
    steps: tuple[StepResult, ...]
    not_recorded: tuple[str, ...]
    events: int
    clock_events: int
    variants: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The whole answer: one subject, or one per procedure of an agency. `homeless` are of services without one."""

    subjects: tuple[SubjectResult, ...]
    log: EventLog
    as_of: datetime | None
    calendar: str
    counting: str
    homeless: tuple[Dossier, ...] = ()
    states: tuple[UnderstoodState, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def dossiers(self) -> tuple[DossierResult, ...]:
        """All judged dossiers, in the order of the log within each subject."""
        return tuple(found for subject in self.subjects for found in subject.dossiers)

    @property
    def several(self) -> bool:
        """Whether there is more than one procedure, or a dossier of none: numbers then say whose they are."""
        return len(self.subjects) != 1 or bool(self.homeless)

    @property
    def reasons(self) -> Counter[str]:
        """How many dossiers are not judged for which of REASONS."""
        found = Counter(one.reason for one in self.dossiers if one.reason)
        return found + Counter({"no_procedure": len(self.homeless)})

    @property
    def without_procedure(self) -> Mapping[str, int]:
        """How many dossiers name which service that no procedure here serves."""
        return Counter(dossier.service_code for dossier in self.homeless)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the `share` quantile (0–1) of `values`, linear between neighbours."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def excused(found: DossierResult) -> Mapping[int, str]:
    """Return the places in `found.moves` of the skipped steps that nobody left out, each with why.

    "not_reached": the dossier is open and may still come to the step. "after_result": the result is ready, and what
    follows it, with no time of its own, is not recorded yet (the citizen has not come). "cut_short": it was withdrawn,
    stopped or refused before. A step that stands in the log out of order was done.
    """
    if not found.cost or not (why := _why_unfinished(found)):
        return {}
    moved = {move.label for move in found.moves if move.kind == "extra"}
    rest = enumerate(found.moves[(after := _last_due(found, why)) :], start=after)
    return {place: why for place, move in rest if move.kind == "skip" and move.label not in moved}


def _why_unfinished(found: DossierResult) -> str:
    if found.cut_short:
        return "cut_short"
    if found.finished_at is None:
        return "not_reached" if found.is_open else ""
    return "" if found.collected else "after_result"


def _last_due(found: DossierResult, why: str) -> int:
    """Return the place in `found.moves` from which on nothing is missed."""
    last = -1
    for place, move in enumerate(found.moves):
        if move.label is None or move.kind == "extra":
            continue
        timed, done = found.model.is_timed(move.label), move.kind == "sync"
        if {"not_reached": done, "after_result": timed or done, "cut_short": timed and done}[why]:
            last = place
    return last + 1


def moves_not_reached(found: DossierResult) -> frozenset[int]:
    """Return the places in `found.moves` of the steps that an open dossier may still come to."""
    return frozenset(place for place, why in excused(found).items() if why == "not_reached")


def left_the_way(found: DossierResult) -> list[Deviation]:
    """Return the deviations without the excused steps: what pages and reports show and count."""
    skipped = [one for one in found.deviations if one.kind == "skipped"]
    waiting = {id(one) for one in skipped[len(skipped) - len(excused(found)) :]}
    return [one for one in found.deviations if id(one) not in waiting]
