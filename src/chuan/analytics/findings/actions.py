"""Writes on findings: reading the dossiers of a procedure again, and choosing what to do where it differs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.analytics.findings.computing import judge, reading, verdict
from chuan.analytics.findings.models import Choice, ProcedureReading
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.stored import restored
from chuan.checking.check import Options, service_key
from chuan.checking.result import CheckResult, DossierResult
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Position
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.actions import AlreadyBeingWritten, draft_again
from chuan.quality.procedures.content import structure
from chuan.reading.calendars import load_calendar
from chuan.reading.eventlogs import mapping_from
from chuan.rules.authority import Permission
from chuan.rules.deadlines import Counting, PauseRule
from chuan.trail.actions import record

CHUNK = 500
_PARTS = "the procedure was checked; its versions are its parts"
_VERDICT = ["procedure", "version", "state", "received_at", "due_at", "legal_due_at", "finished_at", "fitness", "cost"]
_VERDICT += ["verdict", "marks", "way"]


def read_again(procedure: Procedure, *, by: Actor, at: datetime) -> int:
    """Judge all dossiers of `procedure` again and write one reading per version; return the number of dossiers.

    The version in force when a dossier was received governs; dossiers from before the first one go to the first.
    """
    versions = _ruling(procedure)
    rows = list(_dossiers(procedure))
    groups: dict[int, list[LoggedDossier]] = {version.pk: [] for version in versions}
    for row in rows:
        if versions:
            groups[_governing(versions, row).pk].append(row)
    for version in versions:
        if groups[version.pk]:
            _read_version(version, groups[version.pk], by=by, at=at)
        else:
            ProcedureReading.objects.within(procedure.agency).filter(version=version).delete()
    return len(rows)


def _ruling(procedure: Procedure) -> list[ProcedureVersion]:
    versions = ProcedureVersion.objects.within(procedure.agency).filter(procedure=procedure)
    return list(versions.filter(state__in=["in_force", "replaced"]).order_by("effective_on", "number"))


def _dossiers(procedure: Procedure) -> Iterable[LoggedDossier]:
    codes = [service_key(code) for code in _service_codes(procedure)]
    rows = LoggedDossier.objects.within(procedure.agency).select_related("source")
    return (row for row in rows.order_by("code", "pk") if service_key(row.service_code) in codes)


def _service_codes(procedure: Procedure) -> list[str]:
    return list(procedure.service_links.values_list("service__code", flat=True))


def _governing(versions: Sequence[ProcedureVersion], row: LoggedDossier) -> ProcedureVersion:
    received = restored(row.code, row.service_code, row.facts, row.events)
    moment = received.received_at or (received.events[0].at if received.events else None)
    if moment is None:
        return versions[-1]
    ruling = [one for one in versions if one.effective_on and one.effective_on <= moment.date()]
    return ruling[-1] if ruling else versions[0]


def _read_version(version: ProcedureVersion, rows: Sequence[LoggedDossier], *, by: Actor, at: datetime) -> None:
    source = rows[0].source
    steps = any(row.events for row in rows)
    dossiers = [restored(row.code, row.service_code, row.facts, row.events) for row in rows]
    options = _options(source)
    result = judge(structure(version), dossiers, options, steps=steps)
    _write_verdicts(version, rows, result)
    with transaction.atomic():
        facts = reading(result, options.calendar)
        known = ProcedureReading.objects.within(version.procedure.agency).filter(version=version).first()
        if known is None:
            ProcedureReading(version=version, computed_at=at, **facts).put(by=by, at=at)
        else:
            known.change(computed_at=at, **facts)


def _options(source: LogSource) -> Options:
    mapping = mapping_from(source.mapping)
    return Options(
        calendar=load_calendar(source.calendar),
        counting=Counting(source.counting),
        supplement=PauseRule(source.supplement),
        steps=mapping.steps,
        positions=mapping.positions,
    )


def _write_verdicts(version: ProcedureVersion, rows: Sequence[LoggedDossier], result: CheckResult) -> None:
    for start in range(0, len(rows), CHUNK):
        pairs = zip(rows[start : start + CHUNK], result.dossiers[start : start + CHUNK], strict=True)
        changed = [_judged(version, row, found) for row, found in pairs]
        with transaction.atomic():
            LoggedDossier.objects.within(version.procedure.agency).bulk_update(changed, _VERDICT, batch_size=100)


def _judged(version: ProcedureVersion, row: LoggedDossier, found: DossierResult) -> LoggedDossier:
    row.version, row.procedure = version, version.procedure
    for name, value in verdict(found).items():
        setattr(row, name, value)
    return row


def choose(
    procedure: Procedure,
    *,
    kind: str,
    deviation: str,
    step: str,
    question: str,
    count: int,
    note: str = "",
    position: Position | None = None,
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Choice:
    """Write down what is done about a deviation; each choice opens real work.

    `change_paper` opens a draft of the procedure (or the one being written), `change_practice` needs a position and a
    day, `explained` needs a reason (named constraints).
    """
    require(by, Permission.DECIDE_DEVIATION, procedure.agency)
    with transaction.atomic():
        choice = Choice(
            agency=procedure.agency,
            procedure=procedure,
            kind=kind,
            deviation=deviation,
            step=step,
            question=question,
            count=count,
            note=note,
            position=position,
            due_on=due_on,
            done_at=at if kind == Choice.Kind.EXPLAINED else None,
        )
        if kind == Choice.Kind.CHANGE_PAPER:
            choice.draft = _draft(procedure, question, by=by, at=at)
        choice.put(by=by, at=at)
        record("choice.make", by=by, at=at, subject=choice, facts={"kind": kind, "procedure": procedure.key})
    return choice


def _draft(procedure: Procedure, question: str, *, by: Actor, at: datetime) -> ProcedureVersion | None:
    """Return the draft to work on; None when the actor may not write procedures (the task then goes to who may)."""
    if not by.may(Permission.WRITE_PROCEDURE, procedure.agency):
        return None
    try:
        reason = _("Sửa theo việc thật: %(question)s") % {"question": question}
        return draft_again(procedure, reason=reason, by=by, at=at)
    except AlreadyBeingWritten:
        versions = procedure.versions.everywhere(reason=_PARTS)
        return versions.filter(state__in=["draft", "review"]).first()


def settle(choice: Choice, *, by: Actor, at: datetime) -> Choice:
    """Say that the work of a choice is done."""
    require(by, Permission.DECIDE_DEVIATION, choice.agency)
    with transaction.atomic():
        choice.change(done_at=at)
        record("choice.settle", by=by, at=at, subject=choice)
    return choice


def reopen(choice: Choice, *, by: Actor, at: datetime) -> Choice:
    """Take "done" back."""
    require(by, Permission.DECIDE_DEVIATION, choice.agency)
    with transaction.atomic():
        choice.change(done_at=None)
        record("choice.reopen", by=by, at=at, subject=choice)
    return choice
