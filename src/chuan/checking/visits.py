"""When each step could begin and when it was done: the run of the model that explains the dossier, on the clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chuan.checking.subjects import Model
from chuan.rules.conformance import Move
from chuan.rules.procedure.structure import Limit


@dataclass(frozen=True, slots=True)
class Visit:
    """One performed step: `enabled_at` is when all that had to come before was done (parallel branches do not wait
    for each other), never after `completed_at`. `event` is the index of the event in the dossier."""

    step: int
    event: int
    enabled_at: datetime
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """A limit to compare: the visits it spans share `limit`; what is over is said of the last of them."""

    limit: Limit
    enabled_at: datetime
    last: Visit


def visits(
    model: Model, moves: Sequence[Move], events: Sequence[tuple[int, datetime]], start: datetime
) -> tuple[Visit, ...]:
    """Return the performed steps in the order of the run. `events` are (index in the dossier, completion) in time."""
    done: list[Visit] = []
    for move in moves:
        if move.kind != "sync" or move.label is None or move.event_index is None:
            continue
        index, at = events[move.event_index]
        before = [visit.completed_at for visit in done if not model.automaton.concurrent(visit.step, move.label)]
        enabled = max(before, default=start)
        done.append(Visit(move.label, index, min(enabled, at), at))
    return tuple(done)


def measured(model: Model, done: Sequence[Visit]) -> Iterator[Measured]:
    """Yield what has a limit: each counted step by itself, a shared budget once, on its last performed step.

    A budget is over when a step that cannot run beside it is done; coming back to it later is another round.
    """
    shared: dict[str, list[Visit]] = {}
    for visit in done:
        step = model.steps[visit.step]
        for name in [name for name, spent in shared.items() if _follows(model, visit, name, spent[-1])]:
            yield from _budget(model, shared.pop(name))
        if step.budget:
            shared.setdefault(step.budget, []).append(visit)
        elif step.counted and step.time is not None:
            yield Measured(step.time, visit.enabled_at, visit)
    for spent in shared.values():
        yield from _budget(model, spent)


def _follows(model: Model, visit: Visit, budget: str, last: Visit) -> bool:
    return model.steps[visit.step].budget != budget and not model.automaton.concurrent(last.step, visit.step)


def _budget(model: Model, shared: Sequence[Visit]) -> Iterator[Measured]:
    name = model.steps[shared[0].step].budget
    limit = next((step.time for step in model.steps if step.budget == name and step.time is not None), None)
    if limit is not None:
        first = min(visit.enabled_at for visit in shared)
        yield Measured(limit, first, max(reversed(shared), key=lambda visit: visit.completed_at))
