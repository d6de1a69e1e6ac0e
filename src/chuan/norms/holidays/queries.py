"""Reads: which calendar an agency is measured by.

calendar_of(agency, day) -> Calendar       the agency's own, as it holds on that day; else the one that ships
calendars_of(agency) -> day -> Calendar    the same for many days
calendar_named(name, version) -> Calendar | None      the one a stored date was computed by
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from chuan.norms.holidays.models import AgencyCalendar, CalendarEdition
from chuan.norms.holidays.settings import Settings, hours_in, settings_of
from chuan.organisations.models import Agency
from chuan.reading.calendars import load_calendar, read_calendar
from chuan.rules.workdays import Calendar

DEFAULT = "vn"


def version_of(agency: Agency, day: date) -> AgencyCalendar | None:
    """Return the version that holds on `day`: the latest `from_on` not after it, and of those the highest number."""
    return versions_of(agency).filter(from_on__lte=day).order_by("-from_on", "-number").first()


def versions_of(agency: Agency) -> QuerySet[AgencyCalendar]:
    """Return all versions of the agency's calendar, newest first."""
    return AgencyCalendar.objects.within(agency).order_by("-number")


def calendar_of(agency: Agency, day: date) -> Calendar:
    """Return the calendar by which `agency` measures what it receives on `day`. One query."""
    version = version_of(agency, day)
    return calendar_in(version) if version else load_calendar(DEFAULT)


def calendars_of(agency: Agency) -> Callable[[date], Calendar]:
    """Return what tells the calendar of `agency` for a day. One query, however many days are asked for."""
    versions = list(versions_of(agency).order_by("-from_on", "-number"))
    shipped = load_calendar(DEFAULT)

    def on(day: date) -> Calendar:
        version = next((one for one in versions if one.from_on <= day), None)
        return calendar_in(version) if version else shipped

    return on


def calendar_in(version: AgencyCalendar) -> Calendar:
    """Return the calendar that a version froze."""
    return _thawed(version.content)


def calendar_named(name: str, version: str) -> Calendar | None:
    """Return the calendar with this name and version, however old; None when it was never kept."""
    own = AgencyCalendar.objects.everywhere(reason="a date that is shown names its calendar")
    row = own.filter(version=version, agency__code=name).first()
    kept = row or CalendarEdition.objects.filter(name=name, version=version).first()
    return _thawed(kept.content) if kept else None


def hours_set_by(version: AgencyCalendar) -> AgencyCalendar | None:
    """Return the version whose decision set the hours that `version` has; None when they are those that ship.

    A closure makes a version that repeats the hours, and the day from which they hold, of the one before.
    """
    set_by = version
    for one in versions_of(version.agency).filter(number__lt=version.number, from_on__lte=version.from_on):
        if hours_in(one.settings) != hours_in(version.settings):
            return set_by
        set_by = one
    shipped = settings_of(load_calendar(DEFAULT))
    repeats = hours_in(version.settings) == hours_in(shipped) and set_by.settings["days"] != shipped["days"]
    return None if repeats else set_by


def settings_on(agency: Agency, day: date) -> Settings:
    """Return the hours and closures that hold on `day`, to change from there."""
    version = version_of(agency, day)
    return dict(version.settings) if version else settings_of(load_calendar(DEFAULT))


def next_number(agency: Agency) -> int:
    """Return the number of the version to come."""
    newest = versions_of(agency).first()
    return newest.number + 1 if newest else 1


@lru_cache(maxsize=64)
def _thawed(content: str) -> Calendar:
    return read_calendar(content.encode(), "calendar.json")
