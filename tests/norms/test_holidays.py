"""Calendars as rows: loaded once, an agency's own in versions, and each date measured by the one that held."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from chuan.kernel.actor import machine
from chuan.kernel.errors import NotAllowed
from chuan.norms.holidays.actions import NoSuchClosure, NothingChanged, close_days, open_again, set_hours
from chuan.norms.holidays.loading import RENEWED, load_calendars
from chuan.norms.holidays.models import AgencyCalendar, CalendarEdition
from chuan.norms.holidays.queries import calendar_named, calendar_of, version_of, versions_of
from chuan.norms.holidays.settings import day_changes, settings_of, week_changes
from chuan.reading.calendars import available_calendars, freeze_calendar, load_calendar
from chuan.rules.deadlines import due_at
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import VIETNAM, DayKind
from chuan.text.messages import BadInput

from ..cast import NOW, Cast, Player

pytestmark = pytest.mark.django_db
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
EARLY = {day: ["07:00-11:00", "13:00-17:00"] for day in WEEKDAYS}
SATURDAY_TOO = {**EARLY, "saturday": ["07:00-11:00"]}
BY = machine("tests", NOW)


def early_hours(player: Player, from_on: date = date(2026, 12, 1)) -> AgencyCalendar:
    return set_hours(
        player.agency, week=EARLY, counts_as={}, from_on=from_on, decision="12/QĐ-UBND", by=player.actor, at=NOW
    )


def closed(player: Player, day: date) -> AgencyCalendar:
    return close_days(
        player.agency, first=day, last=day, reason="Sửa trụ sở", decision="15/TB-UBND", by=player.actor, at=NOW
    )


def test_loading_again_writes_nothing() -> None:
    assert load_calendars(by=BY, at=NOW) == len(available_calendars())
    assert load_calendars(by=BY, at=NOW) == 0
    edition = CalendarEdition.objects.get(name="vn")
    assert edition.version == load_calendar("vn").version
    assert any("12729" in decision for decision in edition.decisions)


def test_an_edition_of_a_stored_date_is_found_again() -> None:
    load_calendars(by=BY, at=NOW)
    shipped = load_calendar("vn")
    assert calendar_named("vn", shipped.version) == shipped
    assert calendar_named("vn", "1999.1") is None


def test_an_agency_without_hours_of_its_own_is_measured_by_the_one_that_ships(cast: Cast) -> None:
    assert calendar_of(cast.an.agency, NOW.date()) == load_calendar("vn")


def test_new_hours_hold_from_their_day_and_not_before(cast: Cast) -> None:
    version = early_hours(cast.giang)
    before, after = (calendar_of(cast.an.agency, day) for day in (date(2026, 11, 30), date(2026, 12, 1)))
    assert before == load_calendar("vn")
    assert after.week[0].shifts[0].opens == 7 * 60
    assert after.version == version.version
    assert calendar_named(after.name, after.version) == after


def test_own_hours_keep_the_days_of_the_state(cast: Cast) -> None:
    early_hours(cast.giang)
    own = calendar_of(cast.an.agency, date(2026, 12, 1))
    assert own.day(date(2027, 1, 1)).kind is DayKind.HOLIDAY
    assert [day.day for day in own.overrides] == [day.day for day in load_calendar("vn").overrides]


def test_a_closure_moves_the_due_day_and_the_earlier_version_stays(cast: Cast) -> None:
    early_hours(cast.giang, from_on=date(2026, 1, 1))
    old = calendar_of(cast.an.agency, NOW.date())
    closed(cast.giang, date(2026, 11, 18))
    received, limit = datetime(2026, 11, 16, 9, tzinfo=VIETNAM), Limit(Fraction(2), TimeUnit.WORKING_DAY)
    new = calendar_of(cast.an.agency, NOW.date())
    assert due_at(received, limit, old).date() == date(2026, 11, 18)
    assert due_at(received, limit, new).date() == date(2026, 11, 19)
    assert new.day(date(2026, 11, 18)).source == "15/TB-UBND"
    assert [row.number for row in versions_of(cast.an.agency)] == [2, 1]
    assert calendar_named(old.name, old.version) == old


def test_a_closure_of_an_agency_without_own_hours_keeps_the_usual_ones(cast: Cast) -> None:
    closed(cast.giang, date(2026, 11, 18))
    own = calendar_of(cast.an.agency, NOW.date())
    assert own.week == load_calendar("vn").week
    assert own.day(date(2026, 11, 18)).kind is DayKind.CLOSURE


def test_a_closure_is_taken_back_once(cast: Cast) -> None:
    day = date(2026, 11, 18)
    closed(cast.giang, day)

    def taken_back() -> None:
        open_again(cast.giang.agency, first=day, last=day, decision="16/TB-UBND", by=cast.giang.actor, at=NOW)

    taken_back()
    assert calendar_of(cast.an.agency, NOW.date()).is_workday(day)
    with pytest.raises(NoSuchClosure):
        taken_back()


def test_a_saturday_that_only_receives_counts_nothing(cast: Cast) -> None:
    set_hours(
        cast.giang.agency,
        week=SATURDAY_TOO,
        counts_as={"saturday": "0"},
        from_on=date(2026, 1, 1),
        decision="12/QĐ-UBND",
        by=cast.giang.actor,
        at=NOW,
    )
    saturday = calendar_of(cast.an.agency, NOW.date()).day(date(2026, 11, 21))
    assert saturday.hours.shifts
    assert not saturday.is_workday


def test_the_same_hours_again_are_refused(cast: Cast) -> None:
    early_hours(cast.giang)
    with pytest.raises(NothingChanged):
        early_hours(cast.giang)


def test_hours_that_overlap_are_refused_with_the_place(cast: Cast) -> None:
    with pytest.raises(BadInput, match="monday"):
        set_hours(
            cast.giang.agency,
            week={"monday": ["07:30-11:30", "11:00-17:00"]},
            counts_as={},
            from_on=date(2026, 12, 1),
            decision="12/QĐ-UBND",
            by=cast.giang.actor,
            at=NOW,
        )


def test_hours_without_a_decision_are_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="decision"):
        set_hours(
            cast.giang.agency,
            week=EARLY,
            counts_as={},
            from_on=date(2026, 12, 1),
            decision=" ",
            by=cast.giang.actor,
            at=NOW,
        )


@pytest.mark.parametrize("name", ["an", "ha", "chi", "dung"])
def test_only_who_keeps_the_calendar_changes_it(name: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        set_hours(
            cast.giang.agency,
            week=EARLY,
            counts_as={},
            from_on=date(2026, 12, 1),
            decision="12/QĐ-UBND",
            by=getattr(cast, name).actor,
            at=NOW,
        )


def test_new_days_of_the_state_renew_the_agencies_own_calendars(cast: Cast) -> None:
    version = early_hours(cast.giang)
    stale = load_calendar("vn-7h")
    lacking = type(stale)("XA", "1", stale.week, stale.overrides[:-3], stale.known_years, stale.estimated_years)
    version.change(content=freeze_calendar(lacking))
    load_calendars(by=BY, at=NOW)
    renewed = version_of(cast.an.agency, date(2026, 12, 1))
    assert renewed is not None
    assert (renewed.number, renewed.change_note, renewed.from_on) == (2, RENEWED, version.from_on)
    assert len(calendar_of(cast.an.agency, date(2026, 12, 1)).overrides) == len(load_calendar("vn").overrides)
    assert load_calendars(by=BY, at=NOW) == 0


def test_a_preview_tells_the_weekdays_and_the_days_that_change(cast: Cast) -> None:
    before = load_calendar("vn")
    early_hours(cast.giang, from_on=date(2026, 1, 1))
    closed(cast.giang, date(2026, 11, 18))
    after = calendar_of(cast.an.agency, NOW.date())
    assert list(week_changes(before, after)) == [0, 1, 2, 3, 4]
    (change,) = day_changes(before, after, date(2026, 1, 1), date(2027, 12, 31))
    assert (change.after.date, change.before.kind, change.after.kind) == (
        date(2026, 11, 18),
        DayKind.WORKDAY,
        DayKind.CLOSURE,
    )


def test_settings_of_a_calendar_that_ships_are_its_hours() -> None:
    settings = settings_of(load_calendar("vn-sat"))
    assert settings["week"]["saturday"] == ["07:30-11:30"]
    assert settings["counts_as"] == {"saturday": "0"}
