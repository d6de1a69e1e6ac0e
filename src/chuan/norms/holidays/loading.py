"""Loading the calendars that ship, again and again: what is there is left alone, what changed is a new edition."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from chuan.kernel.actor import Actor
from chuan.norms.holidays.models import AgencyCalendar, CalendarEdition
from chuan.norms.holidays.queries import calendar_in, next_number
from chuan.norms.holidays.settings import calendar_from
from chuan.reading.calendars import available_calendars, freeze_calendar, load_calendar
from chuan.rules.workdays import Calendar
from chuan.trail.actions import record

RENEWED = "Lịch nghỉ chung của Nhà nước thay đổi"


def load_calendars(*, by: Actor, at: datetime) -> int:
    """Insert the editions that are not there yet and renew the agencies' own calendars; return how many rows."""
    shipped = [load_calendar(name) for name in available_calendars()]
    return sum(_load(calendar, by=by, at=at) for calendar in shipped) + _renew(by=by, at=at)


def _load(calendar: Calendar, *, by: Actor, at: datetime) -> bool:
    if CalendarEdition.objects.filter(name=calendar.name, version=calendar.version).exists():
        return False
    content = freeze_calendar(calendar)
    edition = CalendarEdition(
        name=calendar.name,
        version=calendar.version,
        title=calendar.title,
        content=content,
        checksum=sha256(content.encode()).hexdigest(),
        decisions=sorted({day.source for day in calendar.overrides if day.source}),
    )
    with transaction.atomic():
        edition.put(by=by, at=at)
        facts = {"name": calendar.name, "version": calendar.version}
        record("calendar_edition.load", by=by, at=at, subject=edition, facts=facts)
    return True


def _renew(*, by: Actor, at: datetime) -> int:
    """Write every version that still holds anew when the days of the state have changed under it."""
    rows = AgencyCalendar.objects.everywhere(reason="the days off of the state changed for all").select_related(
        "agency"
    )
    holding = {(row.agency_id, row.from_on): row for row in rows.order_by("number")}
    changed = [row for row in holding.values() if _days(calendar_in(row)) != _days(_anew(row))]
    for row in changed:
        with transaction.atomic():
            _write_anew(row, by=by, at=at)
    return len(changed)


def _anew(row: AgencyCalendar) -> Calendar:
    return calendar_from(row.settings, row.agency, row.number)


def _days(calendar: Calendar) -> tuple[object, ...]:
    return calendar.overrides, calendar.known_years, calendar.estimated_years


def _write_anew(row: AgencyCalendar, *, by: Actor, at: datetime) -> None:
    number = next_number(row.agency)
    calendar = calendar_from(row.settings, row.agency, number)
    renewed = AgencyCalendar(
        agency=row.agency,
        number=number,
        from_on=row.from_on,
        settings=row.settings,
        content=freeze_calendar(calendar),
        version=calendar.version,
        decision=row.decision,
        change_note=RENEWED,
    ).put(by=by, at=at)
    facts = {"agency": row.agency.key, "number": number, "version": calendar.version}
    record("agency_calendar.renew", by=by, at=at, subject=renewed, facts=facts)
