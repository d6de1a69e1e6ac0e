"""What an agency sets of its calendar, as plain JSON, and the calendar that follows from it with the days of the state.

{"week": {"monday": ["07:30-11:30", "13:00-17:00"], …}, "counts_as": {"saturday": "0"},
 "days": [{"from": "2026-03-02", "to": "2026-03-03", "kind": "closure", "reason": "…", "source": "…"}]}
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from chuan.organisations.models import Agency
from chuan.reading.calendars import WEEKDAYS, read_calendar
from chuan.rules.workdays import Calendar, Day, Hours, Shift

Settings: TypeAlias = dict[str, Any]
DAYS_OF = "vietnam"


def hours_in(settings: Settings) -> tuple[Any, Any]:
    """Return what the settings say of the week, without the closures."""
    return settings["week"], settings["counts_as"]


def calendar_from(settings: Settings, agency: Agency, number: int) -> Calendar:
    """Return the calendar of version `number`. BadInput names what cannot be read in the settings."""
    facts = {
        **settings,
        "frozen": {"name": agency.code},
        "title": agency.name,
        "version": str(number),
        "days_of": DAYS_OF,
    }
    content = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    return read_calendar(content, f"{agency.code}.json")


def settings_of(calendar: Calendar) -> Settings:
    """Return the hours of a calendar that ships, as the settings to begin with; it has no closures."""
    named = [(day, hours) for day, hours in zip(WEEKDAYS, calendar.week, strict=True) if hours.shifts]
    return {
        "week": {day: [shift_text(shift) for shift in hours.shifts] for day, hours in named},
        "counts_as": {day: str(hours.counts_as) for day, hours in named if hours.counts_as != 1},
        "days": [],
    }


def shift_text(shift: Shift) -> str:
    """Return "07:30-11:30"."""
    (opens, early), (closes, late) = divmod(shift.opens, 60), divmod(shift.closes, 60)
    return f"{opens:02}:{early:02}-{closes:02}:{late:02}"


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that is something else after a change."""

    before: Day
    after: Day


def day_changes(before: Calendar, after: Calendar, first: date, last: date) -> list[DayChange]:
    """Return the days from `first` to `last` that change in kind or reason; hours alone are told by the week."""
    found = []
    for day in _days(first, last):
        was, becomes = before.day(day), after.day(day)
        if (was.kind, was.is_workday, was.reason) != (becomes.kind, becomes.is_workday, becomes.reason):
            found.append(DayChange(was, becomes))
    return found


def week_changes(before: Calendar, after: Calendar) -> Mapping[int, tuple[Hours, Hours]]:
    """Return the weekdays (0 is Monday) whose hours change, with the hours before and after."""
    pairs = enumerate(zip(before.week, after.week, strict=True))
    return {weekday: (was, becomes) for weekday, (was, becomes) in pairs if was != becomes}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(offset) for offset in range((last - first).days + 1))
