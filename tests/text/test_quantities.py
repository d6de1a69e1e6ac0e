"""Time phrases as they stand in published procedures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.text.quantities import Unit, read_time, read_unit, unrounded

DAY, WORKING, HOUR = Unit.DAY, Unit.WORKING_DAY, Unit.HOUR


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0,5 ngày", "1/2", DAY),
        ("0.25 ngày làm việc", "1/4", WORKING),
        ("5 working days", "5", WORKING),
        ("1 business day", "1", WORKING),
        ("15 calendar days", "15", Unit.CALENDAR_DAY),
        ("10 ngày lịch", "10", Unit.CALENDAR_DAY),
        ("10 ngày dương lịch", "10", Unit.CALENDAR_DAY),
        ("4 working hours", "4", Unit.WORKING_HOUR),
        ("2 hours", "2", HOUR),
        ("24 continuous hours", "24", Unit.CONTINUOUS_HOUR),
        ("30 minutes", "30", Unit.MINUTE),
        ("½ ngày", "1/2", DAY),
        ("1½ ngày", "3/2", DAY),
        ("1/3 ngày", "1/3", DAY),
        ("1 1/2 ngày", "3/2", DAY),
        ("04 giờ", "4", HOUR),
        ("04h", "4", HOUR),
        ("8 tiếng", "8", HOUR),
        ("4 giờ làm việc", "4", Unit.WORKING_HOUR),
        ("1,5 ngày làm việc", "3/2", WORKING),
        ("2,5 ngày lv", "5/2", WORKING),
        ("01 ngày làm việc", "1", WORKING),
        ("03 ngày (24 giờ)", "3", DAY),
        ("40 giờ (05 ngày làm việc)", "40", HOUR),
        ("168 giờ (tương đương 21 ngày)", "168", HOUR),
        ("30 ngày / 240 giờ làm việc", "30", DAY),
        ("12 ngày làm việc = 96 giờ (xã 40 giờ + Sở Nội vụ 56 giờ)", "12", WORKING),
        ("03 (xã) + 05 (tỉnh) = 08 ngày làm việc", "8", WORKING),
        ("tối đa 48 ngày (cắt giảm 12/60 ngày, 20%)", "48", DAY),
        ("30 phút", "30", Unit.MINUTE),
        ("1 giờ 30 phút", "90", Unit.MINUTE),
        ("12 giờ đồng hồ", "12", Unit.CONTINUOUS_HOUR),
        ("24 giờ liên tục", "24", Unit.CONTINUOUS_HOUR),
        ("02 ngày x 8h", "2", DAY),
        ("một ngày", "1", DAY),
        ("nửa ngày", "1/2", DAY),
        ("02 ngày rưỡi", "5/2", DAY),
        ("không quá 5 ngày", "5", DAY),
        ("trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", "5", WORKING),
        ("Trong thời gian 03 ngày làm việc", "3", WORKING),
        ("0,333333 ngày làm việc", "1/3", WORKING),
        ("1.5", "3/2", Unit.NONE),
        ("05", "5", Unit.NONE),
        ("1/4", "1/4", Unit.NONE),
        ("không quá 5", "5", Unit.NONE),
        ("Trong ngày", "1", Unit.SAME_DAY),
        ("trong ngày; nhận sau 15h → ngày làm việc tiếp theo", "1", Unit.SAME_DAY),
        ("Trong ngày làm việc, nếu nhận hồ sơ sau 15 giờ thì trả vào ngày làm việc tiếp theo", "1", Unit.SAME_DAY),
        ("0 ngày", "0", DAY),
        ("1 và 1/2 ngày", "3/2", DAY),
        ("1h30", "90", Unit.MINUTE),
        ("01 giờ 30", "90", Unit.MINUTE),
        ("05 ngày làm việc, trong đó: Sở 03 ngày; UBND 02 ngày", "5", WORKING),
    ],
)
def test_an_amount_is_read_exactly_and_without_doubt(text: str, value: str, unit: Unit) -> None:
    phrase = read_time(text)
    assert phrase.amount is not None
    assert (phrase.amount.value, phrase.amount.unit) == (Fraction(value), unit)
    assert phrase.counted
    assert phrase.doubts == ()


@pytest.mark.parametrize(
    "text",
    ["Giờ hành chính", "Giờ HC", "Không tính thời gian", "Không tính", "Trong thời gian thông báo tuyển dụng"],
)
def test_words_that_say_not_counted_give_no_amount(text: str) -> None:
    phrase = read_time(text)
    assert (phrase.amount, phrase.counted, phrase.text, phrase.doubts) == (None, False, text, ())


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("khoảng 2 ngày", "vague", 2),
        ("từ 3 đến 5 ngày", "range", 5),
        ("3-5 ngày làm việc", "range", 5),
        ("10 ngày hoặc 30 ngày", "alternatives", 10),
        ("02 ngày (24 giờ)", "disagree", 2),
        ("tùy theo vụ việc", "unread", None),
        ("Ngay sau khi nhận hồ sơ", "at_once", None),
        ("Không tính thời gian (tối đa 2 ngày)", "uncounted_with_amount", None),
    ],
)
def test_what_can_be_meant_otherwise_is_doubted(text: str, code: str, value: int | None) -> None:
    phrase = read_time(text)
    assert [doubt.code for doubt in phrase.doubts] == [f"quantities.{code}"]
    assert (phrase.amount and phrase.amount.value) == value
    for language in ("vi", "en"):
        assert text in phrase.doubts[0].text(language)


def test_an_empty_cell_says_nothing() -> None:
    for text in ("", "-", " … ", "//"):
        assert (read_time(text).amount, read_time(text).doubts) == (None, ())


def test_hours_beside_days_show_that_working_days_are_meant() -> None:
    assert read_time("03 ngày (24 giờ)").working
    assert read_time("02 ngày x 8h").working
    assert not read_time("03 ngày").working


@pytest.mark.parametrize(
    ("heading", "unit", "size"),
    [
        ("Thời gian", Unit.NONE, "1"),
        ("Thời gian (ngày)", DAY, "1"),
        ("Thời gian (ngày lịch)", Unit.CALENDAR_DAY, "1"),
        ("Thời gian (ngày làm việc)", WORKING, "1"),
        ("Thời gian (giờ, 8h/ngày)", HOUR, "1"),
        ("Thời gian (8 giờ/ngày)", HOUR, "1"),
        ("Thời gian thực hiện (giờ làm việc)", Unit.WORKING_HOUR, "1"),
        ("Thời gian (1/4 ngày)", DAY, "1/4"),
        ("Thời gian (ngày/giờ)", Unit.NONE, "1"),
    ],
)
def test_a_heading_gives_bare_numbers_their_unit(heading: str, unit: Unit, size: str) -> None:
    assert read_unit(heading) == (unit, Fraction(size))


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    phrase = read_time(text)
    assert phrase.counted or phrase.amount is None


@given(st.integers(1, 400), st.sampled_from([1, 2, 4, 5, 8, 10, 3]))
def test_amounts_survive_writing_with_a_decimal_comma(value: int, part: int) -> None:
    amount = Fraction(value, part)
    written = f"{round(float(amount), 6)}".replace(".", ",")
    read = read_time(f"{written} ngày làm việc").amount
    assert read is not None
    assert read.value == amount


def test_only_rounded_fractions_are_unrounded() -> None:
    assert unrounded(Fraction("0.333333")) == Fraction(1, 3)
    assert unrounded(Fraction("0.33")) == Fraction("0.33")
    assert unrounded(Fraction("0.1875")) == Fraction("0.1875")
