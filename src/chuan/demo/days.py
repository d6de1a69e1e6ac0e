"""The hour at which the people of the demo act."""

from datetime import date, datetime, time

from chuan.rules.workdays import VIETNAM


def morning(day: date, hour: int = 9) -> datetime:
    """Return that hour of `day`."""
    return datetime.combine(day, time(hour), VIETNAM)
