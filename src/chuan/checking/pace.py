"""The pace of a dossier's steps: the slowest of them against its limit."""

from datetime import datetime

from chuan.checking import days
from chuan.checking.result import DossierResult
from chuan.checking.visits import Measured, measured
from chuan.rules.deadlines import step_amount, step_elapsed, working_unit
from chuan.rules.eventlog import EventKind
from chuan.rules.procedure.structure import TimeUnit
from chuan.rules.workdays.calendar import MINUTE

SHORTER, EQUAL, LONGER = "shorter", "equal", "longer"
"""All steps with a limit took less; none took more, one took just its limit; one took more."""


def pace(found: DossierResult) -> str:
    """Return the pace of `found`, "" where no step with a limit was done. A day without a time of day is a whole day:
    a step that was done on the last day it may take has taken just its limit."""
    if any(one.kind == "over_limit" for one in found.deviations):
        return LONGER
    spent = {visit.event: minutes for visit, minutes in zip(found.visits, found.minutes, strict=True)}
    judged = [_takes_all(span, found, spent[span.last.event]) for span in measured(found.model, found.visits)]
    return (EQUAL if any(judged) else SHORTER) if judged else ""


def _takes_all(span: Measured, found: DossierResult, minutes: float) -> bool:
    """Whether a span that is within its limit took all of it; `minutes` are the working minutes of its last visit."""
    last, limit = span.last, span.limit
    if "at" in found.dossier.whole_days:
        return last.completed_at.date() >= days.last_day(
            span.enabled_at, last.completed_at, limit, found.calendar, found.pauses
        )
    unit = working_unit(limit.unit, found.calendar)
    if unit and span.enabled_at == last.enabled_at:  # the calendar was asked already
        return round(minutes * MINUTE) * limit.amount.denominator >= limit.amount.numerator * unit
    if limit.unit is TimeUnit.SAME_WORKING_DAY:
        return False  # such work has a day, not an amount: within it, it is in hand
    return step_amount(span.enabled_at, last.completed_at, limit.unit, found.calendar, found.pauses) >= limit.amount


def worked_seconds(found: DossierResult) -> int | None:
    """Return the working time from reception to result, pauses out; None without the one or the other, or when the
    result is dated before the reception, or the dossier was broken off."""
    start, end = found.received_at, found.finished_at
    if start is None or end is None or end < start or found.reason == "broken_off":
        return None
    return int(step_elapsed(start, end, found.calendar, found.pauses).total_seconds())


def waited_minutes(enabled: datetime, started: datetime, found: DossierResult) -> float:
    """Return the working minutes between when a step could begin and when work on it began, pauses out."""
    return step_elapsed(enabled, started, found.calendar, found.pauses).total_seconds() / 60


def supplements(found: DossierResult) -> int:
    """Return how often the citizen was asked to complete the dossier, as far as its source records it."""
    return sum(event.kind is EventKind.SUPPLEMENT for event in found.dossier.events)
