"""Writes: an agency's hours and closures. Every change makes a new version; the old ones stay."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.errors import Refusal
from chuan.kernel.scoping import require
from chuan.norms.holidays.models import AgencyCalendar
from chuan.norms.holidays.queries import next_number, settings_on, version_of
from chuan.norms.holidays.settings import Settings, calendar_from
from chuan.organisations.models import Agency
from chuan.reading.calendars import freeze_calendar
from chuan.rules.authority import Permission
from chuan.text.numbers import day as written_day
from chuan.text.vietnamese import clean
from chuan.trail.actions import record


class NothingChanged(Refusal):
    """The new version would say what the old one says."""

    def __str__(self) -> str:
        return _("Lịch không thay đổi gì. Hãy sửa giờ hoặc ngày rồi lưu.")


class NoSuchClosure(Refusal):
    """The closure to be taken back is not there."""

    def __str__(self) -> str:
        return _("Không có ngày nghỉ riêng này, có thể người khác vừa bỏ. Hãy tải lại trang.")


def with_hours(settings: Settings, week: Mapping[str, Sequence[str]], counts_as: Mapping[str, str]) -> Settings:
    """Return the settings with other hours; a weekday without shifts is left out."""
    open_days = {day: list(shifts) for day, shifts in week.items() if shifts}
    return {**settings, "week": open_days, "counts_as": {day: counts_as[day] for day in counts_as if day in open_days}}


def with_closure(settings: Settings, first: date, last: date, reason: str, decision: str) -> Settings:
    """Return the settings with one closure more."""
    closure = {"from": first.isoformat(), "to": last.isoformat(), "kind": "closure"}
    closure |= {"reason": clean(reason), "source": clean(decision)}
    return {**settings, "days": sorted([*settings["days"], closure], key=lambda one: (one["from"], one["to"]))}


def set_hours(
    agency: Agency,
    *,
    week: Mapping[str, Sequence[str]],
    counts_as: Mapping[str, str],
    from_on: date,
    decision: str,
    by: Actor,
    at: datetime,
) -> AgencyCalendar:
    """Set the hours of `agency` from a day on. BadInput for hours that cannot be read; NothingChanged."""
    require(by, Permission.MANAGE_CALENDAR, agency)
    before = settings_on(agency, from_on)
    settings = with_hours(before, week, counts_as)
    if settings == before and version_of(agency, from_on):
        raise NothingChanged
    note = _("Giờ làm việc từ %(day)s") % {"day": written_day(from_on)}
    return _keep(agency, settings, from_on, decision, note, by=by, at=at)


def close_days(
    agency: Agency, *, first: date, last: date, reason: str, decision: str, by: Actor, at: datetime
) -> AgencyCalendar:
    """Close `agency` from `first` to `last`. BadInput when the days are not in order or too many."""
    require(by, Permission.MANAGE_CALENDAR, agency)
    settings = with_closure(settings_on(agency, first), first, last, reason, decision)
    note = _("Thêm ngày nghỉ riêng: %(reason)s") % {"reason": clean(reason)}
    return _keep(agency, settings, _since(agency, first), decision, note, by=by, at=at)


def open_again(agency: Agency, *, first: date, last: date, decision: str, by: Actor, at: datetime) -> AgencyCalendar:
    """Take a closure back. NoSuchClosure."""
    require(by, Permission.MANAGE_CALENDAR, agency)
    before = settings_on(agency, first)
    span = (first.isoformat(), last.isoformat())
    kept = [one for one in before["days"] if (one["from"], one["to"]) != span]
    if kept == before["days"]:
        raise NoSuchClosure
    note = _("Bỏ ngày nghỉ riêng từ %(day)s") % {"day": written_day(first)}
    return _keep(agency, {**before, "days": kept}, _since(agency, first), decision, note, by=by, at=at)


def _since(agency: Agency, day: date) -> date:
    """Return from when the new version holds: as long as the hours do that it repeats."""
    version = version_of(agency, day)
    return version.from_on if version else agency.valid_from


def _keep(
    agency: Agency, settings: Settings, from_on: date, decision: str, note: str, *, by: Actor, at: datetime
) -> AgencyCalendar:
    number = next_number(agency)
    calendar = calendar_from(settings, agency, number)
    version = AgencyCalendar(
        agency=agency,
        number=number,
        from_on=from_on,
        settings=settings,
        content=freeze_calendar(calendar),
        version=calendar.version,
        decision=clean(decision),
        change_note=note[:300],
    )
    with transaction.atomic():
        version.put(by=by, at=at)
        facts = {"agency": agency.key, "number": number, "version": calendar.version}
        record("agency_calendar.change", by=by, at=at, subject=version, facts=facts)
    return version
