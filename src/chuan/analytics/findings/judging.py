"""The dossiers of a version judged, each by the calendar that its agency had when it was received.

The legal limit is that of the text, and where it states none that of the catalogue for the dossier's own service. For
a dossier that is run here all of this was settled at its reception (logs/living.py), and by that it is judged.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from chuan.analytics.findings.computing import judge, recorded
from chuan.analytics.logs.living import Settled, settled_of
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.stored import restored
from chuan.checking import clock
from chuan.checking.check import Options, service_key
from chuan.checking.result import CheckResult
from chuan.checking.subjects import Subject, Total, from_procedure
from chuan.norms.holidays.queries import calendars_of
from chuan.quality.dossiers.queries import role_holders
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


@dataclass(frozen=True, slots=True)
class Terms:
    """What dossiers that are judged together have in common. `legal` is the legal limit where it is not that of the
    text; `settled` is None for what another system tells."""

    calendar: Calendar
    legal: Limit | None
    settled: Settled | None


def dossier_of(row: LoggedDossier) -> Dossier:
    """Return the dossier as the check wants it."""
    return restored(row.code, row.service_code, row.facts, row.events)


def received_on(dossier: Dossier) -> date:
    """Return the day of reception; without one the last day of all, on which the newest of everything holds."""
    moment = clock.received(dossier, dossier.events).at
    return moment.date() if moment else date.max


def options_of(source: LogSource, procedure: Procedure, terms: Terms) -> Options:
    """Return how `procedure` judges dossiers of `source`; open ones at the last moment that it tells of."""
    mapping, settled = mapping_from(source.mapping), terms.settled
    options = Options(
        calendar=terms.calendar,
        as_of=timezone.localtime(source.recorded_until) if source.recorded_until else None,
        counting=Counting(source.counting),
        supplement=PauseRule(source.supplement),
        steps={**mapping.steps, **source.step_names.get(procedure.key, {})},
        positions=mapping.positions,
        kinds=mapping.kinds,
        holders=role_holders(source.agency),
    )
    if settled is None:
        return options
    return replace(
        options,
        counting=settled.counting,
        supplement=settled.supplement,
        settled=Total(settled.committed, "committed" if settled.committed else ""),
        tells_results=True,
    )


def terms_of(row: LoggedDossier, calendar: Calendar, legal: Limit | None) -> Terms:
    """Return the terms of one dossier: `calendar` and `legal` hold where nothing else was settled at its reception."""
    settled = settled_of(row)
    return Terms(settled.calendar_or(calendar), settled.legal, settled) if settled else Terms(calendar, legal, None)


def catalogue_limits(version: ProcedureVersion, written: Written) -> dict[str, Limit]:
    """Return the legal limits by which dossiers are judged where the text of `version`, `written`, states none.

    They are those that the catalogue of public services gives what the procedure serves, by national code.
    """
    if written.legal is not None:
        return {}
    services = [link.service for link in version.procedure.service_links.select_related("service")]
    return {service_key(one.code): one.legal for one in services if one.legal is not None}


def with_legal(subject: Subject, terms: Terms) -> Subject:
    """Return `subject` with the legal limit of `terms`: that of the catalogue, where there is one, or what was settled,
    be it none. Its models stay the same."""
    if subject.procedure is None or (terms.legal is None and terms.settled is None):
        return subject
    return replace(subject, procedure=replace(subject.procedure, legal=terms.legal))


def judged(
    version: ProcedureVersion, rows: Sequence[LoggedDossier]
) -> Iterator[tuple[list[LoggedDossier], CheckResult]]:
    """Yield the dossiers of each source, calendar and legal limit with their result, in the same order."""
    written = structure(version)
    subject, limits = from_procedure(written), catalogue_limits(version, written)
    for source, pairs in _by_source(rows):
        shown = recorded(dossier for _row, dossier in pairs)
        for terms, group in _by_terms(source, pairs, limits):
            options = options_of(source, version.procedure, terms)
            result = judge(with_legal(subject, terms), [dossier for _row, dossier in group], options, shown)
            of_catalogue = terms.legal is not None and terms.legal != written.legal
            said = (*result.notes, message("analytics.legal_from_catalogue")) if of_catalogue else result.notes
            yield [row for row, _dossier in group], replace(result, notes=said)


def _by_source(rows: Sequence[LoggedDossier]) -> list[tuple[LogSource, list[Pair]]]:
    groups: dict[int, tuple[LogSource, list[Pair]]] = {}
    for row in rows:
        groups.setdefault(row.source_id, (row.source, []))[1].append((row, dossier_of(row)))
    return list(groups.values())


def _by_terms(source: LogSource, pairs: Sequence[Pair], limits: Mapping[str, Limit]) -> list[tuple[Terms, list[Pair]]]:
    calendar_on = calendars_of(source.agency)
    groups: dict[tuple[Any, ...], tuple[Terms, list[Pair]]] = {}
    for row, dossier in pairs:
        terms = terms_of(row, calendar_on(received_on(dossier)), limits.get(row.national_code))
        same = (terms.calendar.name, terms.calendar.version, terms.legal, terms.settled)
        groups.setdefault(same, (terms, []))[1].append((row, dossier))
    return list(groups.values())
