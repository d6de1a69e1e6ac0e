"""Judging the dossiers of a procedure again: after a log was taken in, after something changed."""

from django.utils import timezone

from chuan.analytics.findings.actions import read_again
from chuan.analytics.findings.queries import to_read_again
from chuan.jobs.progress import Progress
from chuan.kernel.actor import machine
from chuan.quality.models import Procedure


def work(progress: Progress, procedure: str) -> None:
    """Judge the dossiers of the procedure with this key."""
    by = machine("read_dossiers", timezone.now())
    rows = Procedure.objects.everywhere(reason="a job over a procedure that was named by its key")
    count = read_again(rows.select_related("agency").get(key=procedure), by=by, at=by.at)
    progress.report(count, count)


def read_stale() -> None:
    """Judge again where a version, a calendar or the terms of a source changed since."""
    by = machine("read_dossiers", timezone.now())
    for procedure in to_read_again():
        read_again(procedure, by=by, at=by.at)
