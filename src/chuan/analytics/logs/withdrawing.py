"""Withdrawing a file that was handed in by mistake, giving it back, and closing a source that is used no longer."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from chuan.analytics.logs.actions import CHUNK, RECORDED, hold, insert, new, of_codes, write_over
from chuan.analytics.logs.by_hand import refuse_living
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload, SetAside
from chuan.analytics.logs.pieces import pieces_of, place_of, put_together, with_told, without
from chuan.analytics.logs.queries import can_close
from chuan.analytics.logs.stored import events_of, facts_of, restored
from chuan.checking.check import last_moment
from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.rules.eventlog import EventLog
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

Status = LogUpload.Status

Told = Callable[[frozenset[str]], None]
"""Told the national codes of the dossiers of each chunk, in its transaction."""


class NotNow(Refusal):
    """The file is being taken in, or is no longer in the state that the page showed."""

    def __str__(self) -> str:
        return _("Tệp đang được nhập hoặc vừa đổi tình trạng. Hãy tải lại trang, đợi nhập xong rồi làm lại.")


class HasDossiers(Refusal):
    """A source cannot be closed while files of it count."""

    def __str__(self) -> str:
        return _("Nguồn còn hồ sơ được tính hoặc tệp chưa nhập. Hãy rút các tệp của nguồn trước khi đóng.")


def withdraw(upload: LogUpload, *, reason: str, by: Actor, at: datetime) -> None:
    """Say that `upload` was handed in by mistake; what it told is set aside by `take_out`."""
    require(by, Permission.IMPORT_LOG, upload.source.agency)
    with transaction.atomic():
        if _locked(upload).status in (Status.RUNNING, Status.WITHDRAWN):
            raise NotNow
        upload.change(status=Status.WITHDRAWN, reason=clean(reason), problem="")
        record("log_upload.withdraw", by=by, at=at, subject=upload, facts={"dossiers": upload.dossiers})


def give_back(upload: LogUpload, *, by: Actor, at: datetime) -> None:
    """Let a withdrawn file count again: taken in it is brought back by `bring_back`, else it waits as before."""
    require(by, Permission.IMPORT_LOG, upload.source.agency)
    with transaction.atomic():
        if _locked(upload).status != Status.WITHDRAWN:
            raise NotNow
        not_taken_in = Status.WAITING if "columns" in upload.source.mapping else Status.MAPPING
        upload.change(status=not_taken_in if upload.file_id else Status.DONE, reason="")
        if upload.source.closed_at is not None:
            reopen_source(upload.source, by=by, at=at)
        record("log_upload.give_back", by=by, at=at, subject=upload, facts={"dossiers": upload.dossiers})


def take_out(upload: LogUpload, *, told: Told, at: datetime) -> None:
    """Set aside what the withdrawn `upload` told; dossiers that nothing else tells go. Cut off anywhere it goes on."""
    source, after = upload.source, 0
    while rows := _next_rows(source, after):
        after = rows[-1].pk
        of_upload = [row for row in rows if any(upload.pk in piece["files"] for piece in row.told)]
        with transaction.atomic():
            if _locked(upload).status != Status.WITHDRAWN:
                return  # given back meanwhile
            told(frozenset(row.national_code for row in of_upload))
            _set_aside(upload, of_upload)
    newest = last_moment(_told_by(upload))
    if newest is not None and source.recorded_until is not None and newest >= source.recorded_until:
        source.change(recorded_until=last_moment(_log_of(source)))
    source.change(terms_changed_at=at)


def bring_back(upload: LogUpload, *, told: Told, by: Actor, at: datetime) -> None:
    """Put what was set aside of `upload` back where it stood. Cut off anywhere it goes on."""
    source, until = upload.source, last_moment(_told_by(upload))
    asides = SetAside.objects.within(source.agency).filter(upload=upload).order_by("pk")
    while chunk := list(asides[:CHUNK]):
        with transaction.atomic():
            if _locked(upload).status != Status.DONE:
                return  # withdrawn again meanwhile
            told(_put_back(upload, chunk, by=by, at=at))
            asides.filter(pk__lte=chunk[-1].pk).delete()
    if until is not None and (source.recorded_until is None or until > source.recorded_until):
        source.change(recorded_until=until)
    source.change(terms_changed_at=at)


def close_source(source: LogSource, *, by: Actor, at: datetime) -> None:
    """Close a source that no file counts of; it takes no files until it is reopened. Raises NotByHand."""
    require(by, Permission.IMPORT_LOG, source.agency)
    refuse_living(source)
    if not can_close(source):
        raise HasDossiers
    with transaction.atomic():
        source.change(closed_at=at)
        record("log_source.close", by=by, at=at, subject=source)


def reopen_source(source: LogSource, *, by: Actor, at: datetime) -> None:
    """Let a closed source take files again."""
    require(by, Permission.IMPORT_LOG, source.agency)
    with transaction.atomic():
        source.change(closed_at=None)
        record("log_source.reopen", by=by, at=at, subject=source)


def _locked(upload: LogUpload) -> LogUpload:
    hold(upload.source)  # first, as all others do who write dossiers of it
    return LogUpload.objects.within(upload.source.agency).select_for_update().get(pk=upload.pk)


def _next_rows(source: LogSource, after: int) -> list[LoggedDossier]:
    rows = LoggedDossier.objects.within(source.agency).filter(source=source, pk__gt=after)
    return list(rows.order_by("pk")[:CHUNK])


def _set_aside(upload: LogUpload, rows: list[LoggedDossier]) -> None:
    """Move what `upload` tells of `rows` into SetAside."""
    source, asides = upload.source, []
    left: list[LoggedDossier] = []
    gone: list[LoggedDossier] = []
    for row in rows:
        pieces = pieces_of(row)
        place = place_of(pieces, upload.pk)
        if place is not None:
            said = pieces[place].dossier
            content = {"facts": facts_of(said), "events": events_of(said), "service_code": said.service_code}
            asides.append(SetAside(upload=upload, code=row.code, place=place, **content))
            rest = without(pieces, upload.pk)
            if rest:
                put_together(row, rest)
            (left if rest else gone).append(row)
    SetAside.objects.add_many(asides)
    write_over(source, left, *RECORDED)
    LoggedDossier.objects.within(source.agency).filter(pk__in=[row.pk for row in gone]).delete()
    of_source = LogSource.objects.within(source.agency).filter(pk=source.pk)
    of_source.update(dossier_count=F("dossier_count") - len(gone))


def _put_back(upload: LogUpload, asides: list[SetAside], *, by: Actor, at: datetime) -> frozenset[str]:
    """Put pieces back into the dossiers they came from, or make these anew; return the national codes."""
    rows, fresh, written = of_codes(upload.source, [one.code for one in asides]), [], []
    for one in asides:
        dossier = restored(one.code, one.service_code, one.facts, one.events)
        if (row := rows.get(one.code)) is None:
            fresh.append(new(upload, dossier, by=by, at=at))
        else:
            put_together(row, with_told(pieces_of(row), upload.pk, dossier, one.place))
            written.append(row)
    insert(upload.source, fresh)
    write_over(upload.source, written, *RECORDED)
    return frozenset(row.national_code for row in (*fresh, *written))


def _told_by(upload: LogUpload) -> EventLog:
    """Return what is set aside of `upload` as a log."""
    rows = SetAside.objects.within(upload.source.agency).filter(upload=upload).iterator(CHUNK)
    return EventLog(tuple(restored(one.code, one.service_code, one.facts, one.events) for one in rows))


def _log_of(source: LogSource) -> EventLog:
    rows = LoggedDossier.objects.within(source.agency).filter(source=source).iterator(CHUNK)
    return EventLog(tuple(restored(one.code, one.service_code, one.facts, one.events) for one in rows))
