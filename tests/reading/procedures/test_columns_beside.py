"""Columns side by side: two times (the law's and the agency's own), the unit and the person. Nothing is dropped."""

from fractions import Fraction

import pytest

from chuan.reading.procedures import Reading
from chuan.rules.procedure.structure import Limit, TimeUnit

from .tables import LEFT, UP, doubts, read, steps, table

LIMIT = "Thời hạn giải quyết: 04 ngày làm việc"


def two_times(first: str, second: str, *rows: tuple[str, str], limit: str = LIMIT) -> Reading:
    numbered = [(str(place), "Việc", "CV", *times) for place, times in enumerate(rows, start=1)]
    return read(limit, table(("STT", "Nội dung", "Trách nhiệm", first, second), *numbered))


@pytest.mark.parametrize(
    ("legal", "own"),
    [
        ("Thời gian theo quy định", "Thời gian cắt giảm còn"),
        ("Thời gian theo quy định", "Thời gian thực hiện"),
        ("Thời gian thực hiện theo quy định", "Thời gian thực hiện sau cắt giảm"),
        ("Thời hạn theo quy định của pháp luật", "Thời hạn đã cắt giảm"),
        ("Thời gian trước khi cắt giảm", "Thời gian sau khi cắt giảm"),
        ("Quy định", "Sau cắt giảm"),
    ],
)
def test_of_two_times_the_agencys_own_is_taken_and_the_legal_one_kept_with_a_doubt(legal: str, own: str) -> None:
    row, turned = ("5 ngày làm việc", "3 ngày làm việc"), ("3 ngày làm việc", "5 ngày làm việc")
    for reading in (two_times(legal, own, row, row), two_times(own, legal, turned, turned)):
        assert [one[3] for one in steps(reading)] == ["3 working_day", "3 working_day"]
        assert {one.note for one in reading.procedures[0].variants[0].steps} == {f"{legal}: 5 ngày làm việc"}
        assert doubts(reading) == ["times_beside"]


def test_a_column_that_only_says_cut_is_asked_about() -> None:
    reading = two_times("Thời gian theo quy định", "Thời gian cắt giảm", ("5 ngày làm việc", "4 ngày làm việc"))
    assert steps(reading)[0][3] == "4 working_day"
    assert doubts(reading) == ["times_beside", "cut_or_left"]


def test_a_third_column_with_what_is_left_is_taken_before_the_cut() -> None:
    heads = ("STT", "Nội dung", "Trách nhiệm", "Thời gian quy định", "Cắt giảm", "Thời gian thực hiện")
    reading = read(LIMIT, table(heads, ("1", "Việc", "CV", "6 ngày làm việc", "2 ngày làm việc", "4 ngày làm việc")))
    (step,) = reading.procedures[0].variants[0].steps
    assert step.time == Limit(Fraction(4), TimeUnit.WORKING_DAY)
    assert step.note == "Cắt giảm: 2 ngày làm việc; Thời gian quy định: 6 ngày làm việc"
    assert doubts(reading) == ["times_beside"]


def test_two_columns_that_say_the_same_time_are_one() -> None:
    reading = two_times("Thời gian (giờ làm việc)", "Thời gian (ngày làm việc)", ("8", "1"), ("24", "3"))
    assert [one[3] for one in steps(reading)] == ["8 working_hour", "24 working_hour"]
    assert {one.note for one in reading.procedures[0].variants[0].steps} == {""}
    assert doubts(reading) == []


def test_bare_numbers_keep_the_unit_of_their_own_column() -> None:
    reading = two_times("Thời gian (giờ làm việc)", "Thời gian quy định (ngày làm việc)", ("8", "2"), ("", "3"))
    assert [one[3] for one in steps(reading)] == ["8 working_hour", "3 working_day"]
    notes = [one.note for one in reading.procedures[0].variants[0].steps]
    assert notes == ["Thời gian quy định (ngày làm việc): 2 ngày làm việc", ""]


