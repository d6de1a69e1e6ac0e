"""Taking the dossiers that are run here in for the pages on procedure and reality, and having them judged."""

from django.utils import timezone

from chuan.analytics.logs.living_intake import agencies_with_dossiers, take_in_living
from chuan.jobs.judge_pushed import judge_pushed
from chuan.kernel.actor import machine


def take_in_all() -> None:
    """Take in what was done since the last run, agency by agency, then ask for the procedures concerned."""
    for agency in agencies_with_dossiers():
        by = machine("take_in_living", timezone.now())
        take_in_living(agency, by=by, at=by.at)
    judge_pushed()
