"""Writes on logs: sources, uploads, and taking a log in, chunk by chunk, so that it may be cut off anywhere."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import F

from chuan.analytics.logs.by_hand import refuse_living
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload, SetAside
from chuan.analytics.logs.notices import tell_of_upload
from chuan.analytics.logs.pieces import Piece, pieces_of, put_together, with_told
from chuan.analytics.logs.stored import events_of, restored, settled, storable, without_names
from chuan.checking.check import last_moment, service_key
from chuan.checking.clock import is_clock_event
from chuan.files.actions import forget, place_of, store
from chuan.files.kinds import Kind
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.reading.eventlogs import LogMapping, mapping_from, on_page, read_log
from chuan.rules.authority import Permission
from chuan.rules.eventlog import Dossier, EventLog
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

CHUNK = 500
MOST_BAD_ROWS = 5000
MOST_ACTIVITIES = 300
RECORDED = ("facts", "events", "told", "service_code", "national_code")
LOG_FILES = (Kind.XLSX, Kind.TEXT, Kind.XML, Kind.GZIP, Kind.PARQUET)
Status = LogUpload.Status

Told = Callable[[int, int, frozenset[str]], None]
"""Told (dossiers taken in, dossiers in the file, national codes that changed) in the transaction of each chunk."""


def add_source(*, agency: Agency, name: str, by: Actor, at: datetime) -> LogSource:
    """Add a system that exports dossiers of `agency`."""
    require(by, Permission.IMPORT_LOG, agency)
    with transaction.atomic():
        source = LogSource(agency=agency, name=clean(name)).put(by=by, at=at)
        record("log_source.add", by=by, at=at, subject=source, facts={"agency": agency.key})
    return source


def set_mapping(source: LogSource, mapping: dict[str, Any], *, by: Actor, at: datetime, **terms: object) -> LogSource:
    """Keep how the columns of `source` are meant (docs/log-sources.md) and the `terms` of counting; BadInput
    names a wrong key. Uploads that waited for it or were refused are ready to be taken in; without "columns" the next
    file asks again.

    Names of officers that are to be kept no longer are taken out of what is recorded. Raises NotByHand."""
    require(by, Permission.IMPORT_LOG, source.agency)
    refuse_living(source)
    mapping_from(mapping)
    before, kept_names = _terms(source), source.keeps_names
    with transaction.atomic():
        source.change(mapping=mapping, **terms)
        if kept_names and not source.keeps_names:
            _drop_names(source)
        if _terms(source) != before:
            source.change(terms_changed_at=at)
        if "columns" in mapping:
            waiting = LogUpload.objects.within(source.agency).filter(source=source, file__isnull=False)
            waiting.filter(status__in=[Status.MAPPING, Status.REFUSED]).update(status=Status.WAITING, problem="")
        facts = {"columns": sorted(mapping.get("columns", {})), "keeps_names": source.keeps_names}
        record("log_source.map", by=by, at=at, subject=source, facts=facts)
    return source


def _drop_names(source: LogSource) -> None:
    """Empty the positions that read as a person's name in all dossiers of `source`, also those set aside."""
    changed: list[LoggedDossier] = []
    for row in LoggedDossier.objects.within(source.agency).filter(source=source).iterator(CHUNK):
        before = (row.events, row.told)
        put_together(row, [replace(one, dossier=without_names(one.dossier)) for one in pieces_of(row)])
        if (row.events, row.told) != before:
            changed.append(row)
    for start in range(0, len(changed), CHUNK):
        write_over(source, changed[start : start + CHUNK], "events", "told")
    for aside in SetAside.objects.within(source.agency).filter(upload__source=source).iterator(CHUNK):
        dossier = restored(aside.code, aside.service_code, aside.facts, aside.events)
        aside.events = events_of(without_names(dossier))
        aside.save(update_fields=["events"])


