"""Recurring work: the schedules in the database are kept equal to the table of jobs."""

from django.db import transaction
from django_q.models import Schedule

from chuan.jobs.table import JOBS


def keep_schedules() -> None:
    """Add, change and remove schedules so that they say what `JOBS` says. Safe to repeat."""
    wanted = {job.name: job for job in JOBS.values() if job.every_minutes}
    with transaction.atomic():
        Schedule.objects.exclude(name__in=wanted).delete()
        for job in wanted.values():
            Schedule.objects.update_or_create(
                name=job.name,
                defaults={
                    "func": "chuan.jobs.schedule.perform_scheduled",
                    "args": repr((job.name,)),
                    "kwargs": repr({"q_options": {"ack_failure": True}}),  # the next round is its second attempt
                    "schedule_type": Schedule.MINUTES,
                    "minutes": job.every_minutes,
                    "repeats": -1,
                },
            )


def perform_scheduled(name: str) -> None:
    """Do a recurring job once. A job that was removed meanwhile is nothing to do."""
    job = JOBS.get(name)
    if job is not None:
        job.work()
