"""The verdict on one dossier: in time or not, and every place where it went another way, each with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chuan.checking import clock, days
from chuan.checking.dues import Dues
from chuan.checking.positions import is_wrong_position
from chuan.checking.result import Deviation, DossierResult
from chuan.checking.subjects import Model, Subject, Total
from chuan.checking.visits import Measured, Visit, measured, visits
from chuan.reading.eventlogs import Kinds
from chuan.rules.conformance import Alignment, deviations, fitness
from chuan.rules.deadlines import (
    Counting,
    Pause,
    PauseRule,
    Punctuality,
    classify,
    step_elapsed,
    step_exceeds,
    takes_longer,
    working_unit,
)
from chuan.rules.eventlog import Dossier, Event, EventKind
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import Calendar
from chuan.text.vietnamese import fold_words

_MINUTE = timedelta(minutes=1)
_ENDS = frozenset({"at", "finished_at", "returned_at"})
"""Facts that say when a dossier was done."""


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a dossier is judged. `positions` maps words of the log to positions of the procedure (folded words);
    `whole_days` as in EventLog; `kinds` reads the source's own states; `holders`, `settled` and
    `tells_results` as in Options."""

    calendar: Calendar
    as_of: datetime | None
    counting: Counting = Counting.DAYS
    supplement: PauseRule = PauseRule.RESTART
    positions: dict[str, str] = field(default_factory=dict)
    whole_days: frozenset[str] = frozenset()
    kinds: Kinds = field(default_factory=Kinds)
    holders: Mapping[str, str] = field(default_factory=dict)
    settled: Total | None = None
    tells_results: bool = False

    def of(self, dossier: Dossier) -> frozenset[str]:
        """Return the facts of `dossier` that are days without a time of day."""
        return self.whole_days | dossier.whole_days if dossier.whole_days else self.whole_days

    def holds(self, position: str | None, role: str) -> bool:
        """Return whether the agency lets `position` do what the procedure gives to `role`."""
        return bool(position and self.holders) and self.holders.get(fold_words(role)) == fold_words(position or "")

    def dues(self, limit: Limit | None) -> Dues:
        """Return what tells when `limit` ends."""
        return Dues(limit, self.calendar, self.counting, self.as_of)


@dataclass(frozen=True, slots=True)
class Explained:
    """How a model explains a dossier: the alignment of its work events, which are (index in the dossier, event)."""

    model: Model
    alignment: Alignment
    cheapest: int
    work: tuple[tuple[int, Event], ...]


class Judge:
    """Gives the verdict on each dossier of `subject` by the same `terms`."""

    def __init__(self, subject: Subject, terms: Terms) -> None:
        self._subject = subject
        self._terms = terms
        self._committed = {id(model): terms.dues((terms.settled or model.total).limit) for model in subject.models}
        self._legal = terms.dues(subject.legal)
        self._promised = terms.dues(subject.promise)

    def verdict(self, dossier: Dossier, explained: Explained | None) -> DossierResult:
        """`explained` is None when the source records no steps: conformance is then not judged."""
        terms, events = self._terms, dossier.events
        whole = terms.of(dossier)
        model = explained.model if explained else self._subject.models[0]
        start = clock.received(dossier, events, model.steps)
        by_day = ("received_at" if start.source == "column" else "at") in whole
        waits = clock.pauses(events, terms.supplement)
        steps_by_day = "at" in whole
        began = days.midnight(start.at) if start.at and steps_by_day else start.at
        done = _visits(explained, began) if explained and began else ()
        worked = {one.event: step_elapsed(one.enabled_at, one.completed_at, terms.calendar, waits) for one in done}
        finished = clock.result_ready(dossier, events)
        if finished is None and not terms.tells_results:
            finished = _last_counted(explained, done)
        moving = clock.until_ready(waits, finished)
        committed_at = self._committed[id(model)].at(start.at, moving, by_day=by_day)
        told = terms.kinds.of_state(dossier.status) if dossier.status else None
        moments = _Moments(start.at, committed_at, finished, terms.as_of)
        written_by_day = by_day or bool(whole & _ENDS)
        state, reason = _state(dossier, moments, told, waits, by_day=written_by_day, steps=explained is not None)
        deviations = _deviations(explained, done, worked, waits, terms, by_day=steps_by_day) if explained else ()
        return DossierResult(
            dossier=dossier,
            model=model,
            calendar=terms.calendar,
            state=str(state),
            reason=reason,
            received_at=start.at,
            received_from=start.source,
            due_at=committed_at,
            legal_due_at=self._legal.at(start.at, moving, by_day=by_day),
            finished_at=finished,
            pauses=waits,
            fitness=_fitness(explained),
            cost=explained.alignment.cost if explained else 0,
            aligned=tuple(index for index, _ in explained.work) if explained else (),
            moves=explained.alignment.moves if explained else (),
            visits=done,
            deviations=tuple(deviations),
            minutes=tuple([time / _MINUTE for time in worked.values()]),
            kept_promise=self._kept_promise(dossier, start.at, moving, finished, by_day=by_day),
            cut_short=told in clock.ENDS_EARLY or clock.ended_early(events),
            collected=clock.collected(dossier, events) is not None,
            settled=terms.settled,
        )

    def _kept_promise(
        self, dossier: Dossier, start: datetime | None, waits: tuple[Pause, ...], done: datetime | None, *, by_day: bool
    ) -> bool | None:
        """Return whether the published time was kept, so far; None where it is the due time anyway, or unknown."""
        due = self._promised.at(start, waits, by_day=by_day)
        if due is None:
            return None
        until = done or clock.collected(dossier, dossier.events) or self._terms.as_of
        return None if until is None else until <= due


