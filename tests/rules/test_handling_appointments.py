"""R11: expected late means told the working day before, with a reason and a new date, and that only once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.deadlines import due_at
from chuan.rules.handling import DEFAULT_HANDLING, Apology, Appointment, Rule, appointment, late_risk
from chuan.rules.workdays import VIETNAM, next_workday

from .moments import VN, at, days

DUE, SINCE, NEW = at("2025-03-10 17:00"), at("2025-03-03 10:00"), at("2025-03-14 17:00")
SORRY = Apology(at("2025-03-07 15:00"), "Chờ trích đo", NEW)


def judged(*apologies: Apology, ready: str | None, as_of: str = "2025-04-01 08:00") -> Appointment:
    ready_at = at(ready) if ready else None
    return appointment(DUE, SINCE, VN, apologies=apologies, ready_at=ready_at, as_of=at(as_of))


def keys(found: Appointment) -> list[str]:
    assert all(one.rule is Rule.R11 and one.reason.text("vi") != one.reason.text("en") for one in found.violations)
    return [one.reason.code.removeprefix("handling.") for one in found.violations]


@pytest.mark.parametrize(
    ("due", "alert", "apology"),
    [
        ("2025-03-10 17:00", "2025-03-07 07:30", "2025-03-07 17:00"),  # due on Monday: Friday
        ("2025-03-12 17:00", "2025-03-11 07:30", "2025-03-11 17:00"),
        ("2026-02-23 17:00", "2026-02-13 07:30", "2026-02-13 17:00"),  # due after Tết: the Friday before it
        ("2026-08-24 17:00", "2026-08-22 07:30", "2026-08-22 17:00"),  # due on Monday: the swapped Saturday
        ("2025-05-05 17:00", "2025-04-29 07:30", "2025-04-29 17:00"),  # 30/4, 1/5, the swapped Friday, a weekend
        ("2025-03-12 09:15", "2025-03-11 07:30", "2025-03-11 17:00"),  # due in the morning: the day before all the same
    ],
)
def test_r11_the_alert_and_the_apology_are_of_the_working_day_before_the_due_day(
    due: str, alert: str, apology: str
) -> None:
    found = late_risk(at(due), at("2024-12-02 10:00"), VN)
    assert (found.alert.at, found.apologise.until) == (at(alert), at(apology))


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2025-03-03 10:00", "2025-03-04 17:00"),  # one working day
        ("2025-03-03 18:30", "2025-03-04 17:00"),  # received after closing
        ("2025-03-03 08:00", "2025-03-03 17:00"),  # same day
        ("2025-03-08 09:00", "2025-03-10 17:00"),  # received on a Saturday
    ],
)
def test_r11_without_a_day_before_the_alert_is_there_at_once(since: str, due: str) -> None:
    found = late_risk(at(due), at(since), VN)
    assert (found.alert.at, found.apologise.until) == (at(since), at(due))


def test_r11_how_many_days_before_is_a_setting() -> None:
    earlier = late_risk(DUE, SINCE, VN, replace(DEFAULT_HANDLING, apology_days_before=2))
    assert earlier.apologise.until == at("2025-03-06 17:00")


@given(st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1), timezones=st.just(VIETNAM)), st.integers(2, 40))  # noqa: DTZ001 - hypothesis adds the zone
def test_r11_after_the_last_day_for_the_apology_comes_the_due_day(received: datetime, amount: int) -> None:
    due = due_at(received, days(str(amount)), VN)
    found = late_risk(due, received, VN)
    day: date = found.apologise.until.date()
    assert received.date() < day
    assert next_workday(VN, day) == due.date()
    assert found.alert.at < found.apologise.until < due - timedelta(hours=12)


def test_r11_in_time_needs_no_apology() -> None:
    assert keys(judged(ready="2025-03-10 17:00")) == []


def test_r11_late_without_an_apology_is_recorded() -> None:
    assert keys(judged(ready="2025-03-10 17:01")) == ["apology_late"]
    assert keys(judged(ready=None, as_of="2025-03-10 16:59")) == []
    assert keys(judged(ready=None)) == ["apology_late"]


def test_r11_an_apology_the_day_before_moves_the_appointment_once() -> None:
    found = judged(SORRY, ready="2025-03-14 17:00")
    assert (found.first, found.binding, keys(found)) == (DUE, NEW, [])


def test_r11_an_apology_on_the_due_day_is_too_late_when_the_dossier_is() -> None:
    letter = replace(SORRY, sent_at=at("2025-03-10 08:00"))
    assert keys(judged(letter, ready="2025-03-12 09:00")) == ["apology_late"]
    assert keys(judged(letter, ready="2025-03-10 16:00")) == []


def test_r11_the_closing_is_the_last_moment_for_the_apology() -> None:
    assert keys(judged(replace(SORRY, sent_at=at("2025-03-07 17:00")), ready="2025-03-12 09:00")) == []
    assert keys(judged(replace(SORRY, sent_at=at("2025-03-07 17:00:01")), ready="2025-03-12 09:00")) == ["apology_late"]


def test_r11_a_second_appointment_does_not_bind_and_is_recorded() -> None:
    again = Apology(at("2025-03-13 15:00"), "Chờ thêm", at("2025-03-21 17:00"))
    found = judged(again, SORRY, ready="2025-03-20 17:00")
    assert found.binding == NEW
    assert keys(found) == ["appointed_again", "new_date_missed"]
    assert [one.at for one in found.violations] == [at("2025-03-13 15:00"), NEW]


def test_r11_how_often_may_be_appointed_again_is_a_setting() -> None:
    again = Apology(at("2025-03-13 15:00"), "Chờ thêm", at("2025-03-21 17:00"))
    twice = replace(DEFAULT_HANDLING, reappointments=2)
    found = appointment(
        DUE, SINCE, VN, apologies=[SORRY, again], ready_at=None, as_of=at("2025-03-21 17:00"), setting=twice
    )
    assert (found.binding, keys(found)) == (at("2025-03-21 17:00"), [])


@pytest.mark.parametrize("new_due", [None, DUE, at("2025-03-07 17:00")])
def test_r11_an_apology_without_a_later_date_moves_nothing(new_due: datetime | None) -> None:
    found = judged(replace(SORRY, new_due=new_due), ready="2025-03-10 16:00")
    assert (found.binding, keys(found)) == (DUE, ["apology_without_date"])


def test_r11_an_apology_says_why() -> None:
    assert keys(judged(replace(SORRY, why=" "), ready="2025-03-12 09:00")) == ["apology_without_reason"]


def test_r11_an_apology_does_not_move_the_limit_itself() -> None:
    assert judged(SORRY, ready="2025-03-14 17:00").first == DUE
