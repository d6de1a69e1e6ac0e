"""Background work: the calendars and the law that ship come into the database, after every start and upgrade."""

from django.utils import timezone

from chuan.kernel.actor import machine
from chuan.norms.holidays.loading import load_calendars
from chuan.norms.law.actions import load_instruments


def load_norms(progress: object = None) -> None:
    """Load what is new. Runs every few hours and at once after a start; again without harm."""
    now = timezone.now()
    by = machine("load_norms", now)
    load_calendars(by=by, at=now)
    load_instruments(by=by, at=now)
