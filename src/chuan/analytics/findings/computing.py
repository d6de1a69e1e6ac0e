"""From recorded dossiers to what the pages show: one verdict per dossier, one reading per version.

`ProcedureReading.content`:
    states {state: n} · legal {in_time, judged} · due_from · not_recorded · notes [{code, values}]
    flows [{variant, edges [[from, to, count, allowed]], timings [{median, limit}]}], one per variant in use
    ways [{way, cells [[kind, key]], dossiers, moved, missing, extra}], most dossiers first
    questions [{kind, step, title, count, whole}] · histogram (checking.report.histogram) or null
    marks {"kind:point": dossiers}, the number of rows that a list of this mark has (checking.report.questions.point_of)
    steps [{step, variant, title, visits, median, p90, over_limit}] · understood [{activity, number, steps, how, …}]
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from statistics import median
from typing import Any

from chuan.checking import account
from chuan.checking.check import Options, check, steps_of
from chuan.checking.pace import pace, supplements, worked_seconds
from chuan.checking.report import figures
from chuan.checking.report.histogram import histogram
from chuan.checking.report.questions import point_of, questions
from chuan.checking.result import (
    STATES,
    CheckResult,
    DossierResult,
    StepResult,
    SubjectResult,
    Understood,
    excused,
    left_the_way,
    percentile,
)
from chuan.checking.subjects import Subject
from chuan.rules.deadlines import Due
from chuan.rules.eventlog import Dossier, EventKind, EventLog
from chuan.rules.procedure.diagram import Flow
from chuan.text.messages import Message

MOST_WAYS = 30


def recorded(dossiers: Iterable[Dossier]) -> frozenset[str]:
    """Return what a source with these dossiers shows: "steps", "position"."""
    shown: set[str] = set()
    for event in (event for one in dossiers for event in one.events):
        shown |= {"steps"} if event.kind is EventKind.STEP else set()
        shown |= {"position"} if event.position is not None else set()
    return frozenset(shown)


def judge(subject: Subject, dossiers: Sequence[Dossier], options: Options, shown: frozenset[str]) -> CheckResult:
    """Return the verdict on `dossiers` of one source by one version; `shown` is what the source shows."""
    return check([subject], EventLog(tuple(dossiers), recorded=shown), options)


def together(results: Sequence[CheckResult], keep: Callable[[DossierResult], bool] = lambda found: True) -> CheckResult:
    """Return the results by one version (sources, calendars) as one, of those dossiers only that `keep` accepts."""
    parts = [result.subjects[0] for result in results]
    subject = _common([part.subject for part in parts])
    found = tuple(one for part in parts for one in part.dossiers if keep(one))
    whole = replace(
        parts[0],
        subject=subject,
        dossiers=found,
        understood=_understood(parts),
        steps=steps_of(subject, found) if any(part.steps for part in parts) else (),
        not_recorded=tuple(key for key in parts[0].not_recorded if all(key in part.not_recorded for part in parts)),
        events=sum(len(one.dossier.events) for one in found),
    )
    moments = [result.as_of for result in results if result.as_of is not None]
    notes = tuple(dict.fromkeys(note for result in results for note in result.notes))
    calendars = ", ".join(dict.fromkeys(result.calendar for result in results))
    as_of = max(moments, default=None)
    return replace(results[0], subjects=(whole,), as_of=as_of, calendar=calendars, notes=notes)


def _common(subjects: Sequence[Subject]) -> Subject:
    """Return the subject of all; where their services have different legal limits, none is that of all."""
    first, procedure = subjects[0], subjects[0].procedure
    if procedure is None or len({one.legal for one in subjects}) == 1:
        return first
    return replace(first, procedure=replace(procedure, legal=None))


def _understood(parts: Iterable[SubjectResult]) -> tuple[Understood, ...]:
    """Return how the rows of all `parts` were understood, each once."""
    counts: Counter[Understood] = Counter()
    for row in (row for part in parts for row in part.understood):
        counts[replace(row, events=0)] += row.events
    return tuple(replace(row, events=events) for row, events in counts.items())


def period_of(found: DossierResult) -> tuple[str, ...]:
    """Return the periods that the dossier was received in: the year and the quarter."""
    if found.received_at is None:
        return ()
    year, quarter = found.received_at.year, (found.received_at.month + 2) // 3
    return str(year), f"{year}-Q{quarter}"


def counted_anew(limit: Due | None) -> datetime | None:
    """Return when the dossier was complete again and its count began anew, None where nothing was taken back."""
    return limit.run.begin if limit and limit.run.dropped else None


def verdict(found: DossierResult, result: CheckResult) -> dict[str, Any]:
    """Return the columns of a LoggedDossier that hold the verdict, as `result` came to it."""
    ahead, real = len(excused(found)), left_the_way(found)
    anew = counted_anew(account.committed(found, result.counting, result.as_of)) if found.pauses else None
    cells = figures.cells_of(found) if found.fitness is not None else ()
    return {
        "state": found.state,
        "received_at": found.received_at,
        "due_at": found.due_at,
        "legal_due_at": found.legal_due_at,
        "finished_at": found.finished_at,
        "fitness": found.fitness,
        "cost": found.cost - ahead,
        "verdict": {
            "variant": found.model.name,
            "calendar": found.calendar.name,
            "calendar_version": found.calendar.version,
            "received_from": found.received_from,
            "counted_anew": anew.isoformat() if anew else None,
            "due_from": found.total.source,
            "deviations": [{"kind": one.kind, "step": one.step, "event": one.event} for one in real],
            "visits": [
                {"step": visit.step, "key": found.model.keys[visit.step], "event": visit.event}
                | {"from": visit.enabled_at.isoformat(), "to": visit.completed_at.isoformat(), "minutes": spent}
                for visit, spent in zip(found.visits, found.minutes, strict=True)
            ],
            "pauses": [
                {
                    "from": wait.start.isoformat(),
                    "to": wait.end.isoformat() if wait.end else None,
                    "rule": wait.rule.value,
                }
                for wait in found.pauses
            ],
            "not_reached": ahead,
        },
        "marks": "".join(sorted({f"|{one.kind}:{point_of(found, one)}|" for one in real})),
        "way": fingerprint(cells) if cells else "",
        "worked_seconds": worked_seconds(found),
        "supplements": supplements(found),
        "pace": pace(found),
    }


def _marks(found: Iterable[DossierResult]) -> dict[str, int]:
    """Return the marks of steps, and the commonest of work outside the procedure: there any words may stand."""
    counts: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for one in found:
        marks = {(each.step is None, f"{each.kind}:{point_of(one, each)}") for each in left_the_way(one)}
        counts.update(mark for is_outside, mark in marks if not is_outside)
        outside.update(mark for is_outside, mark in marks if is_outside)
    return dict(sorted([*counts.items(), *outside.most_common(MOST_WAYS)]))


def fingerprint(cells: Sequence[figures.Cell]) -> str:
    """Return a short name of a way, the same for the same cells."""
    text = "\n".join(f"{cell.kind} {cell.key}" for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def reading(result: CheckResult) -> dict[str, Any]:
    """Return the columns of a ProcedureReading (without its version, agency and moment)."""
    one = result.subjects[0]
    found = one.dossiers
    followed, in_time = figures.followed(found), figures.in_time(found)
    differing = followed.whole - followed.part + in_time.whole - in_time.part
    return {
        "as_of": result.as_of,
        "calendar": result.calendar,
        "dossiers": len(found),
        "judged_steps": followed.whole,
        "followed": followed.part,
        "judged_time": in_time.whole,
        "in_time": in_time.part,
        "trouble": differing / max(len(found), 1),
        "content": _content(one, result),
    }


def _content(one: SubjectResult, result: CheckResult) -> dict[str, Any]:
    legal = figures.in_legal_time(one.dossiers, result.as_of)
    picture = histogram(one, result.counting)
    states = [found.state for found in one.dossiers]
    return {
        "states": {state: states.count(state) for state in STATES},
        "legal": {"in_time": legal.part, "judged": legal.whole},
        "due_from": sorted({model.total.source for model in one.subject.models}),
        "flows": [
            {"variant": model.name, **_flow(figures.flow(one, model))}
            for model in one.subject.models
            if any(found.model is model for found in one.dossiers)
        ],
        "ways": [_way(way) for way in figures.ways(one, MOST_WAYS)],
        "questions": [asdict(question) for question in questions(one)],
        "marks": _marks(one.dossiers),
        "histogram": asdict(picture) if picture else None,
        "steps": [_step(step.model.keys[step.step], step) for step in one.steps],
        "not_recorded": list(one.not_recorded),
        "notes": [_note(note) for note in result.notes],
        "understood": [
            {"activity": row.activity, "number": row.number, "steps": list(row.steps), "how": str(row.how)}
            | {"disagrees": row.disagrees, "events": row.events}
            for row in one.understood[:300]
        ],
    }


def _flow(flow: Flow) -> dict[str, Any]:
    edges = sorted(flow.edges.items())
    return {
        "edges": [[start, end, edge.count, edge.allowed] for (start, end), edge in edges],
        "timings": [{"median": each.median, "limit": each.limit} for each in flow.timings],
    }


def _way(way: figures.Way) -> dict[str, Any]:
    return {
        "way": fingerprint(way.cells),
        "cells": [[cell.kind, cell.key] for cell in way.cells],
        "dossiers": way.dossiers,
        "moved": list(way.moved),
        "missing": list(way.missing),
        "extra": list(way.extra),
    }


def _step(key: str, step: StepResult) -> dict[str, Any]:
    times: Mapping[str, float | None] = {"median": None, "p90": None}
    if step.minutes:
        times = {"median": round(median(step.minutes), 1), "p90": round(percentile(step.minutes, 0.9), 1)}
    title = step.model.steps[step.step].title
    return {"step": key, "variant": step.model.name, "title": title, "visits": len(step.minutes), **times} | {
        "over_limit": step.over_limit
    }


def _note(note: Message) -> dict[str, Any]:
    told = {name: value.text() if isinstance(value, Message) else str(value) for name, value in note.values.items()}
    return {"code": note.code, "values": told}
