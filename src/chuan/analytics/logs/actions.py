"""Writes on logs: sources, uploads, and taking a log in, chunk by chunk, so that it may be cut off anywhere."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction

from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.analytics.logs.stored import events_of, facts_of, merged, restored, without_names
from chuan.files.actions import place_of, store
from chuan.files.kinds import Kind
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.reading.eventlogs import LogMapping, mapping_from, read_log
from chuan.rules.authority import Permission
from chuan.rules.eventlog import Dossier, EventLog
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

CHUNK = 500
MOST_BAD_ROWS = 5000
LOG_FILES = (Kind.XLSX, Kind.TEXT, Kind.XML, Kind.GZIP, Kind.PARQUET)

Told = Callable[[int, int], None]
"""Told (dossiers taken in, dossiers in the file) after each chunk, inside its transaction."""


def add_source(*, agency: Agency, name: str, by: Actor, at: datetime) -> LogSource:
    """Add a system that exports dossiers of `agency`."""
    require(by, Permission.IMPORT_LOG, agency)
    with transaction.atomic():
        source = LogSource(agency=agency, name=clean(name)).put(by=by, at=at)
        record("log_source.add", by=by, at=at, subject=source, facts={"agency": agency.key})
    return source


def set_mapping(source: LogSource, mapping: dict[str, Any], *, by: Actor, at: datetime) -> LogSource:
    """Keep how the columns of `source` are meant (docs/log-sources.md). Raises BadInput naming a wrong key."""
    require(by, Permission.IMPORT_LOG, source.agency)
    mapping_from(mapping)
    with transaction.atomic():
        source.change(mapping=mapping)
        record("log_source.map", by=by, at=at, subject=source, facts={"columns": sorted(mapping.get("columns", {}))})
    return source


def hand_in(source: LogSource, data: bytes | BinaryIO, name: str, *, by: Actor, at: datetime) -> LogUpload:
    """Keep a file of `source` until it is taken in. The same file again returns the upload that it was."""
    require(by, Permission.IMPORT_LOG, source.agency)
    file = store(data, name, allowed=LOG_FILES, by=by.ref, at=at)
    known = LogUpload.objects.within(source.agency).filter(source=source, checksum=file.sha256).first()
    if known is not None:
        return known
    with transaction.atomic():
        status = LogUpload.Status.WAITING if source.mapping else LogUpload.Status.MAPPING
        upload = LogUpload(source=source, file=file, name=file.name, checksum=file.sha256, status=status)
        upload.put(by=by, at=at)
        record("log_upload.hand_in", by=by, at=at, subject=upload, facts={"sha256": file.sha256})
    return upload


def take_in(upload: LogUpload, *, from_dossier: int = 0, told: Told, by: Actor, at: datetime) -> frozenset[str]:
    """Read the file of `upload` and bring its dossiers in; return the codes of the services that changed.

    Dossiers before `from_dossier` (as last told) are left out, so that a cut-off import goes on; doing it all again
    gives the same state. Raises BadInput when the file holds nothing usable.
    """
    source = upload.source
    log = _read(upload, mapping_from(source.mapping))
    touched: set[str] = set()
    done = from_dossier
    for chunk in _chunks(log.dossiers[from_dossier:]):
        with transaction.atomic():
            changed = _bring_in(source, chunk, by=by, at=at)
            done += len(chunk)
            upload.change(added=upload.added + len(changed))
            told(done, len(log.dossiers))
        touched |= changed
    finish(upload, log, by=by, at=at)
    return frozenset(touched)


def finish(upload: LogUpload, log: EventLog, *, by: Actor, at: datetime) -> None:
    """Write down what came of the upload and let its bytes go."""
    rows = [*log.bad_rows, *log.duplicates][:MOST_BAD_ROWS]
    with transaction.atomic():
        upload.change(
            status=LogUpload.Status.DONE,
            problem="",
            file=None,
            dossiers=len(log.dossiers),
            events=sum(len(dossier.events) for dossier in log.dossiers),
            bad_rows=[
                {"row": row.row, "column": row.column, "value": row.value[:200], "reason": row.reason.text()}
                for row in rows
            ],
            notes=[note.text() for note in log.notes],
            finished_at=at,
        )
        record("log_upload.take_in", by=by, at=at, subject=upload, facts={"dossiers": upload.dossiers})


def refuse(upload: LogUpload, problem: BadInput, *, at: datetime) -> None:
    """Write down why the file cannot be taken in."""
    upload.change(status=LogUpload.Status.REFUSED, problem=problem.message.text(), finished_at=at)


def _read(upload: LogUpload, mapping: LogMapping) -> EventLog:
    if upload.file is None:
        raise BadInput("analytics.file_is_gone", name=upload.name)
    return read_log(place_of(upload.checksum), mapping)


def _chunks(dossiers: Sequence[Dossier]) -> Iterator[list[Dossier]]:
    rest = iter(dossiers)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _bring_in(source: LogSource, chunk: Sequence[Dossier], *, by: Actor, at: datetime) -> set[str]:
    """Insert new dossiers, merge known ones; return the service codes of those that changed."""
    rows = LoggedDossier.objects.within(source.agency).filter(source=source, code__in=[one.id for one in chunk])
    known = {row.code: row for row in rows}
    fresh: list[LoggedDossier] = []
    changed: list[LoggedDossier] = []
    for recorded in chunk:
        dossier = recorded if source.keeps_names else without_names(recorded)
        row = known.get(dossier.id)
        if row is None:
            fresh.append(_new(source, dossier, by=by, at=at))
        elif _merge(row, dossier):
            changed.append(row)
    LoggedDossier.objects.add_many(fresh)
    if changed:
        fields = ["facts", "events", "service_code"]
        LoggedDossier.objects.within(source.agency).bulk_update(changed, fields, batch_size=200)
    return {row.service_code for row in (*fresh, *changed)}


def _new(source: LogSource, dossier: Dossier, *, by: Actor, at: datetime) -> LoggedDossier:
    return LoggedDossier(
        agency_id=source.agency_id,
        source=source,
        code=dossier.id,
        service_code=dossier.service_code,
        facts=facts_of(dossier),
        events=events_of(dossier),
        created_at=at,
        created_by_id=by.account_id,
    )


def _merge(row: LoggedDossier, dossier: Dossier) -> bool:
    """Merge `dossier` into `row`; return whether anything changed."""
    both = merged(restored(row.code, row.service_code, row.facts, row.events), dossier)
    facts, events = facts_of(both), events_of(both)
    if (facts, events, both.service_code) == (row.facts, row.events, row.service_code):
        return False
    row.facts, row.events, row.service_code = facts, events, both.service_code
    return True
