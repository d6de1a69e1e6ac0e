"""The rules of counting, each named: R0, R1, R3, R6, R7, R8, R15–R20, R22 (R22 also in test_workdays)."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from chuan.reading.calendars import load_calendar
from chuan.rules.deadlines import (
    ClockSetting,
    Counting,
    Pause,
    PauseRule,
    Punctuality,
    account,
    classify,
    clock_start,
    due,
    due_at,
    ends_by_day,
    hand_on_limit,
    is_timed,
    rework_exceeds,
    step_amount,
    step_elapsed,
    step_exceeds,
    two_dues,
    waiting_for_payment,
    with_local_difficulty,
    working_unit,
)
from chuan.rules.procedure.structure import Limit, Step, TimeUnit
from chuan.rules.workdays import Calendar, Hours, Shift
from chuan.text.messages import BadInput

from .moments import SATURDAYS, VN, at, days, limit


@pytest.mark.parametrize("hour", ["00:10", "07:30", "10:00", "14:59", "15:01", "16:59", "23:00"])
def test_r0_the_day_of_receipt_is_not_counted_whatever_the_hour(hour: str) -> None:
    assert due_at(at(f"2025-03-03 {hour}"), days("2"), VN) == at("2025-03-05 17:00")


@pytest.mark.parametrize("received", ["2025-03-07 10:00", "2025-03-08 10:00", "2025-03-09 22:00"])
def test_r0_received_on_a_day_off_the_next_working_day_is_day_one(received: str) -> None:
    assert due_at(at(received), days("1"), VN) == at("2025-03-10 17:00")


def test_r0_received_on_a_day_off_counts_from_the_next_working_day_in_calendar_days_too() -> None:
    assert due_at(at("2025-03-08 10:00"), limit("2", TimeUnit.CALENDAR_DAY), VN) == at("2025-03-11 17:00")


@pytest.mark.parametrize(
    ("received", "amount", "ends"),
    [
        ("2025-03-03 10:00", "3", "2025-03-06 17:00"),
        ("2025-03-03 10:00", "5", "2025-03-10 17:00"),  # ends on Saturday, rolls on to Monday
        ("2025-04-25 10:00", "5", "2025-05-05 17:00"),  # ends on 30/4, rolls on over the swapped Friday
        ("2026-01-22 09:00", "26", "2026-02-23 17:00"),  # ends in Tết
    ],
)
def test_r0_calendar_days_that_end_on_a_day_off_roll_on(received: str, amount: str, ends: str) -> None:
    assert due_at(at(received), limit(amount, TimeUnit.CALENDAR_DAY), VN) == at(ends)


@pytest.mark.parametrize(
    ("received", "amount", "ends"),
    [
        ("2024-04-26 10:00", "3", "2024-05-04 17:00"),  # the swapped Saturday works
        ("2025-04-24 10:00", "3", "2025-04-28 17:00"),
        ("2025-12-31 16:00", "1", "2026-01-05 17:00"),
        ("2026-01-08 08:00", "2", "2026-01-10 17:00"),
        ("2026-08-21 08:00", "6", "2026-08-28 17:00"),
        ("2026-08-28 08:00", "1", "2026-09-03 17:00"),
        ("2026-11-23 08:00", "1", "2026-11-25 17:00"),
        ("2025-01-24 16:59", "10", "2025-02-14 17:00"),
    ],
)
def test_r0_working_days_follow_the_official_calendars(received: str, amount: str, ends: str) -> None:
    assert due_at(at(received), days(amount), VN) == at(ends)


def test_a_fractional_rest_is_that_part_of_the_last_days_own_time() -> None:
    assert due_at(at("2025-03-03 10:00"), days("3.5"), VN) == at("2025-03-07 11:30")
    assert due_at(at("2025-03-03 10:00"), days("0.25"), load_calendar("vn-1330")) == at("2025-03-04 09:22:30")
    assert due_at(at("2025-03-03 10:00"), days("1/3"), VN) == at("2025-03-04 10:10")


def test_rolling_days_end_at_the_minute_of_receipt() -> None:
    rolling = Counting.ROLLING
    assert due_at(at("2025-03-07 10:00"), days("1"), VN, counting=rolling) == at("2025-03-10 10:00")
    assert due_at(at("2025-03-03 18:00"), days("1"), VN, counting=rolling) == at("2025-03-04 17:00")
    calendar_days = limit("5", TimeUnit.CALENDAR_DAY)
    assert due_at(at("2025-03-03 10:00"), calendar_days, VN, counting=rolling) == at("2025-03-10 17:00")
    assert due_at(at("2025-03-05 10:00"), calendar_days, VN, counting=rolling) == at("2025-03-10 10:00")


def test_r1_the_clock_starts_at_receipt_not_at_filing() -> None:
    assert clock_start(at("2025-03-01 20:00"), at("2025-03-03 09:00")) == at("2025-03-03 09:00")
    assert clock_start(at("2025-03-01 20:00"), None) is None


@pytest.mark.parametrize(
    ("received", "until"),
    [
        ("2025-03-03 09:00", "2025-03-03 17:00"),
        ("2025-03-03 06:00", "2025-03-03 17:00"),
        ("2025-03-03 15:00", "2025-03-03 17:00"),
        ("2025-03-03 15:00:01", "2025-03-04 08:30"),
        ("2025-03-07 16:00", "2025-03-10 08:30"),
        ("2025-03-08 09:00", "2025-03-10 08:30"),
        ("2025-04-30 09:00", "2025-05-05 08:30"),
    ],
)
def test_r3_passed_on_within_the_day_or_after_15h_in_the_first_hour_of_the_next(received: str, until: str) -> None:
    assert hand_on_limit(at(received), VN) == at(until)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2025-03-03 08:00", "2025-03-03 17:00"),
        ("2025-03-03 15:00", "2025-03-03 17:00"),
        ("2025-03-03 15:01", "2025-03-04 17:00"),
        ("2025-03-07 15:30", "2025-03-10 17:00"),
        ("2025-03-08 08:00", "2025-03-10 17:00"),
    ],
)
def test_r6_same_day_work_received_after_15h_ends_the_next_working_day(received: str, ends: str) -> None:
    same_day = limit("1", TimeUnit.SAME_WORKING_DAY)
    assert due_at(at(received), same_day, VN) == at(ends)
    assert due_at(at(received), same_day, VN, counting=Counting.ROLLING) == at(ends)


def test_r6_an_extension_by_two_days_ends_two_working_days_later() -> None:
    assert due_at(at("2025-03-06 08:00"), limit("3", TimeUnit.SAME_WORKING_DAY), VN) == at("2025-03-10 17:00")


def test_r15_uncounted_steps_have_no_clock() -> None:
    assert is_timed(Step("Thẩm định", time=days("1")))
    assert not is_timed(Step("Trả kết quả", time=days("1"), counted=False))
    assert not is_timed(Step("Lấy ý kiến"))


@pytest.mark.parametrize(
    ("amount", "unit", "ends"),
    [
        ("0.25", TimeUnit.WORKING_DAY, "2025-03-04 09:30"),
        ("1/3", TimeUnit.WORKING_DAY, "2025-03-04 10:10"),
        ("0.5", TimeUnit.WORKING_HOUR, "2025-03-03 16:00"),
        ("8", TimeUnit.WORKING_HOUR, "2025-03-04 15:30"),
        ("90", TimeUnit.MINUTE, "2025-03-03 17:00"),
        ("12", TimeUnit.HOUR, "2025-03-04 03:30"),
        ("2", TimeUnit.CALENDAR_DAY, "2025-03-05 17:00"),
        ("0.5", TimeUnit.CALENDAR_DAY, "2025-03-04 11:30"),
        ("1", TimeUnit.SAME_WORKING_DAY, "2025-03-04 17:00"),
        ("0", TimeUnit.WORKING_DAY, "2025-03-03 15:30"),
    ],
)
def test_r16_every_unit_in_the_wild_has_its_own_clock(amount: str, unit: TimeUnit, ends: str) -> None:
    assert due_at(at("2025-03-03 15:30"), limit(amount, unit), VN) == at(ends)


def test_r17_the_legal_and_the_committed_limit_are_both_kept() -> None:
    dues = two_dues(at("2025-03-03 10:00"), days("5"), days("4"), VN)
    assert dues.legal is not None
    assert dues.committed is not None
    assert (dues.legal.at, dues.committed.at) == (at("2025-03-10 17:00"), at("2025-03-07 17:00"))
    assert two_dues(at("2025-03-03 10:00"), None, days("4"), VN).legal is None


def test_r18_an_area_of_difficulty_adds_days_by_a_setting() -> None:
    land = ClockSetting(local_difficulty=Fraction(10))
    assert with_local_difficulty(days("30"), land) == days("40")
    assert with_local_difficulty(limit("8", TimeUnit.WORKING_HOUR), land) == limit("8", TimeUnit.WORKING_HOUR)
    longer = two_dues(at("2025-03-03 10:00"), None, days("1"), VN, setting=land).committed
    assert longer is not None
    assert longer.at == at("2025-03-18 17:00")


def test_r19_waiting_for_the_citizens_payment_is_not_lateness() -> None:
    payment = waiting_for_payment(at("2025-03-04 10:00"), at("2025-03-14 10:00"))
    ends = due_at(at("2025-03-03 10:00"), days("2"), VN, pauses=[payment])
    assert classify(at("2025-03-03 10:00"), ends, at("2025-03-17 16:00"), at("2025-04-01 08:00")) is Punctuality.ON_TIME


def test_r20_rework_has_a_limit_of_its_own() -> None:
    assert not rework_exceeds(at("2025-03-07 10:00"), at("2025-03-10 10:00"), VN)
    assert rework_exceeds(at("2025-03-07 10:00"), at("2025-03-10 10:01"), VN)
    assert not rework_exceeds(at("2025-03-07 10:00"), at("2025-03-11 10:00"), VN, days("2"))


def test_r22_the_due_moment_is_the_closing_of_the_agencys_own_day() -> None:
    until_1130 = load_calendar("vn-7h")
    assert due_at(at("2025-03-03 10:00"), days("0.5"), until_1130) == at("2025-03-04 11:00")
    assert due_at(at("2025-03-07 10:00"), days("1"), SATURDAYS) == at("2025-03-10 17:00")


@pytest.mark.parametrize(
    ("written", "completed", "exceeds"),
    [
        (limit("1", TimeUnit.WORKING_DAY), "2025-03-10 10:00", False),
        (limit("1", TimeUnit.WORKING_DAY), "2025-03-10 10:00:00.000001", True),
        (limit("0.25", TimeUnit.WORKING_DAY), "2025-03-07 13:30", False),
        (limit("0.25", TimeUnit.WORKING_DAY), "2025-03-07 13:31", True),
        (limit("4", TimeUnit.WORKING_HOUR), "2025-03-07 15:30", False),
        (limit("4", TimeUnit.WORKING_HOUR), "2025-03-07 15:31", True),
        (limit("30", TimeUnit.MINUTE), "2025-03-07 10:31", True),
        (limit("12", TimeUnit.HOUR), "2025-03-07 22:00", False),
        (limit("12", TimeUnit.HOUR), "2025-03-07 22:01", True),
        (limit("1", TimeUnit.CALENDAR_DAY), "2025-03-10 17:00", False),  # Saturday 10:00 rolls on to Monday's closing
        (limit("1", TimeUnit.CALENDAR_DAY), "2025-03-10 17:01", True),
        (limit("3", TimeUnit.CALENDAR_DAY), "2025-03-10 10:00", False),
        (limit("3", TimeUnit.CALENDAR_DAY), "2025-03-10 10:01", True),
        (limit("1", TimeUnit.SAME_WORKING_DAY), "2025-03-07 17:00", False),
        (limit("1", TimeUnit.SAME_WORKING_DAY), "2025-03-08 08:00", True),
    ],
)
def test_a_step_exceeds_its_limit_strictly_on_its_own_clock(written: Limit, completed: str, exceeds: bool) -> None:
    assert step_exceeds(at("2025-03-07 10:00"), at(completed), written, VN) is exceeds


@pytest.mark.parametrize("calendar", ["vn", "vn-7h", "vn-1330"])
def test_where_all_days_are_equally_long_working_time_tells_the_working_days(calendar: str) -> None:
    known = load_calendar(calendar)
    start, end = at("2025-04-25 10:00"), at("2025-05-08 15:07")
    unit = working_unit(TimeUnit.WORKING_DAY, known)
    assert unit is not None
    worked = step_elapsed(start, end, known) // timedelta(microseconds=1)
    assert Fraction(worked, unit) == step_amount(start, end, TimeUnit.WORKING_DAY, known)


def test_a_saturday_that_counts_as_half_a_day_is_as_long_as_half_a_day() -> None:
    morning = Hours((Shift(7 * 60 + 30, 11 * 60 + 30),), Fraction(1, 2))
    assert working_unit(TimeUnit.WORKING_DAY, with_saturday(morning)) == 8 * 60 * 60 * 1_000_000


def test_where_days_differ_in_length_working_time_does_not_tell_the_working_days() -> None:
    whole = Hours((Shift(7 * 60 + 30, 11 * 60 + 30),), Fraction(1))
    only_receives = Hours((Shift(7 * 60 + 30, 11 * 60 + 30),), Fraction(0))
    assert working_unit(TimeUnit.WORKING_DAY, with_saturday(whole)) is None
    assert working_unit(TimeUnit.WORKING_DAY, with_saturday(only_receives)) is None
    assert step_exceeds(at("2025-03-08 07:30"), at("2025-03-10 07:31"), days("1"), with_saturday(whole))
    assert not step_exceeds(at("2025-03-08 07:30"), at("2025-03-10 17:00"), days("1"), with_saturday(only_receives))


def with_saturday(hours: Hours) -> Calendar:
    return replace(VN, week=(*VN.week[:5], hours, VN.week[6]))


@pytest.mark.parametrize(
    ("written", "counting", "together"),
    [
        (days("3"), Counting.DAYS, True),
        (limit("3", TimeUnit.CALENDAR_DAY), Counting.DAYS, True),
        (days("3"), Counting.ROLLING, False),
        (limit("3", TimeUnit.WORKING_HOUR), Counting.DAYS, False),
        (limit("1", TimeUnit.SAME_WORKING_DAY), Counting.DAYS, False),
        (days("0"), Counting.DAYS, False),
    ],
)
def test_what_one_day_received_is_due_together_only_in_days(written: Limit, counting: Counting, together: bool) -> None:
    morning, afternoon = at("2025-03-04 08:00"), at("2025-03-04 16:00")
    assert ends_by_day(written, counting) is together
    assert (
        due_at(morning, written, VN, counting=counting) == due_at(afternoon, written, VN, counting=counting)
    ) is together


def test_a_step_that_ends_before_it_was_enabled_took_no_time() -> None:
    assert step_elapsed(at("2025-03-04 10:00"), at("2025-03-03 10:00"), VN) == timedelta()
    assert not step_exceeds(at("2025-03-04 10:00"), at("2025-03-03 10:00"), days("1"), VN)


@pytest.mark.parametrize(
    ("finished", "as_of", "word"),
    [
        ("2025-03-04 18:00", "2025-04-01 08:00", Punctuality.EARLY),
        ("2025-03-05 00:00", "2025-04-01 08:00", Punctuality.ON_TIME),
        ("2025-03-05 17:00", "2025-04-01 08:00", Punctuality.ON_TIME),
        ("2025-03-05 17:00:01", "2025-04-01 08:00", Punctuality.LATE),
        (None, "2025-03-05 17:00", Punctuality.OPEN_IN_TIME),
        (None, "2025-03-05 17:01", Punctuality.OPEN_LATE),
        ("2025-03-02 08:00", "2025-04-01 08:00", Punctuality.NOT_JUDGED),
    ],
)
def test_a_dossier_is_early_before_the_due_day_and_on_time_on_it(
    finished: str | None, as_of: str, word: Punctuality
) -> None:
    ready = at(finished) if finished else None
    assert classify(at("2025-03-03 10:00"), at("2025-03-05 17:00"), ready, at(as_of)) is word


def test_without_receipt_or_limit_nothing_is_judged() -> None:
    now = at("2025-03-05 17:00")
    assert classify(None, now, now, now) is Punctuality.NOT_JUDGED
    assert classify(now, None, now, now) is Punctuality.NOT_JUDGED


def test_the_ledger_tells_why_the_due_date_is_what_it_is() -> None:
    supplement = Pause(at("2025-04-23 10:00"), at("2025-04-24 09:00"), PauseRule.RESTART)
    payment = Pause(at("2025-04-28 10:00"), at("2025-04-29 08:00"), PauseRule.PAUSE, "Chờ nộp lệ phí")
    found = due(at("2025-04-22 10:00"), days("5"), VN, pauses=[supplement, payment])
    told = [
        (f"{line.start:%d/%m %H:%M}", str(line.amount), line.reason.text(), line.source) for line in found.ledger.lines
    ]
    law, swap = "BLLĐ 2019, Điều 112", "Thông báo 6150/TB-BLĐTBXH (03/12/2024)"
    weekend = "Ngày nghỉ hằng tuần: không tính"
    assert told == [
        (
            "22/04 10:00",
            "0",
            "Hồ sơ được trả lại để bổ sung: thời gian này không tính, tính lại từ đầu khi nhận đủ hồ sơ",
            "",
        ),
        ("24/04 09:00", "0", "Ngày tiếp nhận: không tính", "BLDS 2015, Điều 147"),
        ("25/04 00:00", "1", "Tính", ""),
        ("26/04 00:00", "1", "Tính: Làm bù cho thứ Sáu 02/5/2025", swap),
        ("27/04 00:00", "0", weekend, ""),
        ("28/04 00:00", "0", "Đang tạm dừng: không tính ngày này", ""),
        ("28/04 10:00", "0", "Tạm dừng (Chờ nộp lệ phí): không tính", ""),
        ("29/04 00:00", "1", "Tính", ""),
        ("30/04 00:00", "0", "Ngày lễ: Ngày Chiến thắng 30/4", f"{law}(1c)"),
        ("01/05 00:00", "0", "Ngày lễ: Ngày Quốc tế Lao động 01/5", f"{law}(1d)"),
        ("02/05 00:00", "0", "Ngày nghỉ: Nghỉ hoán đổi, làm bù thứ Bảy 26/4/2025", swap),
        ("03/05 00:00", "0", weekend, ""),
        ("04/05 00:00", "0", weekend, ""),
        ("05/05 00:00", "1", "Tính", ""),
        ("06/05 00:00", "1", "Tính", ""),
    ]
    assert found.at == at("2025-05-06 17:00")
    assert (found.ledger.total, found.ledger.calendar_version) == (Fraction(5), VN.version)


def test_the_ledger_shows_where_a_limit_rolled_on() -> None:
    lines = due(at("2025-03-03 10:00"), limit("5", TimeUnit.CALENDAR_DAY), VN).ledger.lines
    assert [(line.counted, line.reason.code) for line in lines[-3:]] == [
        (True, "deadlines.counted_day_off"),
        (False, "deadlines.day_off"),
        (False, "deadlines.rolled_on"),
    ]


def test_a_pause_over_days_is_said_on_each_of_them() -> None:
    pause = Pause(at("2025-03-05 09:00"), at("2025-03-11 09:00"))
    lines = due(at("2025-03-03 10:00"), days("3"), VN, pauses=[pause]).ledger.lines
    assert [(f"{line.start:%d/%m %H:%M}", line.reason.code.removeprefix("deadlines.")) for line in lines] == [
        ("03/03 10:00", "day_of_receipt"),
        ("04/03 00:00", "counted"),
        ("05/03 00:00", "stands"),
        ("05/03 09:00", "pause"),
        ("06/03 00:00", "stands"),
        ("07/03 00:00", "stands"),
        ("08/03 00:00", "day_off"),
        ("09/03 00:00", "day_off"),
        ("10/03 00:00", "stands"),
        ("11/03 00:00", "counted"),
        ("12/03 00:00", "counted"),
    ]


def test_a_day_off_during_a_pause_stops_no_calendar_days() -> None:
    pause = Pause(at("2025-03-07 09:00"), at("2025-03-10 09:00"))
    lines = due(at("2025-03-06 10:00"), limit("2", TimeUnit.CALENDAR_DAY), VN, pauses=[pause]).ledger.lines
    assert {line.reason.code for line in lines if line.start.day in (8, 9)} == {"deadlines.stands"}


def test_calendar_days_say_that_days_off_count_too_and_cite_no_law_of_holidays() -> None:
    lines = due(at("2025-04-29 10:00"), limit("3", TimeUnit.CALENDAR_DAY), VN).ledger.lines
    assert [(line.amount, line.reason.code, line.source) for line in lines[1:4]] == [
        (Fraction(1), "deadlines.counted_day_off", "")
    ] * 3


def test_the_ledger_says_which_years_are_estimated_or_not_known() -> None:
    old = account(at("2019-12-30 10:00"), at("2020-01-03 17:00"), TimeUnit.WORKING_DAY, VN)
    assert [note.text() for note in old.notes] == [
        "Lịch “vn” không có ngày nghỉ lễ của năm 2019, 2020: chỉ tính theo tuần làm việc"
    ]
    coming = due(at("2027-01-28 10:00"), days("3"), VN).ledger
    assert [note.code for note in coming.notes] == ["deadlines.estimated_years"]
    assert due(at("2026-01-28 10:00"), days("3"), VN).ledger.notes == ()


@pytest.mark.parametrize("unit", [unit for unit in TimeUnit if unit is not TimeUnit.SAME_WORKING_DAY])
@pytest.mark.parametrize("counting", Counting)
def test_a_limit_beyond_all_calendars_is_refused_in_words(unit: TimeUnit, counting: Counting) -> None:
    with pytest.raises(BadInput, match="quá dài"):
        due_at(at("2025-03-03 10:00"), Limit(Fraction(10**14), unit), VN, counting=counting)
