"""A written procedure meets real dossiers: is it on time, was it followed, where and by how much not."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chuan.checking.clock import is_clock_event
from chuan.checking.judge import Explained, Judge, Terms
from chuan.checking.matching import How, Match, Row
from chuan.checking.notes import notes_of
from chuan.checking.notes import service_key as service_key
from chuan.checking.result import (
    CheckResult,
    DossierResult,
    StepResult,
    SubjectResult,
    Understood,
    UnderstoodState,
)
from chuan.checking.subjects import Subject, Total
from chuan.reading.eventlogs import Kinds
from chuan.rules.conformance import Alignment, align, cheapest_run
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.eventlog import Dossier, Event, EventKind, EventLog
from chuan.rules.workdays import Calendar
from chuan.text.messages import BadInput
from chuan.text.vietnamese import fold_words

Progress = Callable[[int, int], None]
Work = tuple[tuple[int, Event], ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How to check. `steps`, `positions` and `kinds` are the user's mapping: words of the log -> step number or title
    (None: left out, not counted), -> position as in the procedure, -> kind of state. `by_service`: a single procedure,
    too, receives only the dossiers of its own service (a folder was given), where log and procedure name it.
    `settled` is the time promised for just these dossiers, where it is not that of the text; `tells_results`: the
    source says when each result was ready, so that none is concluded from the last step. `holders` are the positions to
    which the agency gave what procedures give to a role: role -> position (folded words)."""

    calendar: Calendar
    as_of: datetime | None = None
    counting: Counting = Counting.DAYS
    supplement: PauseRule = PauseRule.RESTART
    steps: Mapping[str, str | None] = field(default_factory=dict)
    positions: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, EventKind] = field(default_factory=dict)
    by_service: bool = False
    settled: Total | None = None
    tells_results: bool = False
    holders: Mapping[str, str] = field(default_factory=dict)


def check(
    subjects: Sequence[Subject], log: EventLog, options: Options, progress: Progress | None = None
) -> CheckResult:
    """Judge every dossier of `log` against its procedure.

    With several subjects, dossiers go to them by service code. Raises BadInput when nothing can be judged.
    """
    if not log.dossiers:
        raise BadInput("checking.nothing_to_judge", name=log.source)
    groups, homeless = _by_subject(subjects, log, by_service=options.by_service)
    as_of = options.as_of or last_moment(log)
    terms = Terms(
        calendar=options.calendar,
        as_of=as_of,
        counting=options.counting,
        supplement=options.supplement,
        positions=folded(options.positions),
        whole_days=log.whole_days,
        kinds=Kinds(options.kinds),
        settled=options.settled,
        tells_results=options.tells_results,
        holders=options.holders,
    )
    judges_steps = "steps" in log.recorded
    found: list[SubjectResult] = []
    for subject, dossiers in groups:
        if dossiers or len(groups) == 1:
            one = _Checker(subject, options.steps, terms, judges_steps)
            found.append(one.check(dossiers, progress))
    notes = tuple(notes_of(subjects, found, log, options.calendar, as_of))
    return CheckResult(
        subjects=tuple(found),
        log=log,
        as_of=as_of,
        calendar=_calendar(options.calendar),
        counting=str(options.counting),
        homeless=homeless,
        states=tuple(_states(log, terms.kinds)),
        notes=notes,
    )


def _states(log: EventLog, kinds: Kinds) -> Iterator[UnderstoodState]:
    """Yield what the source's words for states mean: those of whole dossiers and those that turn the clock."""
    events = (event for one in log.dossiers for event in one.events)
    counts = Counter((event.activity, str(event.kind)) for event in events if is_clock_event(event))
    statuses = Counter(one.status for one in log.dossiers if one.status)
    counts.update({(words, str(kinds.of_state(words) or "")): count for words, count in statuses.items()})
    for (words, kind), count in sorted(counts.items()):
        yield UnderstoodState(words, kind, count)


