"""What a reader of the results must be told once: what the source does not show, and what was decided on the way."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from chuan.checking.matching import How
from chuan.checking.report import figures
from chuan.checking.result import SubjectResult, excused
from chuan.checking.subjects import Subject
from chuan.rules.eventlog import Dossier, EventLog
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import Calendar
from chuan.text.messages import Message, message
from chuan.text.numbers import number


def service_key(code: str) -> str:
    """Return the national part of a service code: 1.013225.H61 and 1.013225 name the same service."""
    return ".".join(code.strip().split(".")[:2])


def notes_of(
    subjects: Sequence[Subject],
    found: Sequence[SubjectResult],
    log: EventLog,
    calendar: Calendar,
    as_of: datetime | None,
) -> Iterator[Message]:
    """Yield the notes on a whole check of which `as_of` is the moment that open dossiers were judged at."""
    yield from _on_later_moments(log, as_of)
    if "steps" in log.recorded:
        yield from _on_steps(found, log)
    else:
        yield message("checking.no_steps_recorded")
    if any(model.total.source == "sum_of_steps" for one in found for model in one.subject.models):
        yield message("checking.due_from_sum")
    for one in found:
        yield from _on_promise(one)
    yield from _on_services(subjects, found)
    yield from _on_other_services(found)
    yield from _on_years(found, calendar)


def _on_later_moments(log: EventLog, as_of: datetime | None) -> Iterator[Message]:
    """A moment that was asked for and lies before what the log tells is mostly a slip of the pen."""
    later = sum(
        as_of is not None and moment is not None and moment > as_of for moment in map(_last_moment, log.dossiers)
    )
    if later and as_of is not None:
        yield message("checking.as_of_is_early", as_of=f"{as_of:%H:%M %d/%m/%Y}", count=later)


def _last_moment(dossier: Dossier) -> datetime | None:
    """Return the last moment that is told of what was done."""
    told = (event.at for event in dossier.events[-1:])
    moments = (*told, dossier.received_at, dossier.finished_at, dossier.returned_at)
    return max((moment for moment in moments if moment is not None), default=None)


def _on_steps(found: Sequence[SubjectResult], log: EventLog) -> Iterator[Message]:
    absent = [key for one in found for key in _missed(one)]
    left_out = [row for one in found for row in one.understood if row.how is How.LEFT_OUT]
    if left_out:
        words = ", ".join(f"“{name}”" for name in dict.fromkeys(row.activity for row in left_out))
        yield message("checking.left_out", words=words, count=sum(row.events for row in left_out))
    if not any(row.steps for one in found for row in one.understood):
        yield message("checking.nothing_matches")
    elif absent:
        yield message("checking.steps_not_recorded", steps=", ".join(dict.fromkeys(absent)))
    if "position" not in log.recorded:
        yield message("checking.no_position_recorded")


def _missed(found: SubjectResult) -> list[str]:
    """Return the steps that the whole log never shows and that some dossier should have come to."""
    if not found.not_recorded:
        return []
    missed: set[str] = set()
    for one in found.dossiers:
        ahead = excused(one)
        came = ((place, move) for place, move in enumerate(one.moves) if move.kind == "skip" and move.label is not None)
        missed |= {
            one.model.keys[move.label or 0] for place, move in came if ahead.get(place) in (None, "after_result")
        }
    return [key for key in found.not_recorded if key in missed]


def _on_promise(found: SubjectResult) -> Iterator[Message]:
    """The published time and the totals of the tables contradict each other: both are told, with what each says."""
    promise, totals = found.subject.promise, {model.total.limit for model in found.subject.models}
    if promise is None:
        return
    share, said = figures.kept_promise(found.dossiers), [limit for limit in totals if limit is not None]
    for limit in sorted(said, key=lambda limit: limit.amount):
        values = {"part": share.part, "whole": share.whole, "promise": _words(promise), "total": _words(limit)}
        yield Message("checking.promise_contradicted", values)


def _words(limit: Limit) -> Message:
    return message(f"report.limit_{limit.unit}", amount=number(float(limit.amount)))


def _on_services(subjects: Sequence[Subject], found: Sequence[SubjectResult]) -> Iterator[Message]:
    if len(subjects) == 1:
        return
    codes: dict[str, list[Subject]] = {}
    for subject in subjects:
        codes.setdefault(service_key(subject.service_code), []).append(subject)
    for code, same in sorted(codes.items()):
        if not code:
            yield message("checking.without_service_code", names="; ".join(map(_named, same)))
        elif len(same) > 1:
            others = "; ".join(map(_named, same[1:]))
            yield message("checking.same_service_code", code=code, name=_named(same[0]), others=others)
    judged = {id(one.subject) for one in found}
    idle = [same[0] for code, same in codes.items() if code and id(same[0]) not in judged]
    if idle:
        yield message("checking.without_dossiers", count=len(idle), names="; ".join(map(_named, idle)))


def _named(subject: Subject) -> str:
    """Return the name of a procedure with its file: several files may bear one name."""
    return f"{subject.name} ({subject.file})" if subject.file else subject.name


def _on_other_services(found: Sequence[SubjectResult]) -> Iterator[Message]:
    """A single procedure was compared with all dossiers, also those that name another service."""
    for one in found:
        own = service_key(one.subject.service_code)
        codes = Counter(each.dossier.service_code for each in one.dossiers)
        others = sum(count for code, count in codes.items() if service_key(code) not in ("", own))
        if own and others:
            yield message("checking.other_services", count=others, code=own)


def _on_years(found: Sequence[SubjectResult], calendar: Calendar) -> Iterator[Message]:
    """A year whose holidays the calendar does not carry is counted by the ordinary week: never silently."""
    moments = (moment for subject in found for one in subject.dossiers for moment in (one.received_at, one.finished_at))
    days = {moment.date() for moment in moments if moment is not None}
    years = sorted({day.year for day in days if not calendar.knows(day)})
    if years:
        yield message("checking.days_outside_calendar", calendar=calendar.name, years=", ".join(map(str, years)))
