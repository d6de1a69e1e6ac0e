"""The cases of docs/ten-hard-cases.md: every figure here was counted by hand there, day by day."""

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from chuan.reading.calendars import load_calendar
from chuan.rules.deadlines import Counting, Pause, PauseRule, due, due_at, hand_on_limit, step_due
from chuan.rules.handling import (
    Apology,
    Body,
    Handled,
    Route,
    Rule,
    SupplementAnswer,
    SupplementRequest,
    appointment,
    delay_shares,
    late_risk,
    plan,
    still_missing,
    supplement_violations,
)
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import Calendar
from chuan.text import numbers

from .moments import SATURDAYS, VN, at, days, limit

NOTE = (Path(__file__).parents[2] / "docs" / "ten-hard-cases.md").read_text(encoding="utf-8")
COMMUNE_HOURS = load_calendar("vn-7h")
LONG_NOON = load_calendar("vn-1330")
NOTICE = "Công văn 12729/VPCP-KGVX (25/12/2025)"
BEFORE_NOTICE = replace(VN, version="2025.12", overrides=tuple(one for one in VN.overrides if one.source != NOTICE))
SAME_DAY = limit("1", TimeUnit.SAME_WORKING_DAY)
PAUSED = (Pause(at("2026-03-06 16:55"), at("2026-03-09 08:10")),)


def restarts(*spans: tuple[str, str]) -> tuple[Pause, ...]:
    return tuple(Pause(at(start), at(end), PauseRule.RESTART) for start, end in spans)


THREE_REQUESTS = restarts(
    ("2026-04-08 09:00", "2026-04-10 10:00"),
    ("2026-04-10 15:00", "2026-04-14 14:00"),
    ("2026-04-16 09:00", "2026-04-17 16:00"),
)


@dataclass(frozen=True)
class Case:
    """Received, limit and what was found by hand: the days that count, the end, alert and apology (R11)."""

    received: str
    limit: Limit
    counted: str
    ends: str
    alert: str
    apology: str
    calendar: Calendar = VN
    pauses: tuple[Pause, ...] = ()
    counting: Counting = Counting.DAYS


