"""The dossiers of a version judged, each by the calendar that its agency had when it was received.

The legal limit is that of the text, and where it states none that of the catalogue for the dossier's own service.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from chuan.analytics.findings.computing import judge, recorded
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.stored import restored
from chuan.checking import clock
from chuan.checking.check import Options, service_key
from chuan.checking.result import CheckResult
from chuan.checking.subjects import Subject, from_procedure
from chuan.norms.holidays.queries import calendars_of
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.content import structure
from chuan.reading.eventlogs import mapping_from
from chuan.rules.deadlines import Counting, PauseRule
from chuan.rules.eventlog import Dossier
from chuan.rules.procedure.structure import Limit
from chuan.rules.procedure.structure import Procedure as Written
from chuan.rules.workdays import Calendar
from chuan.text.messages import message

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


def catalogue_limits(version: ProcedureVersion, written: Written) -> dict[str, Limit]:
    """Return the legal limits by which dossiers are judged where the text of `version`, `written`, states none.

    They are those that the catalogue of public services gives what the procedure serves, by national code.
    """
    if written.legal is not None:
        return {}
    services = [link.service for link in version.procedure.service_links.select_related("service")]
    return {service_key(one.code): one.legal for one in services if one.legal is not None}


def with_legal(subject: Subject, limit: Limit | None) -> Subject:
    """Return `subject` with the legal `limit` of the catalogue, where there is one; its models stay the same."""
    if limit is None or subject.procedure is None:
        return subject
    return replace(subject, procedure=replace(subject.procedure, legal=limit))


def judged(
    version: ProcedureVersion, rows: Sequence[LoggedDossier]
) -> Iterator[tuple[list[LoggedDossier], CheckResult]]:
    """Yield the dossiers of each source, calendar and legal limit with their result, in the same order."""
    written = structure(version)
    subject, limits = from_procedure(written), catalogue_limits(version, written)
    for source, pairs in _by_source(rows):
        shown = recorded(dossier for _row, dossier in pairs)
        for calendar, limit, group in _by_terms(source, pairs, limits):
            options = options_of(source, version.procedure, calendar)
            result = judge(with_legal(subject, limit), [dossier for _row, dossier in group], options, shown)
            said = (*result.notes, message("analytics.legal_from_catalogue")) if limit else result.notes
            yield [row for row, _dossier in group], replace(result, notes=said)


def _by_source(rows: Sequence[LoggedDossier]) -> list[tuple[LogSource, list[Pair]]]:
    groups: dict[int, tuple[LogSource, list[Pair]]] = {}
    for row in rows:
        groups.setdefault(row.source_id, (row.source, []))[1].append((row, dossier_of(row)))
    return list(groups.values())


def _by_terms(
    source: LogSource, pairs: Sequence[Pair], limits: Mapping[str, Limit]
) -> list[tuple[Calendar, Limit | None, list[Pair]]]:
    calendar_on = calendars_of(source.agency)
    groups: dict[tuple[str, str, Limit | None], tuple[Calendar, Limit | None, list[Pair]]] = {}
    for row, dossier in pairs:
        calendar, limit = calendar_on(received_on(dossier)), limits.get(row.national_code)
        terms = (calendar.name, calendar.version, limit)
        groups.setdefault(terms, (calendar, limit, []))[2].append((row, dossier))
    return list(groups.values())