def folded(positions: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping of positions as `Terms` takes it: by folded words."""
    return {fold_words(said): position for said, position in positions.items()}


def _by_subject(
    subjects: Sequence[Subject], log: EventLog, *, by_service: bool
) -> tuple[list[tuple[Subject, list[Dossier]]], tuple[Dossier, ...]]:
    names_services = any(dossier.service_code for dossier in log.dossiers)
    if len(subjects) == 1 and not (by_service and names_services and subjects[0].service_code):
        return [(subjects[0], list(log.dossiers))], ()
    if not names_services:
        raise BadInput("checking.no_service_code", procedures=len(subjects))
    groups: dict[str, tuple[Subject, list[Dossier]]] = {
        service_key(subject.service_code): (subject, []) for subject in reversed(subjects) if subject.service_code
    }
    homeless: list[Dossier] = []
    for dossier in log.dossiers:
        home = groups.get(service_key(dossier.service_code))
        if home:
            home[1].append(dossier)
        else:
            homeless.append(dossier)
    ordered = [group for subject in subjects for group in groups.values() if group[0] is subject]
    if not any(dossiers for _, dossiers in ordered):
        raise BadInput("checking.no_common_service", codes=", ".join(_codes(homeless)[:5]))
    return ordered, tuple(homeless)


def _codes(dossiers: Sequence[Dossier]) -> list[str]:
    return sorted({dossier.service_code for dossier in dossiers} - {""})


def last_moment(log: EventLog) -> datetime | None:
    """Return the last moment that `log` tells of what was done: open dossiers are judged there."""
    moments = (
        moment
        for one in log.dossiers
        for moment in (*(event.at for event in one.events[-1:]), one.received_at, one.finished_at, one.returned_at)
        if moment is not None
    )
    return max(moments, default=None)


def _calendar(calendar: Calendar) -> str:
    return f"{calendar.name} {calendar.version}".strip()


class _Checker:
    """One subject against its dossiers: matches words once, aligns each distinct way once."""

    def __init__(self, subject: Subject, steps: Mapping[str, str | None], terms: Terms, judges_steps: bool) -> None:
        self._subject = subject
        self._judge = Judge(subject, terms)
        self._judges_steps = judges_steps
        self._matchers = [model.matcher(steps, by_label=not subject.clock_words) for model in subject.models]
        self._cheapest = [cheapest_run(model.automaton) for model in subject.models]
        self._rows: Counter[Row] = Counter()
        self._left_out: Counter[Row] = Counter()

    def check(self, dossiers: Sequence[Dossier], progress: Progress | None) -> SubjectResult:
        """Return all that was found of `dossiers`."""
        works = [self._work(dossier) for dossier in dossiers] if self._judges_steps else [()] * len(dossiers)
        ways = [tuple(_row(event) for _, event in work) for work in works]
        best = self._explain(sorted(set(ways), key=_order)) if self._judges_steps else {}
        found: list[DossierResult] = []
        for done, (dossier, work, way) in enumerate(zip(dossiers, works, ways, strict=True), start=1):
            explained = self._explained(best[way], work) if self._judges_steps else None
            found.append(self._judge.verdict(dossier, explained))
            if progress and done % 1000 == 0:
                progress(done, len(dossiers))
        for way in ways:
            self._rows.update(way)
        events = sum(len(dossier.events) for dossier in dossiers)
        return SubjectResult(
            subject=self._subject,
            dossiers=tuple(found),
            understood=tuple(self._understood()),
            steps=steps_of(self._subject, found) if self._judges_steps else (),
            not_recorded=self._not_recorded(),
            events=events,
            clock_events=events - sum(len(work) for work in works) - self._left_out.total(),
            variants=len({tuple(row.activity for row in way) for way in ways}) if self._judges_steps else 0,
        )

    def _work(self, dossier: Dossier) -> Work:
        """Return the events that align: all of a bare model; of a procedure those that are no turn of the clock."""
        work = tuple((index, event) for index, event in enumerate(dossier.events) if self._is_work(event))
        self._left_out.update(_row(event) for _, event in work if self._is_left_out(_row(event)))
        return tuple((index, event) for index, event in work if _row(event) not in self._left_out)

    def _is_left_out(self, row: Row) -> bool:
        return any(matcher.match(row).how is How.LEFT_OUT for matcher in self._matchers)

    def _is_work(self, event: Event) -> bool:
        if not self._subject.clock_words or not is_clock_event(event):
            return True
        return any(matcher.names_a_step(_row(event)) for matcher in self._matchers)

    def _explain(self, ways: Sequence[tuple[Row, ...]]) -> dict[tuple[Row, ...], tuple[int, Alignment]]:
        """Return for each distinct way the cheapest model (the first of equals) and its alignment."""
        best: dict[tuple[Row, ...], tuple[int, Alignment]] = {}
        for number, (model, matcher) in enumerate(zip(self._subject.models, self._matchers, strict=True)):
            traces = [tuple(matcher.match(row).steps for row in way) for way in ways]
            for way, alignment in zip(ways, align(model.automaton, traces), strict=True):
                if way not in best or alignment.cost < best[way][1].cost:
                    best[way] = (number, alignment)
        return best

    def _explained(self, best: tuple[int, Alignment], work: Work) -> Explained:
        number, alignment = best
        return Explained(self._subject.models[number], alignment, self._cheapest[number], work)

    def _understood(self) -> list[Understood]:
        rows = sorted((self._rows + self._left_out).items(), key=lambda item: (item[0].number, item[0].activity))
        return [self._understand(row, count) for row, count in rows]

    def _understand(self, row: Row, count: int) -> Understood:
        number, match = self._first_match(row)
        keys = self._subject.models[number].keys
        disagrees = keys[match.disagrees] if match.disagrees >= 0 else ""
        steps = tuple(keys[step] for step in match.steps)
        return Understood(row.activity, row.number, steps, match.how, disagrees, count)

    def _first_match(self, row: Row) -> tuple[int, Match]:
        matches = [(number, matcher.match(row)) for number, matcher in enumerate(self._matchers)]
        return next((found for found in matches if found[1].steps), matches[0])

    def _not_recorded(self) -> tuple[str, ...]:
        """Return the keys of steps that no row of the whole log can mean, in the order of the procedure."""
        if not self._judges_steps:
            return ()
        absent: dict[str, None] = {}
        for model, matcher in zip(self._subject.models, self._matchers, strict=True):
            seen = {step for row in self._rows for step in matcher.match(row).steps}
            absent |= {key: None for index, key in enumerate(model.keys) if index not in seen}
        return tuple(absent)


def _row(event: Event) -> Row:
    return Row(event.activity, event.number)


def _order(way: tuple[Row, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((row.activity, row.number) for row in way)


def steps_of(subject: Subject, found: Sequence[DossierResult]) -> tuple[StepResult, ...]:
    """Return the visits of each step of `subject` in `found`, in the order of the procedure."""
    over: Counter[tuple[int, int]] = Counter()
    minutes: dict[tuple[int, int], list[float]] = {}
    for one in found:
        step_at = {visit.event: visit.step for visit in one.visits}
        exceeded = (each.event for each in one.deviations if each.kind == "over_limit" and each.event is not None)
        over.update((id(one.model), step_at[event]) for event in exceeded)
        for visit, spent in zip(one.visits, one.minutes, strict=True):
            minutes.setdefault((id(one.model), visit.step), []).append(spent)
    return tuple(
        StepResult(model, index, tuple(minutes.get((id(model), index), ())), over[id(model), index])
        for model in subject.models
        for index in range(len(model.steps))
    )
