"""The figures of a report: counts with what they count, ways with what they mean, times against limits."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from statistics import median

from chuan.checking.result import DossierResult, SubjectResult, excused
from chuan.checking.subjects import WORKING_UNITS, Model
from chuan.checking.visits import Visit, measured
from chuan.rules.deadlines import step_amount, working_unit
from chuan.rules.eventlog import BadRow
from chuan.rules.procedure.diagram import Flow, FlowEdge, StepTiming
from chuan.rules.procedure.structure import MINUTES_PER_WRITTEN_DAY, Limit, TimeUnit, written_minutes
from chuan.rules.workdays.calendar import MINUTE
from chuan.text.numbers import number

CONFORMANCE = ("skipped", "inserted", "repeated", "out_of_order")
_DAYS = (TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.SAME_WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` dossiers."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Fit:
    """The mean fitness of the judged dossiers and the number of deviations of all."""

    fitness: float
    cost: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a way: `kind` is done, skipped, repeated, inserted or out_of_order; `key` the step or the words."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Way:
    """A distinct way that dossiers went; `moved`, `missing` and `extra` are the keys of what differs."""

    cells: tuple[Cell, ...]
    dossiers: int
    moved: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def followed(found: Sequence[DossierResult]) -> Share:
    """Return how many dossiers went as written; steps that nobody left out do not count against them."""
    judged = [one for one in found if one.fitness is not None]
    return Share(sum(one.cost == len(excused(one)) for one in judged), len(judged))


def fit(found: Sequence[DossierResult]) -> Fit | None:
    """Return how well the dossiers fit as a whole, None where no steps are recorded."""
    judged = [one.fitness for one in found if one.fitness is not None]
    return Fit(sum(judged) / len(judged), sum(one.cost for one in found)) if judged else None


def in_time(found: Sequence[DossierResult]) -> Share:
    """Return how many of the judged dossiers were, or still are, within the committed limit."""
    judged = [one for one in found if one.state != "not_judged"]
    return Share(sum(not one.state.endswith("late") for one in judged), len(judged))


def in_legal_time(found: Sequence[DossierResult], as_of: datetime | None) -> Share:
    """Return the same for the legal limit, over the dossiers that have one."""
    judged = [one for one in found if one.legal_due_at is not None and one.state != "not_judged"]
    late = sum((one.finished_at or as_of or one.legal_due_at) > one.legal_due_at for one in judged if one.legal_due_at)
    return Share(len(judged) - late, len(judged))


def kept_promise(found: Sequence[DossierResult]) -> Share:
    """Return how many of the judged dossiers kept the published time that the tables contradict."""
    judged = [one for one in found if one.kept_promise is not None and one.state != "not_judged"]
    return Share(sum(bool(one.kept_promise) for one in judged), len(judged))


def ways(result: SubjectResult, most: int = 12) -> tuple[Way, ...]:
    """Return the commonest ways, most dossiers first (ties: shorter, then by the steps)."""
    counts: Counter[tuple[Cell, ...]] = Counter(cells_of(one) for one in result.dossiers if one.fitness is not None)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], len(item[0]), [cell.key for cell in item[0]]))
    return tuple(_way(cells, count) for cells, count in ordered[:most])


def cells_of(found: DossierResult) -> tuple[Cell, ...]:
    """Return the run as cells, without the steps that are excused."""
    by_event = {one.event: one for one in found.deviations if one.event is not None and one.kind in CONFORMANCE}
    ahead = excused(found)
    moves = [move for place, move in enumerate(found.moves) if place not in ahead]
    cells: list[Cell] = []
    for move in moves:
        if move.kind == "skip" and move.label is not None:
            cells.append(Cell("skipped", found.model.keys[move.label]))
        elif move.kind == "sync" and move.label is not None:
            cells.append(Cell("done", found.model.keys[move.label]))
        elif move.event_index is not None:
            index = found.aligned[move.event_index]
            one = by_event.get(index)
            words = found.dossier.events[index].activity
            cells.append(Cell(one.kind if one else "inserted", (one.step if one else None) or words))
    return tuple(cells)


def _way(cells: tuple[Cell, ...], count: int) -> Way:
    moved = _keys(cells, "out_of_order")
    missing = tuple(key for key in _keys(cells, "skipped") if key not in moved)
    return Way(cells, count, moved, missing, _keys(cells, "inserted", "repeated"))


def _keys(cells: Sequence[Cell], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.key for cell in cells if cell.kind in kinds))


def source_disagrees(found: DossierResult) -> bool:
    """Return whether the source states a due date on another day than the one that was computed."""
    said = found.dossier.source_due_at
    return said is not None and found.due_at is not None and said.date() != found.due_at.date()


def by_row(told: Iterable[BadRow]) -> dict[int, list[BadRow]]:
    """Return what is told of each row of the source: one that is wrong in several cells is one row, all said of it."""
    rows: dict[int, list[BadRow]] = {}
    for one in told:
        rows.setdefault(one.row, []).append(one)
    return rows


def flow(result: SubjectResult, model: Model, language: str = "vi") -> Flow:
    """Return what the flow diagram shows of `model`: dossiers between consecutive steps, medians against limits."""
    counts: Counter[tuple[int, int]] = Counter()
    allowed: set[tuple[int, int]] = set()
    found = [one for one in result.dossiers if one.model is model and one.visits]
    for one in found:
        for edge, free in _edges(one, len(model.steps)):
            counts[edge] += 1
            if free:
                allowed.add(edge)
    edges = {edge: FlowEdge(count, edge in allowed) for edge, count in counts.items()}
    return Flow(edges, timings(model, found, language))


def _edges(found: DossierResult, end: int) -> list[tuple[tuple[int, int], bool]]:
    """Return the (from, to) pairs of a dossier, and whether no step was left out between them.

    Where it broke off or has not come yet, no arrow goes on.
    """
    edges: list[tuple[tuple[int, int], bool]] = []
    previous, free, broken = -1, True, False
    for step, how in _in_table_order(found):
        free, broken = free and how == "done", broken or how == "excused"
        if how == "done":
            if not broken:
                edges.append(((previous, step), free))
            previous, free, broken = step, True, False
    if not broken and (found.finished_at is not None or free):
        edges.append(((previous, end), free))
    return edges


def _in_table_order(found: DossierResult) -> list[tuple[int, str]]:
    """Return the (step, "done", "skipped" or "excused") of the run; steps beside each other stand as in the table.

    So a branch that was done first is not drawn as if the other had been passed over; nor is a step that was done, but
    out of order: the ways and the questions say so.
    """
    run: list[tuple[int, str]] = []
    ahead = excused(found)
    moved = {move.label for move in found.moves if move.kind == "extra"}
    for index, move in enumerate(found.moves):
        if move.kind == "extra" or move.label is None:
            continue
        place = len(run)
        while (
            place and run[place - 1][0] > move.label and found.model.automaton.concurrent(run[place - 1][0], move.label)
        ):
            place -= 1
        done = move.kind == "sync" or move.label in moved
        run.insert(place, (move.label, "done" if done else "excused" if index in ahead else "skipped"))
    return run


def step_times(model: Model, found: Sequence[DossierResult]) -> list[list[float]]:
    """Return the times of the visits of each step, each on its own clock, in the unit of `timing_unit`."""
    shown = timing_unit(model)
    units = [step.time.unit if step.time else shown for step in model.steps]
    shares = [float(share_of(shown, unit)) for unit in units]
    times: list[list[float]] = [[] for _ in model.steps]
    for one in found:
        for visit, minutes in zip(one.visits, one.minutes, strict=True):
            at = visit.step
            times[at].append(_time_of(visit, minutes, units[at], one) * shares[at])
    return times


def _time_of(visit: Visit, minutes: float, unit: TimeUnit, found: DossierResult) -> float:
    """Return the time of `visit` in `unit`, pauses out: from its working minutes where they tell it."""
    if length := working_unit(unit, found.calendar):
        return minutes * MINUTE / length
    return _amount(visit.enabled_at, visit, unit, found)


def _amount(since: datetime, last: Visit, unit: TimeUnit, found: DossierResult) -> float:
    clock = TimeUnit.WORKING_DAY if unit is TimeUnit.SAME_WORKING_DAY else unit
    return float(step_amount(since, last.completed_at, clock, found.calendar, found.pauses))


def budgets(model: Model) -> dict[str, list[int]]:
    """Return the steps that share each budget, in the order of the table."""
    shared: dict[str, list[int]] = {}
    for index, step in enumerate(model.steps):
        if step.budget:
            shared.setdefault(step.budget, []).append(index)
    return shared


def budget_times(model: Model, found: Sequence[DossierResult]) -> dict[str, list[float]]:
    """Return how long each round of each shared budget took, in the unit of `timing_unit`."""
    shown = timing_unit(model)
    times: dict[str, list[float]] = {name: [] for name in budgets(model)}
    for one in found:
        for span in measured(model, one.visits):
            if name := model.steps[span.last.step].budget:
                unit = span.limit.unit
                times[name].append(_amount(span.enabled_at, span.last, unit, one) * float(share_of(shown, unit)))
    return times


def norm_of(model: Model, index: int) -> Limit | None:
    """Return the norm that holds for a step: its own, or the one of its shared budget."""
    step = model.steps[index]
    shared = budgets(model).get(step.budget, [])
    return step.time or next((limit for each in shared if (limit := model.steps[each].time)), None)


def bare_number(key: str) -> str:
    """Return the number of a step where the word is said already: "8" of "Bước 8"."""
    return re.sub(r"^(bước|step)\s+(?=\S)", "", key, flags=re.IGNORECASE)


def group_name(model: Model, steps: Sequence[int]) -> str:
    """Return "B6–B8", "Bước 6–8" for steps that follow each other, else "B6, B9"; "" for one alone."""
    keys = [model.keys[index] for index in steps]
    if len(keys) < 2:
        return ""
    return f"{keys[0]}–{bare_number(keys[-1])}" if steps[-1] - steps[0] == len(steps) - 1 else ", ".join(keys)


def timings(model: Model, found: Sequence[DossierResult], language: str) -> tuple[StepTiming, ...]:
    """Return what stands under each step: its median against its norm; for a shared budget once, under its last."""
    spent, together, groups = step_times(model, found), budget_times(model, found), budgets(model)

    def timing(index: int) -> StepTiming:
        limit, steps = norm_of(model, index), groups.get(model.steps[index].budget, [index])
        if limit is None or index != steps[-1]:
            return StepTiming()
        times = together.get(model.steps[index].budget, spent[index])
        amount, middle = (
            float(limit.amount * share_of(timing_unit(model), limit.unit)),
            median(times) if times else None,
        )
        name = group_name(model, steps)
        return StepTiming(middle, amount, f"{name}: " * bool(name) + timing_words(middle, amount, language))

    return tuple(timing(index) for index in range(len(model.steps)))


def timing_words(middle: float | None, limit: float, language: str) -> str:
    """Return a median beside its limit: "0,56 / 1"; "–" for a step that was not done."""
    took = "–" if middle is None else number(round(middle, 2), language=language)
    return f"{took} / {number(round(limit, 2), language=language)}"


def timing_unit(model: Model) -> TimeUnit:
    """Return the one unit in which the flow of `model` shows times, so that its bars can be compared.

    The unit that all steps share; otherwise days: working days where any step runs in working time or none has a limit.
    """
    units = {step.time.unit for step in model.steps if step.time is not None}
    if len(units) == 1:
        return units.pop()
    return TimeUnit.WORKING_DAY if units & {*WORKING_UNITS} or not units else TimeUnit.CALENDAR_DAY


def share_of(unit: TimeUnit, of: TimeUnit) -> Fraction:
    """Return what one `of` is in `unit`: 8 working hours or 24 hours of the clock are a day."""
    if unit is of or of in _DAYS:
        return Fraction(1)
    return Fraction(1, 24) if of is TimeUnit.HOUR else written_minutes(Limit(Fraction(1), of)) / MINUTES_PER_WRITTEN_DAY
