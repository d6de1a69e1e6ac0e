"""The one way to ask for background work: `enqueue`. Behind it stands django-q2 with the database as its queue.

The request is a row of the same database, so it stands or falls with the transaction that asks for it.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from chuan.jobs.models import Run, State
from chuan.jobs.queries import failed
from chuan.jobs.table import JOBS


def enqueue(name: str, /, *, key: str = "", **arguments: Any) -> Run:
    """Ask for the job `name` with plain JSON `arguments` and return its run.

    The same `key` (by default: name and arguments) is the same work: asked for again it is not done again, unless it
    was refused or had failed. An unknown name is a defect of ours (KeyError).
    """
    job = JOBS[name]
    with transaction.atomic():
        run, is_new = Run.objects.select_for_update().get_or_create(
            key=key or _key_of(name, arguments),
            defaults={"name": job.name, "arguments": arguments, "asked_at": timezone.now()},
        )
        if is_new or run.state in (State.REFUSED, State.FAILED):
            run.state, run.attempts, run.failure, run.finished_at = State.WAITING, 0, "", None
            run.save(update_fields=["state", "attempts", "failure", "finished_at"])
            async_task("chuan.jobs.work.perform", run.pk, group=job.name)
    return run


def ask_again_for_failed() -> int:
    """Ask once more for everything that was given up; return how many pieces."""
    given_up = failed()
    for run in given_up:
        enqueue(run.name, key=run.key, **run.arguments)
    return len(given_up)


def _key_of(name: str, arguments: dict[str, Any]) -> str:
    content = json.dumps(arguments, sort_keys=True, ensure_ascii=False)
    return f"{name}:{hashlib.sha256(content.encode()).hexdigest()[:32]}"


def release_interrupted() -> int:
    """Hand out again at once what a killed server had in its hands; return how many pieces.

    Only for the start of the one server of an installation: nobody else may be working.
    """
    with transaction.atomic():
        OrmQ.objects.update(lock=timezone.now() - timedelta(seconds=1))
        return Run.objects.filter(state=State.RUNNING).update(state=State.WAITING, lease_until=None)