def write_over(source: LogSource, rows: Sequence[LoggedDossier], *fields: str) -> None:
    """Write the `fields` of rows that are there: an upsert, as CASE WHEN of bulk_update costs 20 times as much."""
    LoggedDossier.objects.within(source.agency).bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _terms(source: LogSource) -> list[Any]:
    """Return what the verdicts on dossiers of `source` rest on."""
    return [source.counting, source.supplement, source.mapping.get("steps"), source.mapping.get("positions")]


def hand_in(
    source: LogSource,
    data: bytes | BinaryIO,
    name: str,
    *,
    channel: LogUpload.Channel = LogUpload.Channel.PAGE,
    by: Actor,
    at: datetime,
) -> LogUpload:
    """Keep a file of `source` until it is taken in; the same file again is the same upload, taken in once more. Raises
    BadInput, NotByHand."""
    require(by, Permission.IMPORT_LOG, source.agency)
    refuse_living(source)
    if source.closed_at is not None:
        raise BadInput("analytics.source_closed", name=source.name)
    with transaction.atomic():
        file = store(data, name, allowed=LOG_FILES, by=by.ref, at=at)
        rows = LogUpload.objects.within(source.agency).select_for_update()
        known = rows.filter(source=source, checksum=file.sha256).first()
        if known is not None and known.status not in (Status.DONE, Status.REFUSED, Status.WITHDRAWN):
            forget(file)
            return known
        upload = known or LogUpload(source=source, name=file.name, checksum=file.sha256, channel=channel)
        old = upload.file
        upload.file, upload.problem, upload.added = file, "", 0
        upload.status = Status.WAITING if "columns" in source.mapping else Status.MAPPING
        if known is None:
            upload.put(by=by, at=at)
        else:
            SetAside.objects.within(source.agency).filter(upload=upload).delete()  # told anew by the file itself
            upload.change(file=file, problem="", reason="", added=0, status=upload.status, finished_at=None)
        if old is not None:
            forget(old)
        record("log_upload.hand_in", by=by, at=at, subject=upload, facts={"sha256": file.sha256})
    return upload


def take_in(upload: LogUpload, *, from_dossier: int = 0, told: Told, by: Actor, at: datetime) -> None:
    """Read the file of `upload` and bring its dossiers in.

    Dossiers before `from_dossier` (as last told) are left out, so that a cut-off import goes on; doing it all again
    gives the same state. Raises BadInput when the file holds nothing usable.
    """
    source = upload.source
    if upload.status != Status.RUNNING:
        upload.change(status=Status.RUNNING)
    log = storable(_read(upload, mapping_from(source.mapping)))
    until = last_moment(log)
    older = until is not None and source.recorded_until is not None and until < source.recorded_until
    done = from_dossier
    for chunk in _chunks(log.dossiers[from_dossier:]):
        dossiers = [settled(one, log.whole_days, source) for one in chunk]
        with transaction.atomic():
            hold(source)
            changed = _bring_in(upload, dossiers, older=older, by=by, at=at)
            done += len(chunk)
            upload.change(added=upload.added + len(changed))
            told(done, len(log.dossiers), frozenset(row.national_code for row in changed))
    finish(upload, log, until, by=by, at=at)


def finish(upload: LogUpload, log: EventLog, until: datetime | None, *, by: Actor, at: datetime) -> None:
    """Write down what came of the upload and let its bytes go."""
    rows, file, source = [*log.bad_rows, *log.duplicates][:MOST_BAD_ROWS], upload.file, upload.source
    with transaction.atomic():
        upload.change(
            status=Status.DONE,
            problem="",
            file=None,
            dossiers=len(log.dossiers),
            events=sum(len(dossier.events) for dossier in log.dossiers),
            bad_rows=[
                {"row": row.row, "column": row.column, "value": row.value[:200], "reason": row.reason.text()}
                for row in rows
            ],
            notes=[on_page(note).text() for note in log.notes],
            activities=_activities(log, source.service_code),
            finished_at=at,
        )
        if until is not None and (source.recorded_until is None or until > source.recorded_until):
            source.change(recorded_until=until, terms_changed_at=at)
        if file is not None:
            forget(file)
        record("log_upload.take_in", by=by, at=at, subject=upload, facts={"dossiers": upload.dossiers})
        tell_of_upload(upload, file.uploaded_by if file else "", at=at)


