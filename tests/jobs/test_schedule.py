"""Recurring work: the database's schedules say what the table of jobs says."""

from dataclasses import replace

import pytest
from django_q.models import Schedule

from chuan.jobs.schedule import keep_schedules, perform_scheduled
from chuan.jobs.table import JOBS

pytestmark = pytest.mark.django_db


def test_schedules_are_kept_equal_to_the_table_of_jobs() -> None:
    Schedule.objects.create(name="gone.long.ago", func="nowhere.to.be.found")
    keep_schedules()
    keep_schedules()
    wanted = {job.name: job.every_minutes for job in JOBS.values() if job.every_minutes}
    assert dict(Schedule.objects.values_list("name", "minutes")) == wanted


def test_a_recurring_job_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    name = "notices.send"
    monkeypatch.setitem(JOBS, name, replace(JOBS[name], work=lambda: called.append(name)))
    perform_scheduled(name)
    perform_scheduled("removed.meanwhile")
    assert called == [name]
