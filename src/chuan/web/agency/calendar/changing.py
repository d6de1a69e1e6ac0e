"""Changing an agency's calendar: first seen as a preview, then kept as a new version."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import require
from chuan.norms.holidays.actions import close_days, open_again, set_hours, with_closure, with_hours
from chuan.norms.holidays.queries import calendar_of, settings_on
from chuan.norms.holidays.settings import Settings, calendar_from, day_changes, week_changes
from chuan.organisations.models import Agency
from chuan.rules.authority import Permission
from chuan.web.agency.calendar.choosing import agency_meant
from chuan.web.agency.calendar.forms import ClosureForm, HoursForm, OpenAgainForm
from chuan.web.agency.calendar.months import WORDS
from chuan.web.agency.calendar.year import MONDAY, written
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done

PREVIEW = "xem"


@writes(Permission.MANAGE_CALENDAR)
def edit_hours(request: HttpRequest, key: str) -> HttpResponse:
    """Set the hours of an agency from a day on."""
    actor, agency = actor_of(request), _managed(request, key)
    now = settings_on(agency, timezone.localdate(actor.at))
    form = HoursForm(request.POST or None, agency=agency, initial=HoursForm.starting(now))

    def proposed() -> tuple[Settings, date]:
        from_on = form.cleaned_data["from_on"]
        return with_hours(settings_on(agency, from_on), form.week(), form.counts_as()), from_on

    def act() -> object:
        typed = {"from_on": form.cleaned_data["from_on"], "decision": form.cleaned_data["decision"]}
        return set_hours(agency, week=form.week(), counts_as=form.counts_as(), **typed, by=actor, at=actor.at)

    return _change(request, agency, form, proposed, act, _("Sửa giờ làm việc"))


@writes(Permission.MANAGE_CALENDAR)
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Add a closure."""
    actor, agency = actor_of(request), _managed(request, key)
    form = ClosureForm(request.POST or None)

    def proposed() -> tuple[Settings, date]:
        typed = form.cleaned_data
        before = settings_on(agency, typed["first"])
        return with_closure(before, typed["first"], typed["last"], typed["reason"], typed["decision"]), typed["first"]

    def act() -> object:
        return close_days(agency, **form.cleaned_data, by=actor, at=actor.at)

    return _change(request, agency, form, proposed, act, _("Thêm ngày nghỉ riêng"))


@writes(Permission.MANAGE_CALENDAR)
def reopen(request: HttpRequest, key: str, first: str, last: str) -> HttpResponse:
    """Take a closure back."""
    actor, agency = actor_of(request), _managed(request, key)
    begin, end = _day(first), _day(last)
    form = OpenAgainForm(request.POST or None)

    def proposed() -> tuple[Settings, date]:
        before = settings_on(agency, begin)
        kept = [one for one in before["days"] if (one["from"], one["to"]) != (first, last)]
        return {**before, "days": kept}, begin

    def act() -> object:
        return open_again(agency, first=begin, last=end, decision=form.cleaned_data["decision"], by=actor, at=actor.at)

    return _change(request, agency, form, proposed, act, _("Bỏ ngày nghỉ riêng"))


def _managed(request: HttpRequest, key: str) -> Agency:
    actor = actor_of(request)
    agency = agency_meant(actor, key)
    require(actor, Permission.MANAGE_CALENDAR, agency)
    return agency


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotYours from None


def _change(
    request: HttpRequest,
    agency: Agency,
    form: forms.Form,
    proposed: Callable[[], tuple[Settings, date]],
    act: Callable[[], object],
    title: str,
) -> HttpResponse:
    """Show the form; with `xem` what would change; else keep it as a new version and go back."""
    context: dict[str, object] = {"agency": agency, "title": title}
    if form.is_valid():
        if PREVIEW in request.POST:
            context["preview"] = _preview(agency, *proposed())
        elif done(form, act):
            say(request, _("Đã lưu thành phiên bản mới của lịch."))
            return redirect(reverse("calendar", args=[agency.key]))
    return ask(request, form, "agency/calendar/change.html", **context)


def _preview(agency: Agency, settings: Settings, day: date) -> dict[str, object]:
    before, after = calendar_of(agency, day), calendar_from(settings, agency, 0)
    weeks = week_changes(before, after).items()
    days = day_changes(before, after, date(day.year, 1, 1), date(day.year + 1, 12, 31))
    return {
        "weekdays": [(MONDAY.replace(day=n + 1), written(was), written(now), now.counts_as) for n, (was, now) in weeks],
        "days": [(one.after, WORDS[one.before.kind], WORDS[one.after.kind]) for one in days[:60]],
        "more": len(days) - 60,
    }
