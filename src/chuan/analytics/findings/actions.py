"""Writes on findings: reading the dossiers of a procedure again, summing them up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from chuan.analytics.findings.computing import period_of, reading, together, verdict
from chuan.analytics.findings.counting import counted_once
from chuan.analytics.findings.judging import dossier_of, judged, received_on
from chuan.analytics.findings.models import AgencyReading, ProcedureReading, StepWeek
from chuan.analytics.findings.notices import open_points, tell_of_questions
from chuan.analytics.findings.weeks import Weeks
from chuan.analytics.logs.living import settled_of
from chuan.analytics.logs.models import LoggedDossier
from chuan.checking.check import service_key
from chuan.checking.result import CheckResult, DossierResult
from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotYours
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure, ProcedureVersion

CHUNK = 500
_SUMMED = ("dossiers", "judged_steps", "followed", "judged_time", "in_time")
_VERDICT = ["procedure", "version", "state", "received_at", "due_at", "legal_due_at", "finished_at", "fitness", "cost"]
_VERDICT += ["verdict", "marks", "way", "worked_seconds", "supplements", "pace"]


def read_again(procedure: Procedure, *, by: Actor, at: datetime) -> int:
    """Judge all dossiers of `procedure` again, write one reading per version and period; return how many dossiers.

    The version in force when a dossier was received governs; dossiers from before the first one go to the first.
    """
    asked, versions = open_points(procedure), _ruling(procedure)
    rows = counted_once(list(_dossiers(procedure))) if versions else []
    groups: dict[int, list[LoggedDossier]] = {version.pk: [] for version in versions}
    for row in rows:
        version = _governing(procedure, versions, row)
        if version is not None:
            groups[version.pk].append(row)
    newest = max((one.number for one in versions if groups[one.pk]), default=0)
    for version in versions:
        _read_version(version, groups[version.pk], leads=version.number == newest, by=by, at=at)
    known = ProcedureReading.objects.within(procedure.agency).filter(version__procedure=procedure)
    known.exclude(version__in=versions).delete()  # what was withdrawn rules no dossier
    weeks = StepWeek.objects.within(procedure.agency).filter(version__procedure=procedure)
    weeks.exclude(version__in=versions).delete()
    sum_up(procedure.agency, by=by, at=at)
    tell_of_questions(procedure, known=asked, at=at)
    return len(rows)


def _ruling(procedure: Procedure) -> list[ProcedureVersion]:
    versions = ProcedureVersion.objects.within(procedure.agency).filter(procedure=procedure)
    return list(versions.filter(state__in=["in_force", "replaced"]).order_by("effective_on", "number"))


def _dossiers(procedure: Procedure) -> QuerySet[LoggedDossier]:
    codes = {service_key(code) for code in procedure.service_links.values_list("service__code", flat=True)}
    rows = LoggedDossier.objects.within(procedure.agency).filter(national_code__in=codes)
    return rows.select_related("source__agency").order_by("source_id", "code")


def _governing(
    procedure: Procedure, versions: Sequence[ProcedureVersion], row: LoggedDossier
) -> ProcedureVersion | None:
    """Return which of `versions` (at least one) governs; None where another procedure, or none, was settled for it."""
    settled = settled_of(row)
    if settled is not None:
        own = settled.procedure == procedure.key
        return next((one for one in versions if own and one.key == settled.version), None)
    day = received_on(dossier_of(row))
    ruling = [one for one in versions if one.effective_on and one.effective_on <= day]
    return ruling[-1] if ruling else versions[0]


def _read_version(
    version: ProcedureVersion, rows: Sequence[LoggedDossier], *, leads: bool, by: Actor, at: datetime
) -> None:
    results: list[CheckResult] = []
    weeks = Weeks()
    for group, result in judged(version, rows):
        _write_verdicts(version, group, result)
        weeks.add((row.pk, found) for row, found in zip(group, result.dossiers, strict=True))
        results.append(result)
    with transaction.atomic():
        _write_weeks(version, weeks)
        ProcedureReading.objects.within(version.procedure.agency).filter(version=version).delete()
        if results:
            _write_readings(version, results, leads=leads, by=by, at=at)


def _write_weeks(version: ProcedureVersion, weeks: Weeks) -> None:
    agency = version.procedure.agency
    rows = StepWeek.objects.within(agency)
    rows.filter(version=version).delete()
    fresh = [StepWeek(agency=agency, version=version, week=week, content=said) for week, said in weeks.contents()]
    rows.bulk_create(fresh, batch_size=CHUNK)


def result_of(one: ProcedureReading) -> CheckResult:
    """Return the whole result behind a reading, judged afresh, for reports. Raises NotYours when it has no dossier."""
    rows = LoggedDossier.objects.within(one.version.procedure.agency).filter(version=one.version)
    found = list(rows.select_related("source__agency").order_by("source_id", "code"))
    if not found:
        raise NotYours
    results = [result for _rows, result in judged(one.version, found)]
    return together(results, partial(_received_in, one.period)) if one.period else together(results)


def _write_readings(
    version: ProcedureVersion,
    results: Sequence[CheckResult],
    *,
    leads: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Write the readings of a version, one a period; `leads` as in ProcedureReading, for that over all time."""
    whole, common = together(results), {"agency": version.procedure.agency, "version": version, "computed_at": at}
    periods = sorted({period for found in whole.dossiers for period in period_of(found)})
    for period in ("", *periods):
        facts = reading(together(results, partial(_received_in, period)) if period else whole)
        ProcedureReading(period=period, leads=leads and not period, **common, **facts).put(by=by, at=at)


def sum_up(agency: Agency, *, by: Actor, at: datetime) -> None:
    """Write the sums of the readings of `agency` over its procedures in force (AgencyReading)."""
    with transaction.atomic():
        known = AgencyReading.objects.within(agency).select_for_update().first()  # two at work: the last sees both
        rows = ProcedureReading.objects.within(agency).filter(period="", version__state="in_force")
        sums = rows.aggregate(procedures=Count("pk"), **{name: Coalesce(Sum(name), 0) for name in _SUMMED})
        if known is None:
            AgencyReading(agency=agency, computed_at=at, **sums).put(by=by, at=at)
        else:
            known.change(computed_at=at, **sums)


def _received_in(period: str, found: DossierResult) -> bool:
    return period in period_of(found)


def _write_verdicts(version: ProcedureVersion, rows: Sequence[LoggedDossier], result: CheckResult) -> None:
    for start in range(0, len(rows), CHUNK):
        pairs = zip(rows[start : start + CHUNK], result.dossiers[start : start + CHUNK], strict=True)
        changed = [_judged(version, row, verdict(found, result)) for row, found in pairs]
        with transaction.atomic():
            LoggedDossier.objects.within(version.procedure.agency).bulk_create(
                changed, update_conflicts=True, unique_fields=["id"], update_fields=_VERDICT
            )  # an upsert: CASE WHEN of bulk_update costs 20 times as much


def _judged(version: ProcedureVersion, row: LoggedDossier, columns: Mapping[str, Any]) -> LoggedDossier:
    row.version, row.procedure = version, version.procedure
    for name, value in columns.items():
        setattr(row, name, value)
    return row