def refuse(upload: LogUpload, problem: BadInput, *, at: datetime) -> None:
    """Write down why the file cannot be taken in; its bytes stay until it is handed in again."""
    with transaction.atomic():
        upload.change(status=Status.REFUSED, problem=problem.message.text(), finished_at=at)
        tell_of_upload(upload, upload.file.uploaded_by if upload.file else "", at=at)


def _read(upload: LogUpload, mapping: LogMapping) -> EventLog:
    if upload.file is None:
        raise BadInput("analytics.file_is_gone", name=upload.name)
    try:
        return read_log(place_of(upload.checksum), mapping)
    except BadInput as problem:
        said = on_page(problem.message)
        raise BadInput(said.code, **said.values) from None


def _chunks(dossiers: Sequence[Dossier]) -> Iterator[list[Dossier]]:
    rest = iter(dossiers)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _bring_in(
    upload: LogUpload, chunk: Sequence[Dossier], *, older: bool, by: Actor, at: datetime
) -> list[LoggedDossier]:
    """Insert new dossiers, add to known ones what the upload tells; return the rows whose content changed.

    `older`: what is known is newer."""
    rows = of_codes(upload.source, [one.id for one in chunk])
    fresh = [new(upload, dossier, by=by, at=at) for dossier in chunk if dossier.id not in rows]
    written, changed = [], []
    for dossier in chunk:
        if (row := rows.get(dossier.id)) is not None:
            before, content = row.told, (row.facts, row.events, row.service_code)
            pieces = pieces_of(row)
            put_together(row, with_told(pieces, upload.pk, dossier, 0 if older else len(pieces)))
            is_changed = (row.facts, row.events, row.service_code) != content
            changed += [row] if is_changed else []
            written += [row] if is_changed or row.told != before else []
    insert(upload.source, fresh)
    if written:
        write_over(upload.source, written, *RECORDED)
    return [*fresh, *changed]


def hold(source: LogSource) -> LogSource:
    """Let everybody else who writes dossiers of `source` wait until this transaction ends; return it as it is now."""
    held = LogSource.objects.within(source.agency).select_for_update().get(pk=source.pk)
    held.agency = source.agency
    return held


def of_codes(source: LogSource, codes: Sequence[str]) -> dict[str, LoggedDossier]:
    """Return the dossiers of `source` with these codes, by code."""
    rows = LoggedDossier.objects.within(source.agency).filter(source=source, code__in=codes)
    return {row.code: row for row in rows}


def insert(source: LogSource, rows: Sequence[LoggedDossier]) -> None:
    """Insert dossiers that are new in `source`, and count them there."""
    with transaction.atomic():
        LoggedDossier.objects.add_many(rows)
        of_source = LogSource.objects.within(source.agency).filter(pk=source.pk)
        of_source.update(dossier_count=F("dossier_count") + len(rows))


def new(upload: LogUpload, dossier: Dossier, *, by: Actor, at: datetime) -> LoggedDossier:
    """Return the row of a dossier that `upload` alone tells, not saved yet."""
    source = upload.source
    row = LoggedDossier(
        agency_id=source.agency_id, source=source, code=dossier.id, created_at=at, created_by_id=by.account_id
    )
    put_together(row, [Piece((upload.pk,), dossier)])
    return row


def _activities(log: EventLog, service_code: str) -> list[list[Any]]:
    """Return the words for work in `log` as LogUpload keeps them, the most used first."""
    counts = Counter(
        (service_key(one.service_code or service_code), event.activity, event.number)
        for one in log.dossiers
        for event in one.events
        if not is_clock_event(event)
    )
    return [[*words, events] for words, events in counts.most_common(MOST_ACTIVITIES)]
