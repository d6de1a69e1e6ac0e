"""deviations.xlsx: every deviation, every dossier, every step, every row that was kept out, as plain tables.

Steps that nobody left out (the dossier is open, was broken off, or waits for the citizen) are no deviations here.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from statistics import median

from chuan.checking import clock
from chuan.checking.report.words import Words, due_words
from chuan.checking.result import CheckResult, DossierResult, SubjectResult, left_the_way, percentile
from chuan.formats.xlsx_writing import Cell, Table, write_tables
from chuan.rules.eventlog import Dossier
from chuan.text.messages import Message

Say = Callable[[str], str]
_WIDTHS = (26, 22, 10, 44, 20, 20, 20, 14, 14, 14)


def workbook(result: CheckResult, language: str = "vi") -> bytes:
    """Return the workbook. Text that begins with "=" stays text; the bytes depend only on `result` and `language`."""
    return write_tables(
        Table(name, heading, rows, _WIDTHS[: len(heading)]) for name, heading, rows in _sheets(result, language)
    )


def _sheets(result: CheckResult, language: str) -> Iterable[tuple[str, list[str], Iterable[Sequence[Cell]]]]:
    @cache
    def say(name: str) -> str:
        return Message(f"report.{name}").text(language)

    home = "procedure service_code " if result.several else ""
    yield (
        say("sheet_deviations"),
        _heading(say, f"dossier {home}kind step title moment position row"),
        _deviations(result, say),
    )
    yield (
        say("sheet_dossiers"),
        _heading(say, f"dossier {home}state reason received due due_why legal_due source_due finished fitness cost"),
        _dossiers(result, say, Words(language)),
    )
    yield say("sheet_steps"), _heading(say, "procedure step title visits median p90 over"), _steps(result)
    yield (
        say("sheet_understood"),
        _heading(say, f"{home.partition(' ')[0]} activity number step how events".strip()),
        (
            (
                *_home(result, subject)[:1],
                row.activity,
                row.number,
                ", ".join(row.steps),
                say(f"how_{row.how}"),
                row.events,
            )
            for subject in result.subjects
            for row in subject.understood
        ),
    )
    yield (
        say("sheet_bad_rows"),
        _heading(say, "row column value reason"),
        (
            (row.row, row.column, row.value, row.reason.text(language))
            for row in (*result.log.bad_rows, *result.log.duplicates)
        ),
    )


def _heading(say: Say, names: str) -> list[str]:
    return [say(f"column_{name}") for name in names.split(" ")]


def _deviations(result: CheckResult, say: Say) -> Iterable[Sequence[Cell]]:
    for subject, found in _with_subject(result):
        if not found.deviations:
            continue
        home = _home(result, subject, found.dossier)
        titles = dict(zip(found.model.keys, (step.title for step in found.model.steps), strict=True))
        for one in left_the_way(found):
            event = found.dossier.events[one.event] if one.event is not None else None
            yield (
                found.dossier.id,
                *home,
                say(f"kind_{one.kind}"),
                one.step or "",
                titles.get(one.step or "", event.activity if event else ""),
                event.at if event else None,
                (event.position or "") if event else "",
                (event.row or None) if event else None,
            )


def _with_subject(result: CheckResult) -> Iterable[tuple[SubjectResult, DossierResult]]:
    return ((subject, found) for subject in result.subjects for found in subject.dossiers)


def _home(result: CheckResult, subject: SubjectResult | None, dossier: Dossier | None = None) -> tuple[str, ...]:
    """Return the procedure and the service code, where there are several: else rows cannot be told apart."""
    if not result.several:
        return ()
    name, code = (subject.subject.name, subject.subject.service_code) if subject else ("", "")
    return name, (dossier.service_code if dossier else "") or code


def _dossiers(result: CheckResult, say: Say, words: Words) -> Iterable[Sequence[Cell]]:
    for subject, found in _with_subject(result):
        yield found.dossier.id, *_home(result, subject, found.dossier), *_dossier(found, say, words)
    for lost in result.homeless:
        state, reason = say("state_not_judged"), say("reason_no_procedure")
        start, end = clock.received(lost, lost.events).at, clock.result_ready(lost, lost.events)
        yield (
            lost.id,
            *_home(result, None, lost),
            state,
            reason,
            start,
            None,
            "",
            None,
            lost.source_due_at,
            end,
            None,
            None,
        )


def _dossier(found: DossierResult, say: Say, words: Words) -> Sequence[Cell]:
    return (
        say(f"state_{found.state}"),
        say(f"reason_{found.reason}") if found.reason else "",
        found.received_at,
        found.due_at,
        "; ".join(due_words(found, words)),
        found.legal_due_at,
        found.dossier.source_due_at,
        found.finished_at,
        round(found.fitness, 4) if found.fitness is not None else None,
        len(left_the_way(found)) if found.deviations else 0,
    )


def _steps(result: CheckResult) -> Iterable[Sequence[Cell]]:
    return (row for subject in result.subjects for row in _subject_steps(subject))


def _subject_steps(subject: SubjectResult) -> Iterable[Sequence[Cell]]:
    for step in subject.steps:
        times = (
            (round(median(step.minutes), 2), round(percentile(step.minutes, 0.9), 2)) if step.minutes else (None, None)
        )
        key, title = step.model.keys[step.step], step.model.steps[step.step].title
        yield subject.subject.name, key, title, len(step.minutes), *times, step.over_limit
