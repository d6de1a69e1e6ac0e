"""Taking a withdrawn file out and bringing it back, in the background; then the procedures concerned are read again."""

from django.db import transaction
from django.utils import timezone

from chuan.analytics.findings.queries import procedures_of_codes
from chuan.analytics.logs.models import LogUpload
from chuan.analytics.logs.queries import upload_by_key
from chuan.analytics.logs.withdrawing import Told, bring_back, take_out
from chuan.jobs.progress import Progress
from chuan.kernel.actor import machine


def ask_to_take_out(upload: LogUpload, since: str) -> None:
    """Ask for the withdrawn `upload` to be taken out; `since` tells one withdrawal from the next."""
    _ask("logs.take_out", upload, since)


def ask_to_bring_back(upload: LogUpload, since: str) -> None:
    """Ask for `upload`, given back, to be brought in again."""
    _ask("logs.bring_back", upload, since)


def take_file_out(progress: Progress, upload: str, since: str) -> None:
    """Take the upload out; cut off anywhere, it goes on."""
    row, now = upload_by_key(upload), timezone.now()
    if row.status == LogUpload.Status.WITHDRAWN:
        take_out(row, told=_teller(progress), at=now)
    _read_again(progress, row, f"out:{since}")


def bring_file_back(progress: Progress, upload: str, since: str) -> None:
    """Bring the upload back; cut off anywhere, it goes on."""
    row, by = upload_by_key(upload), machine("take_log_out", timezone.now())
    if row.status == LogUpload.Status.DONE:
        bring_back(row, told=_teller(progress), by=by, at=by.at)
    _read_again(progress, row, f"back:{since}")


def _ask(job: str, upload: LogUpload, since: str) -> None:
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    enqueue(job, key=f"{job}:{upload.key}:{since}", upload=upload.key, since=since)


def _teller(progress: Progress) -> Told:
    def told(codes: frozenset[str]) -> None:
        progress.remember(codes=sorted({*progress.memory.get("codes", []), *codes}))

    return told


def _read_again(progress: Progress, row: LogUpload, turn: str) -> None:
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    with transaction.atomic():
        for procedure in procedures_of_codes(row.source.agency, frozenset(progress.memory.get("codes", []))):
            enqueue("dossiers.read", key=f"dossiers.read:{procedure.key}:{row.key}:{turn}", procedure=procedure.key)
