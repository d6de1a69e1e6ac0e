"""What was done of each step in each week (StepWeek.content), gathered while dossiers are judged, so no page does."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeAlias

from chuan.checking.pace import waited_minutes
from chuan.checking.result import DossierResult
from chuan.checking.subjects import Model
from chuan.checking.visits import Visit
from chuan.rules.deadlines import working_unit
from chuan.rules.workdays import Calendar, as_local
from chuan.rules.workdays.calendar import MINUTE

Done: TypeAlias = list[float | int | None]
PLACES = 1
"""Decimals of the minutes kept: six seconds."""


class Weeks:
    """The visits of dossiers by week, variant and step."""

    def __init__(self) -> None:
        self._found: dict[date, dict[tuple[str, str], dict[str, Any]]] = {}

    def add(self, found: Iterable[tuple[int, DossierResult]]) -> None:
        """Take in the visits of dossiers, each with the number of its row."""
        for number, one in found:
            over = {each.event for each in one.deviations if each.kind == "over_limit"}
            for visit, minutes in zip(one.visits, one.minutes, strict=True):
                day = as_local(visit.completed_at).date()
                spent = round(minutes, PLACES)
                done: Done = [number, day.weekday(), spent, _waited(visit, one, spent), int(visit.event in over)]
                self._step(day - timedelta(days=day.weekday()), visit.step, one)["done"].append(done)

    def _step(self, week: date, index: int, one: DossierResult) -> dict[str, Any]:
        key = one.model.keys[index]
        steps = self._found.setdefault(week, {})
        if (step := steps.get((one.model.name, key))) is None:
            limit = limit_minutes(one.model, index, one.calendar)
            step = {"variant": one.model.name, "step": key, "limit": limit, "done": []}
            steps[one.model.name, key] = step
        return step

    def contents(self) -> Iterator[tuple[date, list[dict[str, Any]]]]:
        """Yield (Monday, content) of each week, in time order."""
        for week, steps in sorted(self._found.items()):
            yield week, [steps[key] for key in sorted(steps)]


def limit_minutes(model: Model, index: int, calendar: Calendar) -> float | None:
    """Return the limit of a step by itself in working minutes; None for one without, one that shares a budget, and one
    whose clock runs on without work."""
    step = model.steps[index]
    if not step.counted or step.budget or step.time is None:
        return None
    unit = working_unit(step.time.unit, calendar)
    return round(float(step.time.amount * unit / MINUTE), PLACES) if unit else None


def _waited(visit: Visit, one: DossierResult, spent: float) -> float | None:
    """Return the minutes before work on a step began, at most all of its time; None where the source does not say, or
    contradicts itself."""
    began = one.dossier.events[visit.event].started_at
    if began is None or began > visit.completed_at or {"at", "started_at"} & one.dossier.whole_days:
        return None
    return min(round(waited_minutes(visit.enabled_at, max(began, visit.enabled_at), one), PLACES), spent)
