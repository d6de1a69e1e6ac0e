"""What a check found as the documented JSON (`docs/check.md`, "result.json").

Dossiers, of which there are hundreds of thousands, are written as text at once, without a dictionary for each.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from json.encoder import encode_basestring
from statistics import median

from chuan.checking import clock
from chuan.checking.matching import How
from chuan.checking.result import (
    KINDS,
    REASONS,
    STATES,
    CheckResult,
    Deviation,
    DossierResult,
    StepResult,
    SubjectResult,
    Understood,
    excused,
    percentile,
)
from chuan.rules.eventlog import BadRow, Dossier, EventLog
from chuan.rules.workdays import VIETNAM

FORMAT = "chuan-check/1"
_TRUTH = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class _Dossiers:
    """The value of `per_dossier`, not written yet; `homeless` are of services without a procedure here."""

    found: Sequence[DossierResult]
    homeless: Sequence[Dossier]

    def pieces(self) -> Iterator[str]:
        """Yield the JSON of each dossier, from the second on behind what separates them."""
        separator = ""
        for dossier in chain(map(_dossier, self.found), map(_homeless, self.homeless)):
            yield separator + dossier
            separator = ", "


def to_json(result: CheckResult, language: str = "vi") -> bytes:
    """Return the content of result.json."""
    return b"".join([piece.encode() for piece in chain(_pieces(_answer(result, language)), "\n")])


def _pieces(value: object) -> Iterator[str]:
    """Yield in small pieces what `json.dumps` would write at once."""
    if isinstance(value, _Dossiers):
        yield "["
        yield from value.pieces()
        yield "]"
    elif isinstance(value, dict):
        yield "{"
        for place, (name, one) in enumerate(value.items()):
            yield f"{', ' if place else ''}{_quoted(name)}: "
            yield from _pieces(one)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, one in enumerate(value):
            yield ", " if place else ""
            yield from _pieces(one)
        yield "]"
    else:
        yield json.dumps(value, ensure_ascii=False)


def _quoted(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


def _answer(result: CheckResult, language: str) -> dict[str, object]:
    """Return the members. With several procedures each also stands by itself under `procedures`."""
    numbers = _numbers(result.subjects, result, result.several, result.homeless)
    answer: dict[str, object] = {"format": FORMAT, **numbers}
    answer |= {
        "as_of": result.as_of and result.as_of.isoformat(),
        "calendar": result.calendar,
        "counting": result.counting,
        "granularity": result.log.granularity,
        "bad_rows": [_bad_row(row, language) for row in result.log.bad_rows],
        "duplicate_rows": [_bad_row(row, language) for row in result.log.duplicates],
        "states": [{"words": one.words, "kind": one.kind or None, "count": one.count} for one in result.states],
        "not_judged_because": {reason: result.reasons[reason] for reason in REASONS if result.reasons[reason]},
        "notes": [note.text(language) for note in (*result.notes, *result.log.notes)],
    }
    if result.several:
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
    reasons = Counter(why for dossier in found for why in excused(dossier).values())
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
        "skipped_not_reached": reasons["not_reached"],
        "skipped_after_result": reasons["after_result"],
        "skipped_cut_short": reasons["cut_short"],
        "per_step": [_step(step, subject, several) for subject in subjects for step in subject.steps],
        "per_dossier": _Dossiers(found, homeless),
    }


def _mapping(subjects: Sequence[SubjectResult], log: EventLog) -> dict[str, object]:
    rows = [row for subject in subjects for row in subject.understood]
    return {
        "columns": dict(log.columns or {}),
        "activities": [_understood(row) for row in rows],
        "doubtful": [row.activity for row in rows if row.how is How.SIMILAR],
        "disagreeing": [row.activity for row in rows if row.disagrees],
        "unmatched": [row.activity for row in rows if row.how is How.NONE],
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


def _dossier(found: DossierResult) -> str:
    dossier, due = found.dossier, found.due_at
    fitness = "null" if found.fitness is None else repr(found.fitness)
    return (
        f'{{"id": {_quoted(dossier.id)}, "fitness": {fitness}, "cost": {found.cost}, '
        f'"received_at": {_moment(found.received_at)}, "received_from": {_quoted(found.received_from or None)}, '
        f'"due_at": {_moment(due)}, "due_from": {_quoted((due and found.total.source) or None)}, '
        f'"legal_due_at": {_moment(found.legal_due_at)}, {_due_of_the_source(dossier)}, '
        f'"finished_at": {_moment(found.finished_at)}, "state": {_quoted(found.state)}, '
        f'"not_judged_because": {_quoted(found.reason or None)}, "due_moves_on": {_TRUTH[found.due_moves_on]}, '
        f'"variant": {_quoted(found.model.name)}, "deviations": [{", ".join(map(_deviation, found.deviations))}]}}'
    )


def _deviation(one: Deviation) -> str:
    event = "null" if one.event is None else one.event
    return f'{{"kind": {_quoted(one.kind)}, "step": {_quoted(one.step)}, "event": {event}}}'


def _homeless(dossier: Dossier) -> str:
    start = clock.received(dossier, dossier.events)
    finished = clock.result_ready(dossier, dossier.events)
    return (
        f'{{"id": {_quoted(dossier.id)}, "fitness": null, "cost": 0, '
        f'"received_at": {_moment(start.at)}, "received_from": {_quoted(start.source or None)}, '
        f'"due_at": null, "due_from": null, "legal_due_at": null, {_due_of_the_source(dossier)}, '
        f'"finished_at": {_moment(finished)}, "state": "not_judged", '
        f'"not_judged_because": "no_procedure", "due_moves_on": false, "variant": null, "deviations": []}}'
    )


def _due_of_the_source(dossier: Dossier) -> str:
    before = ", ".join(map(_moment, dossier.earlier_due_at))
    return f'"source_due_at": {_moment(dossier.source_due_at)}, "source_due_before": [{before}]'


def _bad_row(row: BadRow, language: str) -> dict[str, object]:
    return {"row": row.row, "column": row.column, "value": row.value, "reason": row.reason.text(language)}


def _moment(moment: datetime | None) -> str:
    """Return `isoformat` quoted; on our own clocks put together from day and time, which is three times as quick."""
    if moment is None:
        return "null"
    if moment.tzinfo is not VIETNAM:
        return f'"{moment.isoformat()}"'
    return f'"{moment.date().isoformat()}T{moment.time().isoformat()}+07:00"'


def _short(value: float) -> float:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
