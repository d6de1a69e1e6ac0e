"""Taking a log in, in the background: resumable chunk by chunk, then the procedures concerned are read again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from chuan.analytics.findings.queries import procedures_of_codes
from chuan.analytics.logs.actions import refuse, take_in
from chuan.analytics.logs.models import LogSource, LogUpload
from chuan.analytics.logs.queries import upload_by_key
from chuan.jobs.progress import Progress
from chuan.kernel.actor import machine
from chuan.text.messages import BadInput

_TAKING_IN = "Đang nhập hồ sơ"


def ask_for(upload: LogUpload) -> None:
    """Ask for `upload` to be taken in, once for every time it was handed in."""
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    if upload.status == LogUpload.Status.WAITING:
        enqueue("logs.take_in", key=run_key(upload), upload=upload.key)


def ask_for_waiting(source: LogSource) -> None:
    """Ask for every file of `source` that is ready: those that waited for its columns or were refused before."""
    for upload in LogUpload.objects.within(source.agency).filter(source=source, status=LogUpload.Status.WAITING):
        ask_for(upload)


def run_key(upload: LogUpload) -> str:
    """Return the key of the run that takes this delivery of `upload` in."""
    return f"logs.take_in:{upload.key}:{upload.file_id}"


def work(progress: Progress, upload: str) -> None:
    """Take the upload in; cut off anywhere, it goes on after the last chunk."""
    row, now = upload_by_key(upload), timezone.now()
    if row.status in (LogUpload.Status.WAITING, LogUpload.Status.RUNNING):
        _take_in(progress, row)
    _read_again(row, frozenset(progress.memory.get("codes", [])), f"{upload}:{progress.memory.get('file', now)}")


def _take_in(progress: Progress, row: LogUpload) -> None:
    by = machine("take_in_log", timezone.now())

    def told(done: int, total: int, codes: frozenset[str]) -> None:
        known: set[str] = set(progress.memory.get("codes", []))
        progress.remember(done=done, codes=sorted(known | codes), file=str(row.file_id))
        progress.report(done, total, _TAKING_IN)

    try:
        take_in(row, from_dossier=progress.memory.get("done", 0), told=told, by=by, at=by.at)
    except BadInput as problem:
        refuse(row, problem, at=by.at)
        raise


def _read_again(row: LogUpload, codes: frozenset[str], delivery: Any) -> None:
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    with transaction.atomic():
        for procedure in procedures_of_codes(row.source.agency, codes):
            enqueue("dossiers.read", key=f"dossiers.read:{procedure.key}:{delivery}", procedure=procedure.key)