CASES = {
    "1 Tết in the middle": Case(
        "2026-02-09 10:15",
        days("10"),
        "10/02 11/02 12/02 13/02 23/02 24/02 25/02 26/02 27/02 02/03",
        "2026-03-02 17:00",
        "2026-02-27 07:30",
        "2026-02-27 17:00",
    ),
    "1 Tết of 2027": Case(
        "2027-02-01 08:00",
        days("5"),
        "02/02 03/02 11/02 12/02 15/02",
        "2027-02-15 17:00",
        "2027-02-12 07:30",
        "2027-02-12 17:00",
    ),
    "2 swapped Saturday": Case(
        "2026-08-20 14:00",
        days("8"),
        "21/08 22/08 24/08 25/08 26/08 27/08 28/08 03/09",
        "2026-09-03 17:00",
        "2026-08-28 07:30",
        "2026-08-28 17:00",
    ),
    "3 pause from Friday 16:55": Case(
        "2026-03-03 09:00",
        days("5"),
        "04/03 05/03 09/03 10/03 11/03",
        "2026-03-11 17:00",
        "2026-03-10 07:30",
        "2026-03-10 17:00",
        pauses=PAUSED,
    ),
    "3 the same, rolling": Case(
        "2026-03-03 09:00",
        days("5"),
        "03/03 04/03 05/03 06/03 09/03 10/03",
        "2026-03-10 09:45",
        "2026-03-09 07:30",
        "2026-03-09 17:00",
        pauses=PAUSED,
        counting=Counting.ROLLING,
    ),
    "4 supplements": Case(
        "2026-04-06 08:30",
        days("7"),
        "20/04 21/04 22/04 23/04 24/04 28/04 29/04",
        "2026-04-29 17:00",
        "2026-04-28 07:30",
        "2026-04-28 17:00",
        pauses=THREE_REQUESTS,
    ),
    "5 restart from zero": Case(
        "2026-05-04 13:20",
        days("15"),
        "14/05 15/05 18/05 19/05 20/05 21/05 22/05 25/05 26/05 27/05 28/05 29/05 01/06 02/06 03/06",
        "2026-06-03 17:00",
        "2026-06-02 07:30",
        "2026-06-02 17:00",
        pauses=restarts(("2026-05-07 10:00", "2026-05-13 08:00")),
    ),
    "5 stop and resume": Case(
        "2026-05-04 13:20",
        days("15"),
        "05/05 06/05 13/05 14/05 15/05 18/05 19/05 20/05 21/05 22/05 25/05 26/05 27/05 28/05 29/05",
        "2026-05-29 17:00",
        "2026-05-28 07:30",
        "2026-05-28 17:00",
        pauses=(Pause(at("2026-05-07 10:00"), at("2026-05-13 08:00")),),
    ),
    "6 twelve continuous hours": Case(
        "2026-06-12 20:45",
        limit("12", TimeUnit.HOUR),
        "12/06 13/06",
        "2026-06-13 08:45",
        "2026-06-12 20:45",
        "2026-06-13 08:45",
    ),
    "6 twelve working hours": Case(
        "2026-06-12 20:45",
        limit("12", TimeUnit.WORKING_HOUR),
        "15/06 16/06",
        "2026-06-16 11:30",
        "2026-06-15 07:30",
        "2026-06-15 17:00",
    ),
    "7 thirteen twelfths of a day": Case(
        "2026-07-08 10:00",
        days("13/12"),
        "09/07 10/07",
        "2026-07-10 08:10",
        "2026-07-09 07:30",
        "2026-07-09 17:00",
    ),
    "8 same day at 15:00": Case(
        "2026-08-21 15:00", SAME_DAY, "21/08", "2026-08-21 17:00", "2026-08-21 15:00", "2026-08-21 17:00"
    ),
    "8 same day at 15:01": Case(
        "2026-08-21 15:01", SAME_DAY, "22/08", "2026-08-22 17:00", "2026-08-21 15:01", "2026-08-22 17:00"
    ),
    "8 same day before the holidays": Case(
        "2026-08-28 15:01", SAME_DAY, "03/09", "2026-09-03 17:00", "2026-08-28 15:01", "2026-09-03 17:00"
    ),
    "9 the new holiday": Case(
        "2026-11-18 09:30",
        days("4"),
        "19/11 20/11 23/11 25/11",
        "2026-11-25 17:00",
        "2026-11-23 07:30",
        "2026-11-23 17:00",
    ),
    "11 Saturday morning": Case(
        "2026-10-10 09:00",
        days("3"),
        "12/10 13/10 14/10",
        "2026-10-14 17:00",
        "2026-10-13 07:30",
        "2026-10-13 17:00",
        calendar=SATURDAYS,
    ),
    "11 Saturday morning, calendar days": Case(
        "2026-10-10 09:00",
        limit("5", TimeUnit.CALENDAR_DAY),
        "11/10 12/10 13/10 14/10 15/10",
        "2026-10-15 17:00",
        "2026-10-14 07:30",
        "2026-10-14 17:00",
        calendar=SATURDAYS,
    ),
    "12 before the notice": Case(
        "2025-12-22 10:00",
        days("10"),
        "23/12 24/12 25/12 26/12 29/12 30/12 31/12 02/01 05/01 06/01",
        "2026-01-06 17:00",
        "2026-01-05 07:30",
        "2026-01-05 17:00",
        calendar=BEFORE_NOTICE,
    ),
    "12 after the notice": Case(
        "2025-12-22 10:00",
        days("10"),
        "23/12 24/12 25/12 26/12 29/12 30/12 31/12 05/01 06/01 07/01",
        "2026-01-07 17:00",
        "2026-01-06 07:30",
        "2026-01-06 17:00",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_code_counts_what_was_counted_by_hand(case: Case) -> None:
    start = at(case.received)
    found = due(start, case.limit, case.calendar, counting=case.counting, pauses=case.pauses)
    assert found.at == at(case.ends)
    assert [f"{line.start:%d/%m}" for line in found.ledger.lines if line.counted] == case.counted.split()
    assert found.ledger.total == case.limit.amount
    assert numbers.moment(found.at) in NOTE
    risk = late_risk(found.at, start, case.calendar)
    assert (risk.alert.at, risk.apologise.until) == (at(case.alert), at(case.apology))


def test_1_the_ledger_says_that_2027_is_an_estimate() -> None:
    (note,) = due(at("2027-02-01 08:00"), days("5"), VN).ledger.notes
    assert note.code == "deadlines.estimated_years"


def test_4_what_was_left_out_may_be_asked_for_again_a_third_new_item_may_not() -> None:
    requests = [
        SupplementRequest(at("2026-04-08 09:00"), ("Tờ khai", "Bản vẽ"), "Chưa nộp"),
        SupplementRequest(at("2026-04-10 15:00"), ("Bản vẽ",), "Chưa nộp"),
    ]
    first = SupplementAnswer(at("2026-04-10 10:00"), ("Tờ khai",))
    assert supplement_violations(requests, [first]) == ()
    assert still_missing(requests, [first]) == ("Bản vẽ",)
    third = SupplementRequest(at("2026-04-16 09:00"), ("Ảnh",), "Chưa nộp")
    answers = [first, SupplementAnswer(at("2026-04-14 14:00"), ("Bản vẽ",))]
    (found,) = supplement_violations([*requests, third], answers)
    assert (found.rule, found.at, found.reason.values["items"]) == (Rule.R2, at("2026-04-16 09:00"), "Ảnh")


@pytest.mark.parametrize(
    ("calendar", "ends"),
    [
        (VN, ["2026-07-08 13:30", "2026-07-09 08:00", "2026-07-09 10:40"]),
        (LONG_NOON, ["2026-07-08 13:52:30", "2026-07-09 08:07:30", "2026-07-09 10:37:30"]),
    ],
    ids=["8 hours a day", "7.5 hours a day"],
)
def test_7_steps_of_parts_of_a_day_end_across_lunch_and_night(calendar: Calendar, ends: list[str]) -> None:
    enabled = at("2026-07-08 10:00")
    for amount, end in zip(("0.25", "0.5", "1/3"), ends, strict=True):
        enabled = step_due(enabled, days(amount), calendar)
        assert enabled == at(end)


def test_8_what_came_after_15h_is_passed_on_in_the_first_hour_of_the_swapped_saturday() -> None:
    assert hand_on_limit(at("2026-08-21 15:01"), VN) == at("2026-08-22 08:30")


@pytest.mark.parametrize(
    ("letters", "faults"),
    [
        (["2026-11-23 16:40"], []),
        (["2026-11-25 08:00"], ["handling.apology_late"]),
        (["2026-11-23 16:40", "2026-11-27 09:00"], ["handling.appointed_again"]),
        ([], ["handling.apology_late"]),
    ],
)
def test_9_the_apology_is_out_on_the_working_day_before_which_is_not_the_holiday(
    letters: list[str], faults: list[str]
) -> None:
    new = ["2026-12-01 17:00", "2026-12-08 17:00"]
    sent = [Apology(at(one), "Chờ trích đo", at(then)) for one, then in zip(letters, new, strict=False)]
    found = appointment(
        at("2026-11-25 17:00"),
        at("2026-11-18 09:30"),
        VN,
        apologies=sent,
        ready_at=at("2026-11-30 10:00"),
        as_of=at("2026-12-15 08:00"),
    )
    assert [fault.reason.code for fault in found.violations] == faults
    assert found.first == at("2026-11-25 17:00")
    assert found.binding == at("2026-12-01 17:00" if letters else "2026-11-25 17:00")


def test_10_the_shares_of_commune_and_department_sum_to_the_delay() -> None:
    commune = Body("UBND xã", "commune", days("2"), COMMUNE_HOURS)
    department = Body("Sở Xây dựng", "province", days("5"), VN)
    received, ready = at("2026-10-05 09:00"), at("2026-10-19 10:00")
    planned = plan(received, [commune, department], reception="Một cửa xã", electronic=True)
    assert (planned.route, planned.due) == (Route.LEVELS, at("2026-10-14 17:00"))
    assert [part.duty.until for part in planned.parts] == [at("2026-10-07 17:00"), at("2026-10-14 17:00")]
    shares = delay_shares(
        planned.due,
        [Handled(commune, received, at("2026-10-08 11:00")), Handled(department, at("2026-10-08 13:30"), ready)],
        lead=department.agency,
        calendar=VN,
        ready_at=ready,
        as_of=ready,
    )
    assert [one.delay for one in shares] == [Fraction(7, 16), Fraction(30, 16)]
    assert [one.of_dossier for one in shares] == [Fraction(7, 37), Fraction(30, 37)]
    assert sum(one.delay for one in shares) == Fraction(37, 16)
    assert numbers.moment(planned.due) in NOTE


def test_11_where_the_office_is_closed_all_saturday_the_next_working_day_is_day_one() -> None:
    assert due_at(at("2026-10-10 09:00"), limit("5", TimeUnit.CALENDAR_DAY), VN) == at("2026-10-16 17:00")


def test_12_each_count_names_the_version_of_its_calendar() -> None:
    versions = [
        due(at("2025-12-22 10:00"), days("10"), calendar).ledger.calendar_version for calendar in (BEFORE_NOTICE, VN)
    ]
    assert versions == ["2025.12", VN.version]
