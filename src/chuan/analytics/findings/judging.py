"""The dossiers of a version judged, each by the calendar that its agency had when it was received."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from chuan.analytics.findings.computing import judge, recorded
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.stored import restored
from chuan.checking import clock
from chuan.checking.check import Options
from chuan.checking.result import CheckResult
from chuan.checking.subjects import from_procedure
from chuan.norms.holidays.queries import calendars_of
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.content import structure
from chuan.reading.eventlogs import mapping_from
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.eventlog import Dossier
from chuan.rules.workdays import Calendar

Pair = tuple[LoggedDossier, Dossier]


def dossier_of(row: LoggedDossier) -> Dossier:
    """Return the dossier as the check wants it."""
    return restored(row.code, row.service_code, row.facts, row.events)


def received_on(dossier: Dossier) -> date:
    """Return the day of reception; without one the last day of all, on which the newest of everything holds."""
    moment = clock.received(dossier, dossier.events).at
    return moment.date() if moment else date.max


def options_of(source: LogSource, procedure: Procedure, calendar: Calendar) -> Options:
    """Return how `procedure` judges dossiers of `source`; open ones at the last moment that its files tell of."""
    mapping = mapping_from(source.mapping)
    return Options(
        calendar=calendar,
        as_of=timezone.localtime(source.recorded_until) if source.recorded_until else None,
        counting=Counting(source.counting),
        supplement=PauseRule(source.supplement),
        steps={**mapping.steps, **source.step_names.get(procedure.key, {})},
        positions=mapping.positions,
        kinds=mapping.kinds,
    )


def judged(
    version: ProcedureVersion, rows: Sequence[LoggedDossier]
) -> Iterator[tuple[list[LoggedDossier], CheckResult]]:
    """Yield the dossiers of each source and calendar with their result, in the same order."""
    subject = from_procedure(structure(version))
    for source, pairs in _by_source(rows):
        shown = recorded(dossier for _row, dossier in pairs)
        for calendar, group in _by_calendar(source, pairs):
            result = judge(
                subject, [dossier for _row, dossier in group], options_of(source, version.procedure, calendar), shown
            )
            yield [row for row, _dossier in group], result


def _by_source(rows: Sequence[LoggedDossier]) -> list[tuple[LogSource, list[Pair]]]:
    groups: dict[int, tuple[LogSource, list[Pair]]] = {}
    for row in rows:
        groups.setdefault(row.source_id, (row.source, []))[1].append((row, dossier_of(row)))
    return list(groups.values())


def _by_calendar(source: LogSource, pairs: Sequence[Pair]) -> list[tuple[Calendar, list[Pair]]]:
    calendar_on = calendars_of(source.agency)
    groups: dict[tuple[str, str], tuple[Calendar, list[Pair]]] = {}
    for row, dossier in pairs:
        calendar = calendar_on(received_on(dossier))
        groups.setdefault((calendar.name, calendar.version), (calendar, []))[1].append((row, dossier))
    return list(groups.values())
