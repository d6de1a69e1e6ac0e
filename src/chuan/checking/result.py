"""What a check found, as values and as the documented JSON (`docs/check.md`, "result.json")."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from chuan.checking import clock
from chuan.checking.matching import How
from chuan.checking.subjects import Model, Subject
from chuan.checking.visits import Visit
from chuan.rules.conformance import Move
from chuan.rules.deadlines import Pause
from chuan.rules.eventlog import BadRow, Dossier, EventLog
from chuan.rules.workdays import VIETNAM, Calendar
from chuan.text.messages import Message

FORMAT = "chuan-check/1"
STATES = ("early", "on_time", "late", "open_in_time", "open_late", "not_judged")
KINDS = ("skipped", "inserted", "repeated", "out_of_order", "wrong_position", "over_limit")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where the dossier went another way. `event` is the 0-based index of the dossier's events in time
    order (clock events included); None for a step that was not done. `step` is None for an event that is no step."""

    kind: str
    step: str | None
    event: int | None


@dataclass(frozen=True, slots=True)
class DossierResult:
    """The verdict on one dossier, by `calendar`. `fitness` is None when the source records no steps."""

    dossier: Dossier
    model: Model
    calendar: Calendar
    state: str
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
    notes: tuple[Message, ...] = ()

    @property
    def dossiers(self) -> tuple[DossierResult, ...]:
        """All judged dossiers, in the order of the log within each subject."""
        return tuple(found for subject in self.subjects for found in subject.dossiers)

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


def to_json(result: CheckResult, language: str = "vi") -> dict[str, object]:
    """Return result.json. With several procedures each also stands by itself under `procedures`."""
    several = len(result.subjects) != 1 or bool(result.homeless)
    answer: dict[str, object] = {"format": FORMAT, **_numbers(result.subjects, result, several, result.homeless)}
    answer |= {
        "as_of": _moment(result.as_of),
        "calendar": result.calendar,
        "counting": result.counting,
        "granularity": result.log.granularity,
        "bad_rows": [_bad_row(row, language) for row in result.log.bad_rows],
        "duplicate_rows": [_bad_row(row, language) for row in result.log.duplicates],
        "notes": [note.text(language) for note in (*result.notes, *result.log.notes)],
    }
    if several:
        answer["without_procedure"] = dict(result.without_procedure)
        answer["procedures"] = [
            {"name": one.subject.name, "service_code": one.subject.service_code, **_numbers((one,), result, False)}
            for one in result.subjects
        ]
    return answer


def _numbers(
    subjects: Sequence[SubjectResult], result: CheckResult, several: bool, homeless: Sequence[Dossier] = ()
) -> dict[str, object]:
    found = [dossier for subject in subjects for dossier in subject.dossiers]
    states = Counter(dossier.state for dossier in found)
    states["not_judged"] += len(homeless)
    kinds = Counter(deviation.kind for dossier in found for deviation in dossier.deviations)
    fitness = [dossier.fitness for dossier in found if dossier.fitness is not None]
    return {
        "dossiers": len(found) + len(homeless),
        "events": sum(subject.events for subject in subjects) + sum(len(dossier.events) for dossier in homeless),
        "clock_events": sum(subject.clock_events for subject in subjects),
        "variants": sum(subject.variants for subject in subjects),
        "cost_total": sum(dossier.cost for dossier in found),
        "fitness_mean": sum(fitness) / len(fitness) if fitness else None,
        "mapping": _mapping(subjects, result.log),
        "on_time": {state: states[state] for state in STATES},
        "deviations": {kind: kinds[kind] for kind in KINDS},
        "skipped_not_reached": sum(not_reached(dossier) for dossier in found),
        "per_step": [_step(step, subject, several) for subject in subjects for step in subject.steps],
        "per_dossier": [*map(_dossier, found), *map(_homeless, homeless)],
    }


def not_reached(found: DossierResult) -> int:
    """Return how many of the skipped steps an open dossier may still come to."""
    return len(moves_not_reached(found))


def moves_not_reached(found: DossierResult) -> frozenset[int]:
    """Return the places in `found.moves` of the steps that an open dossier may still come to.

    They follow on its last performed step; one that stands in the log out of order was done.
    """
    if not found.cost or found.finished_at is not None or not found.state.startswith("open"):
        return frozenset()
    last = max((place for place, move in enumerate(found.moves) if move.kind == "sync"), default=-1)
    moved = {move.label for move in found.moves if move.kind == "extra"}
    rest = enumerate(found.moves[last + 1 :], start=last + 1)
    return frozenset(place for place, move in rest if move.kind == "skip" and move.label not in moved)