@dataclass(frozen=True, slots=True)
class _Moments:
    """What a state is told from."""

    start: datetime | None
    due: datetime | None
    finished: datetime | None
    as_of: datetime | None


def _visits(explained: Explained, start: datetime) -> tuple[Visit, ...]:
    completions = [(index, event.at) for index, event in explained.work]
    return visits(explained.model, explained.alignment.moves, completions, start)


def _fitness(explained: Explained | None) -> float | None:
    if explained is None:
        return None
    return fitness(explained.alignment.cost, len(explained.work), explained.cheapest)


def _state(
    dossier: Dossier, moments: _Moments, told: EventKind | None, waits: Sequence[Pause], *, by_day: bool, steps: bool
) -> tuple[Punctuality, str]:
    """Return how timely the dossier is, and if that is not judged, why (`result.REASONS`).

    `by_day`: the source writes days. One without a time is midnight, hence in time on the whole of the due day; so is
    an open dossier of such a source. `told` is the source's own status: it has no moment, so that a dossier that it
    calls over, or waiting for the citizen since nobody knows when, is not called late. Where `steps` are recorded,
    "Hoàn thành" may be said of the last row only; a refusal never is.
    """
    start, due = moments.start, moments.due
    if told in clock.ENDS_WITHOUT_RESULT or clock.ended_without_result(dossier.events):
        return Punctuality.NOT_JUDGED, "broken_off"
    if start is None:
        return Punctuality.NOT_JUDGED, "no_reception"
    if due is None:
        return Punctuality.NOT_JUDGED, "no_limit"
    finished = moments.finished or clock.collected(dossier, dossier.events)
    if finished is not None and moments.finished is None and finished > due:
        return Punctuality.NOT_JUDGED, "collected_late"
    if finished is None and moments.as_of is None:
        return Punctuality.NOT_JUDGED, "no_moment"
    until = moments.as_of or due
    if by_day:
        start, until = days.midnight(start), days.midnight(until)
    state = classify(start, due, finished, until)
    if state is Punctuality.NOT_JUDGED:
        return state, "finished_first"
    if state not in (Punctuality.OPEN_IN_TIME, Punctuality.OPEN_LATE):
        return state, ""
    if told is EventKind.REFUSED or (told in clock.HAS_RESULT and not steps):
        return Punctuality.NOT_JUDGED, "over_undated"
    if state is Punctuality.OPEN_LATE and told in clock.OPENS and all(wait.end is not None for wait in waits):
        return Punctuality.NOT_JUDGED, "waiting"
    return state, ""


def _last_counted(explained: Explained | None, done: Sequence[Visit]) -> datetime | None:
    """Return the completion of the last counted step of the run.

    When that step was left out but a later, uncounted one was done (the result was handed over), the last counted
    step that was done stands for it; None while the run has not come so far.
    """
    if explained is None or not done:
        return None
    steps = explained.model.steps
    counted = [explained.model.is_timed(index) for index in range(len(steps))]
    run = [move for move in explained.alignment.moves if move.label is not None and move.kind in ("sync", "skip")]
    last = next((place for place in reversed(range(len(run))) if counted[run[place].label or 0]), -1)
    performed = [place for place, move in enumerate(run) if move.kind == "sync"]
    if not performed or performed[-1] < last:
        return None
    finals = [visit.completed_at for visit in done if counted[visit.step]]
    return max(finals, default=done[-1].completed_at)


def _deviations(
    explained: Explained,
    done: Sequence[Visit],
    worked: Mapping[int, timedelta],
    waits: tuple[Pause, ...],
    terms: Terms,
    *,
    by_day: bool,
) -> Iterator[Deviation]:
    model, work = explained.model, explained.work
    for one in deviations(explained.alignment.moves) if explained.alignment.cost else ():
        step = model.keys[one.label] if one.label is not None else None
        yield Deviation(str(one.kind), step, work[one.event_index][0] if one.event_index is not None else None)
    positions = {index: event.position for index, event in work}
    for visit in done:
        said = positions[visit.event]
        if said and terms.positions:
            said = terms.positions.get(fold_words(said), said)
        role = model.steps[visit.step].role
        if is_wrong_position(said, role) and not terms.holds(said, role):
            yield Deviation("wrong_position", model.keys[visit.step], visit.event)
    for span in measured(model, done):
        if _is_over(span, worked[span.last.event], waits, terms, by_day=by_day):
            yield Deviation("over_limit", model.keys[span.last.step], span.last.event)


def _is_over(span: Measured, worked: timedelta, waits: tuple[Pause, ...], terms: Terms, *, by_day: bool) -> bool:
    """Whether `span` took longer than its limit; `worked` is the working time of its last visit, pauses out."""
    last, unit = span.last, working_unit(span.limit.unit, terms.calendar)
    if unit and not by_day and span.enabled_at == last.enabled_at:  # the calendar was asked already
        return takes_longer(worked, span.limit, unit)
    exceeds = days.exceeds if by_day else step_exceeds
    return exceeds(span.enabled_at, last.completed_at, span.limit, terms.calendar, waits)
