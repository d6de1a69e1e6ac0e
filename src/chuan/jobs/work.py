"""Doing one piece of background work exactly as often as it needs: the other end of `queue.enqueue`."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from chuan.jobs.models import ENDED, Run, State
from chuan.jobs.progress import Progress
from chuan.jobs.table import JOBS
from chuan.text.messages import BadInput

LEASE = timedelta(seconds=620)  # Q_CLUSTER: longer than `timeout` (600), shorter than `retry` (900)
ATTEMPTS = 3
_OURS = "Lỗi của phần mềm, đã ghi vào nhật ký máy chủ."
_KILLED = "Việc bị ngắt giữa chừng quá nhiều lần."

log = structlog.get_logger(__name__)


class InOtherHands(Exception):
    """Delivered a second time while the first worker may still be at it: the queue shall keep it and come back."""


def perform(run_id: int) -> None:
    """Do the work of this run unless it is done. Called by the queue, possibly twice, possibly at the same time."""
    run = _claim(run_id)
    if run is None:
        return
    try:
        JOBS[run.name].work(Progress(run), **run.arguments)
    except BadInput as refusal:
        _settle(run, State.REFUSED, str(refusal))
    except Exception:
        log.exception("job_failed", job=run.name, key=run.key, attempt=run.attempts)
        if run.attempts >= ATTEMPTS:
            _settle(run, State.FAILED, _OURS)
            return
        Run.objects.filter(pk=run.pk).update(state=State.WAITING, lease_until=None)
        raise
    else:
        _settle(run, State.DONE)


def _claim(run_id: int) -> Run | None:
    """Take the run into our hands; None when there is nothing left to do."""
    now = timezone.now()
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(pk=run_id).first()
        if run is None or run.state in ENDED:
            return None
        if run.state == State.RUNNING and run.lease_until and run.lease_until > now:
            raise InOtherHands(run.key)
        if run.attempts >= ATTEMPTS:
            _settle(run, State.FAILED, _KILLED)
            return None
        run.state, run.attempts, run.started_at, run.lease_until = State.RUNNING, run.attempts + 1, now, now + LEASE
        run.save(update_fields=["state", "attempts", "started_at", "lease_until"])
        return run


def _settle(run: Run, state: State, failure: str = "") -> None:
    run.state, run.failure, run.finished_at, run.lease_until = state, failure, timezone.now(), None
    run.save(update_fields=["state", "failure", "finished_at", "lease_until"])