def left_the_way(found: DossierResult) -> list[Deviation]:
    """Return the deviations without the steps that an open dossier may still come to: what pages and reports show."""
    skipped = [one for one in found.deviations if one.kind == "skipped"]
    waiting = {id(one) for one in skipped[len(skipped) - not_reached(found) :]}
    return [one for one in found.deviations if id(one) not in waiting]


def _mapping(subjects: Sequence[SubjectResult], log: EventLog) -> dict[str, object]:
    rows = [row for subject in subjects for row in subject.understood]
    return {
        "columns": dict(log.columns or {}),
        "activities": [_understood(row) for row in rows],
        "doubtful": [row.activity for row in rows if row.how is How.SIMILAR],
        "disagreeing": [row.activity for row in rows if row.disagrees],
        "unmatched": [row.activity for row in rows if not row.steps],
        "not_recorded": [key for subject in subjects for key in subject.not_recorded],
        "due_from": sorted({model.total.source for subject in subjects for model in subject.subject.models} - {""}),
    }


def _understood(row: Understood) -> dict[str, object]:
    step: object = row.steps[0] if len(row.steps) == 1 else (list(row.steps) or None)
    answer: dict[str, object] = {"activity": row.activity, "number": row.number, "step": step}
    answer |= {"how": str(row.how), "doubtful": row.how is How.SIMILAR, "events": row.events}
    return answer | ({"number_says": row.disagrees} if row.disagrees else {})


def _step(step: StepResult, subject: SubjectResult, several: bool) -> dict[str, object]:
    times: dict[str, float | None] = {"median": None, "p90": None}
    if step.minutes:
        times = {"median": _short(median(step.minutes)), "p90": _short(percentile(step.minutes, 0.9))}
    answer: dict[str, object] = {"step": step.model.keys[step.step], "visits": len(step.minutes)}
    answer |= {"working_minutes": times, "over_limit": step.over_limit, "title": step.model.steps[step.step].title}
    if len(subject.subject.models) > 1:
        answer["variant"] = step.model.name
    if several:
        answer["procedure"] = subject.subject.name
    return answer


def _dossier(found: DossierResult) -> dict[str, object]:
    dossier = found.dossier
    return {
        "id": dossier.id,
        "fitness": found.fitness,
        "cost": found.cost,
        "received_at": _moment(found.received_at),
        "received_from": found.received_from or None,
        "due_at": _moment(found.due_at),
        "due_from": (found.model.total.source or None) if found.due_at else None,
        "legal_due_at": _moment(found.legal_due_at),
        "source_due_at": _moment(dossier.source_due_at),
        "source_due_before": [_moment(moment) for moment in dossier.earlier_due_at],
        "finished_at": _moment(found.finished_at),
        "state": found.state,
        "variant": found.model.name,
        "deviations": [{"kind": one.kind, "step": one.step, "event": one.event} for one in found.deviations],
    }


def _homeless(dossier: Dossier) -> dict[str, object]:
    start = clock.received(dossier, dossier.events)
    return {
        "id": dossier.id,
        "fitness": None,
        "cost": 0,
        "received_at": _moment(start.at),
        "received_from": start.source or None,
        **dict.fromkeys(("due_at", "due_from", "legal_due_at")),
        "source_due_at": _moment(dossier.source_due_at),
        "source_due_before": [_moment(moment) for moment in dossier.earlier_due_at],
        "finished_at": _moment(clock.result_ready(dossier, dossier.events)),
        "state": "not_judged",
        "variant": None,
        "deviations": [],
    }


def _bad_row(row: BadRow, language: str) -> dict[str, object]:
    return {"row": row.row, "column": row.column, "value": row.value, "reason": row.reason.text(language)}


def _moment(moment: datetime | None) -> str | None:
    """Return `isoformat`; on our own clocks put together from day and time, which is three times as quick."""
    if moment is None:
        return None
    if moment.tzinfo is not VIETNAM:
        return moment.isoformat()
    return f"{moment.date().isoformat()}T{moment.time().isoformat()}+07:00"


def _short(value: float) -> float:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
