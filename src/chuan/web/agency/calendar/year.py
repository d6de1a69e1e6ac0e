"""The calendar of an agency: a year at a glance, its closures, its versions."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chuan.kernel.effects import actor_of, reads
from chuan.kernel.scoping import find
from chuan.norms.holidays.queries import calendar_in, calendar_of, hours_set_by, version_of, versions_of
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission
from chuan.rules.workdays import Calendar, Hours
from chuan.web.agency.calendar.choosing import agency_meant
from chuan.web.agency.calendar.months import MARKS, WORDS, months_of
from chuan.web.agency.calendar.months import WEEKDAYS as SHORT_WEEKDAYS
from chuan.web.kit.choices import Choice, choices

MONDAY = date(2024, 1, 1)
"""A Monday: the days after it name the weekdays."""


@reads(Permission.SEE_ORGANISATION)
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Show the calendar of the actor's own agency."""
    return _shown(request, agency_meant(actor_of(request)))


@reads(Permission.SEE_ORGANISATION)
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Show a year of an agency's calendar: as it holds today, or an earlier version (`ban`)."""
    return _shown(request, agency_meant(actor_of(request), key))


def _shown(request: HttpRequest, agency: Agency) -> HttpResponse:
    actor = actor_of(request)
    today = timezone.localdate(actor.at)
    chosen = request.GET.get("ban", "")
    version = find(versions_of(agency), number=int(chosen)) if _is_number(chosen) else version_of(agency, today)
    shown = calendar_in(version) if version else calendar_of(agency, today)
    year = _year(request.GET.get("nam", ""), today.year, shown)
    years = [Choice(str(one), "" if one == today.year else str(one)) for one in sorted(shown.known_years)]
    context = {
        "agency": agency,
        "calendar": shown,
        "version": version,
        "hours_by": hours_set_by(version) if version else None,
        "versions": versions_of(agency).select_related("created_by"),
        "coming": versions_of(agency).filter(from_on__gt=today).order_by("from_on", "-number").first(),
        "year": year,
        "years": choices(request, "nam", years),
        "estimated": year in shown.estimated_years,
        "months": months_of(shown, year),
        "weekdays": SHORT_WEEKDAYS,
        "legend": [(kind.value.replace("_", "-"), MARKS.get(kind, ""), word) for kind, word in WORDS.items()],
        "hours": week_hours(shown),
        "closures": closures(version.settings) if version else [],
        "may_manage": actor.may(Permission.MANAGE_CALENDAR, agency),
    }
    return render(request, "agency/calendar/year.html", context)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 5 and int(text) > 0


def _year(wanted: str, this_year: int, shown: Calendar) -> int:
    return int(wanted) if _is_number(wanted) and shown.knows(date(int(wanted), 1, 1)) else this_year


def week_hours(shown: Calendar) -> list[tuple[date, str, Hours]]:
    """Return each weekday (as a day that is one) with its shifts as written and its hours."""
    return [(MONDAY.replace(day=number + 1), written(hours), hours) for number, hours in enumerate(shown.week)]


def written(hours: Hours) -> str:
    """Return "07:30–11:30, 13:00–17:00"; "" for a day without work."""
    return ", ".join(
        f"{shift.opens // 60:02}:{shift.opens % 60:02}–{shift.closes // 60:02}:{shift.closes % 60:02}"
        for shift in hours.shifts
    )


def closures(settings: dict[str, list[dict[str, str]]]) -> list[dict[str, object]]:
    """Return the closures of a version with their days read."""
    return [
        {**one, "first": date.fromisoformat(one["from"]), "last": date.fromisoformat(one["to"])}
        for one in settings["days"]
    ]
