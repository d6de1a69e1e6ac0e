"""Having pushed dossiers judged again: every few minutes, so that a thousand pushes ask for it once."""

from django.db import transaction
from django.utils import timezone

from chuan.analytics.findings.queries import procedures_of_codes
from chuan.analytics.logs.pushing import to_judge
from chuan.analytics.logs.queries import pushed_sources


def judge_pushed() -> None:
    """Ask for the procedures of what was pushed since the last round; cut off anywhere the next round does it."""
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    now = timezone.now()
    for source in pushed_sources():
        with transaction.atomic():
            for procedure in procedures_of_codes(source.agency, to_judge(source)):
                key = f"dossiers.read:{procedure.key}:{source.key}:{now.isoformat()}"
                enqueue("dossiers.read", key=key, procedure=procedure.key)