def under_two_rows_of_heading(*total: str) -> Reading:
    return read(
        "QUY TRÌNH NỘI BỘ",
        table(
            ("STT", "Các bước trình tự thực hiện", "Bộ phận, công chức giải quyết", LEFT, "Thời gian giải quyết", LEFT),
            (UP, UP, "Đơn vị", "Người thực hiện", "Theo quy định", "Cắt giảm còn"),
            ("Bước 1", "Tiếp nhận hồ sơ", "TTPVHCC", "Công chức", "1 ngày", "0,5 ngày"),
            ("Bước 2", "Giải quyết", "Phòng Kinh tế", "Chuyên viên", "5 ngày", "3 ngày"),
            ("Bước 3", "Trả kết quả", "Một cửa", "Một cửa", "1 ngày", "0,5 ngày"),
            *([total] if total else []),
        ),
    )


def test_the_person_and_the_unit_under_one_heading_are_both_the_role() -> None:
    reading = under_two_rows_of_heading()
    assert [one[2] for one in steps(reading)] == ["Công chức TTPVHCC", "Chuyên viên Phòng Kinh tế", "Một cửa"]


def test_the_total_of_the_legal_column_is_the_legal_limit_and_days_of_a_table_alone_are_asked_about() -> None:
    reading = under_two_rows_of_heading("", "Tổng", "", "", "7 ngày", "4 ngày")
    (procedure,) = reading.procedures
    assert procedure.variants[0].declared_total == Limit(Fraction(4), TimeUnit.CALENDAR_DAY)
    assert procedure.legal == Limit(Fraction(7), TimeUnit.CALENDAR_DAY)
    assert procedure.legal_text == "Thời gian giải quyết Theo quy định: 7 ngày"
    assert doubts(reading) == ["day_read_as_calendar", "times_beside"]
    (told,) = [doubt.message for doubt in procedure.doubts if doubt.message.code == "procedures.times_beside"]
    assert "“Thời gian giải quyết Theo quy định” (7 ngày)" in told.text()


def test_person_and_unit_in_columns_of_their_own_are_one_role_and_leading_and_helping_are_not() -> None:
    row = ("1", "Việc", "Phòng Nội vụ", "Chuyên viên", "4 ngày làm việc")
    reading = read(LIMIT, table(("TT", "Nội dung", "Đơn vị", "Người thực hiện", "Thời gian"), row))
    assert steps(reading)[0][2] == "Chuyên viên Phòng Nội vụ"
    reading = read(LIMIT, table(("TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"), row))
    assert steps(reading)[0][2] == "Phòng Nội vụ"
    assert reading.procedures[0].variants[0].steps[0].note == "Đơn vị phối hợp: Chuyên viên"


@pytest.mark.parametrize(
    ("heads", "cells", "time"),
    [
        (("Ngày", "Giờ"), ("1", "4"), "12 working_hour"),
        (("Giờ", "Ngày"), ("4", "1"), "12 working_hour"),
        (("Ngày", "Giờ"), ("0,25", "2"), "1/4 working_day"),
        (("Ngày", "Giờ"), ("", "2"), "2 working_hour"),
        (("Ngày", "Giờ"), ("3", ""), "3 working_day"),
        (("Thời gian (giờ)", "Thời gian (phút)"), ("1", "30"), "90 minute"),
    ],
)
def test_days_and_hours_in_two_columns_are_one_time(heads: tuple[str, str], cells: tuple[str, str], time: str) -> None:
    reading = two_times(*heads, cells)
    assert [one[3] for one in steps(reading)] == [time]
    assert reading.procedures[0].variants[0].steps[0].note == ""
    assert not {"times_beside", "quantities.disagree"} & set(doubts(reading))


def test_days_and_hours_in_two_columns_that_cannot_be_added_are_doubted() -> None:
    reading = two_times("Ngày", "Giờ", ("3", "20"))
    assert steps(reading)[0][3] == "3 working_day"
    assert "quantities.disagree" in doubts(reading)
