"""How agencies write a time, with the right answer worked out by hand: exact, or a doubt; never silently wrong."""

from fractions import Fraction

import pytest

from chuan.text.quantities import Amount, Unit, is_time, read_time

DAY, WORKING, CALENDAR = Unit.DAY, Unit.WORKING_DAY, Unit.CALENDAR_DAY
HOUR, WORKING_HOUR, CLOCK_HOUR = Unit.HOUR, Unit.WORKING_HOUR, Unit.CONTINUOUS_HOUR
MINUTE, SAME_DAY, BARE = Unit.MINUTE, Unit.SAME_DAY, Unit.NONE

EXACT: list[tuple[str, str, Unit]] = [
    # figures
    ("01 ngày", "1", DAY),
    ("1 ngày.", "1", DAY),
    ("02ngày", "2", DAY),
    ("02ngày làm việc", "2", WORKING),
    ("0,5ngày", "1/2", DAY),
    ("0, 5 ngày", "1/2", DAY),
    ("0 ,5 ngày", "1/2", DAY),
    ("0.5 ngày", "1/2", DAY),
    ("1,25 ngày làm việc", "5/4", WORKING),
    ("½ ngày làm việc", "1/2", WORKING),
    ("1/2ngày", "1/2", DAY),
    ("1/8 ngày", "1/8", DAY),
    ("¾ ngày", "3/4", DAY),
    ("02 NGÀY LÀM VIỆC", "2", WORKING),
    ("02 ngày (làm việc)", "2", WORKING),
    ("02 (ngày)", "2", DAY),
    ("02 (ngày làm việc)", "2", WORKING),
    ("2 ngày LV", "2", WORKING),
    ("2 ngày l/v", "2", WORKING),
    ("2 NLV", "2", WORKING),
    ("15 ngày lịch", "15", CALENDAR),
    ("15 ngày theo lịch", "15", CALENDAR),
    ("30 ngày dương lịch", "30", CALENDAR),
    ("03 ngày/hồ sơ", "3", DAY),
    ("15 phút/01 hồ sơ", "15", MINUTE),
    # words
    ("Một ngày làm việc", "1", WORKING),
    ("Một (01) ngày làm việc", "1", WORKING),
    ("(01) một ngày làm việc", "1", WORKING),
    ("01 (một) ngày làm việc", "1", WORKING),
    ("01(một)ngày", "1", DAY),
    ("02 ( Hai ) ngày", "2", DAY),
    ("Năm (05) ngày", "5", DAY),
    ("05 (năm) ngày", "5", DAY),
    ("trong năm ngày làm việc", "5", WORKING),
    ("Sáu ngày làm việc", "6", WORKING),
    ("bẩy ngày", "7", DAY),
    ("Mười ngày", "10", DAY),
    ("mười lăm (15) ngày", "15", DAY),
    ("mười sáu ngày", "16", DAY),
    ("mười chín ngày làm việc", "19", WORKING),
    ("hai mươi mốt ngày", "21", DAY),
    ("hai mươi tư giờ", "24", HOUR),
    ("Hai mươi lăm (25) ngày làm việc", "25", WORKING),
    ("bảy mươi hai giờ", "72", HOUR),
    ("một trăm hai mươi ngày", "120", DAY),
    ("một trăm linh năm ngày", "105", DAY),
    ("nửa ngày", "1/2", DAY),
    ("một nửa ngày", "1/2", DAY),
    ("nửa ngày làm việc", "1/2", WORKING),
    ("nửa giờ", "1/2", HOUR),
    ("một ngày rưỡi", "3/2", DAY),
    ("01 ngày rưỡi", "3/2", DAY),
    ("2 giờ rưỡi", "5/2", HOUR),
    ("một phần tư ngày", "1/4", DAY),
    ("ba phần tư ngày làm việc", "3/4", WORKING),
    # at most
    ("Không quá 02 ngày làm việc", "2", WORKING),
    ("tối đa 8 giờ làm việc", "8", WORKING_HOUR),
    ("tối đa không quá 05 ngày", "5", DAY),
    ("Chậm nhất 03 ngày", "3", DAY),
    ("≤ 2 ngày", "2", DAY),
    ("<= 02 ngày làm việc", "2", WORKING),
    ("Không quá 1/2 ngày", "1/2", DAY),
    ("trong vòng 24 giờ", "24", HOUR),
    ("Trong thời hạn không quá ba (03) ngày làm việc", "3", WORKING),
    ("Ngay sau khi nhận đủ hồ sơ, không quá 01 ngày làm việc", "1", WORKING),
    # hours and minutes
    ("2h", "2", HOUR),
    ("02 g", "2", HOUR),
    ("4h làm việc", "4", WORKING_HOUR),
    ("04 giờ hành chính", "4", WORKING_HOUR),
    ("04 giờ (giờ hành chính)", "4", HOUR),
    ("24 giờ liên tục", "24", CLOCK_HOUR),
    ("2h30", "150", MINUTE),
    ("2h30p", "150", MINUTE),
    ("2h30'", "150", MINUTE),
    ("2h30’", "150", MINUTE),
    ("2h30 phút", "150", MINUTE),
    ("2 giờ 30 phút", "150", MINUTE),
    ("02 giờ, 30 phút", "150", MINUTE),
    ("2g30", "150", MINUTE),
    ("2h5p", "125", MINUTE),
    ("4h00", "240", MINUTE),
    ("1 tiếng 15 phút", "75", MINUTE),
    ("30'", "30", MINUTE),
    ("30’", "30", MINUTE),
    ("45ph", "45", MINUTE),
    ("7 giờ 30 phút", "450", MINUTE),
    # compound and said twice
    ("1 ngày 4 giờ", "12", HOUR),
    ("1 ngày và 4 giờ", "12", HOUR),
    ("1 ngày + 4 giờ", "12", HOUR),
    ("02 ngày + 03 ngày", "5", DAY),
    ("03 ngày 24 giờ", "3", DAY),
    ("1 giờ 60 phút", "1", HOUR),
    ("0,5 ngày (04 giờ)", "1/2", DAY),
    ("04 giờ (½ ngày)", "4", HOUR),
    ("02 ngày = 16 giờ", "2", DAY),
    ("2 ngày x 8 giờ/ngày = 16 giờ", "2", DAY),
    ("05 ngày, trong đó: xã 02 ngày, tỉnh 03 ngày", "5", DAY),
    # the law's limit and the agency's
    ("Thời hạn theo quy định: 15 ngày làm việc; thời hạn sau cắt giảm: 10 ngày làm việc", "10", WORKING),
    ("15 ngày làm việc, cắt giảm còn 10 ngày làm việc", "10", WORKING),
    ("Cắt giảm từ 15 ngày xuống còn 10 ngày", "10", DAY),
    ("rút ngắn từ 20 ngày xuống 12 ngày", "12", DAY),
    ("10 ngày làm việc (theo quy định: 15 ngày làm việc)", "10", WORKING),
    ("15 ngày theo quy định; thực hiện 10 ngày", "10", DAY),
    ("Theo quy định: 15 ngày; thực hiện: 10 ngày", "10", DAY),
    ("05 ngày làm việc (đã cắt giảm 02 ngày)", "5", WORKING),
    ("07 ngày (giảm 30%)", "7", DAY),
    ("07 ngày làm việc (giảm 3 ngày so với quy định)", "7", WORKING),
    ("10 ngày (giảm 05 ngày so với quy định 15 ngày)", "10", DAY),
    ("05 ngày làm việc theo quy định", "5", WORKING),
    ("theo quy định 05 ngày", "5", DAY),
    # days off
    ("03 ngày (không kể ngày nghỉ, lễ)", "3", WORKING),
    ("05 ngày không tính thứ bảy, chủ nhật và ngày lễ", "5", WORKING),
    ("10 ngày (kể cả ngày nghỉ)", "10", CALENDAR),
    ("24 giờ, kể cả ngày nghỉ, ngày lễ", "24", CLOCK_HOUR),
    # the same day
    ("trong ngày", "1", SAME_DAY),
    ("Ngay trong ngày", "1", SAME_DAY),
    ("Ngay trong ngày làm việc", "1", SAME_DAY),
    ("cùng ngày", "1", SAME_DAY),
    ("Trong ngày nhận hồ sơ", "1", SAME_DAY),
    ("trong ngày; nhận hồ sơ sau 15h00 thì trả ngày làm việc tiếp theo", "1", SAME_DAY),
    (
        "Ngay trong ngày làm việc tiếp nhận hồ sơ; trường hợp tiếp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay "
        "thì trả kết quả trong ngày làm việc tiếp theo.",
        "1",
        SAME_DAY,
    ),
    ("Trong ngày, chậm nhất 01 ngày làm việc", "1", WORKING),
    # sentences
    (
        "Trong thời hạn 15 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ theo khoản 2 Điều 5 Nghị định số "
        "61/2018/NĐ-CP ngày 23/4/2018.",
        "15",
        WORKING,
    ),
    ("Không quá 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, trừ ngày nghỉ, lễ", "5", WORKING),
    ("30 ngày (không bao gồm thời gian công dân bổ sung hồ sơ)", "30", DAY),
    ("07 ngày làm việc kể từ ngày 01/7/2026", "7", WORKING),
    ("25 ngày (trong đó Sở Xây dựng: 20 ngày; UBND tỉnh: 5 ngày)", "25", DAY),
    ("48 giờ kể từ khi nhận đủ hồ sơ", "48", HOUR),
    ("01 ngày (thứ 2 hằng tuần)", "1", DAY),
    # bare numbers
    ("1,0", "1", BARE),
    ("02 (hai)", "2", BARE),
    ("≤ 2", "2", BARE),
    ("0,25", "1/4", BARE),
]

UNSURE: list[tuple[str, str, str | None]] = [
    # what was taken (None: nothing), and the doubt
    ("từ 2 đến 3 ngày", "range", "3"),
    ("2÷3 ngày", "range", "3"),
    ("2~3 ngày", "range", "3"),
    ("3 - 2 ngày", "range", "3"),
    ("10 → 7 ngày", "range", "10"),
    ("0,5 ngày - 1 ngày", "range", "1"),
    ("10 ngày → 7 ngày", "range", "10"),
    ("hai đến ba ngày", "range", "3"),
    ("2 hoặc 3 ngày", "partly", None),
    ("hai ba ngày", "partly", None),
    ("2, 3 ngày", "partly", None),
    ("0 5 ngày", "partly", None),
    ("1 ngày 4", "partly", None),
    ("01 ngày x 2", "partly", None),
    ("2 x 01 ngày", "partly", None),
    ("1 ngày × 3 lần", "partly", None),
    ("10/15 ngày", "partly", None),
    ("hai (02) đến ba (03) ngày", "partly", None),
    ("5-7-10 ngày", "partly", None),
    ("01 ngày 1/2", "partly", None),
    ("02 ngày x 4 giờ", "disagree", "2"),
    ("02 ngày (4 giờ/ngày)", "partly", None),
    ("4 giờ/ngày", "partly", None),
    ("1/2 - 1 ngày", "range", "1"),
    ("02 ngày làm việc; 03 ngày làm việc đối với hồ sơ phức tạp", "alternatives", "2"),
    ("03 ngày làm việc. Trường hợp phức tạp không quá 08 ngày", "disagree", "3"),
    ("Trong ngày làm việc. Trường hợp cần xác minh: 02 ngày làm việc", "alternatives", "1"),
    ("Ngay khi nhận đủ hồ sơ; nhận sau 15 giờ thì trả ngày làm việc tiếp theo", "at_once", None),
    ("4/8 giờ", "partly", None),
    ("24/24h", "partly", None),
    ("24/24 giờ", "partly", None),
    ("24h/24h", "disagree", "24"),
    ("bình quân 02 ngày", "vague", "2"),
    ("24/7", "unread", None),
    ("02:00 giờ", "unread", None),
    ("16:30", "unread", None),
    ("1 tháng 5 ngày", "partly", None),
    ("01 năm 02 ngày", "partly", None),
    ("02 buổi", "unread", None),
    ("01 tuần", "unread", None),
    ("02 tháng", "unread", None),
    ("10 phút/trang", "partly", None),
    ("04 giờ/8 giờ", "disagree", "4"),
    ("02 (ba) ngày", "disagree", "2"),
    ("Hai (03) ngày", "disagree", "2"),
    ("02 ngày 03 ngày", "disagree", "2"),
    ("02 ngày và 03 ngày", "disagree", "2"),
    ("2 ngày, 10 giờ", "disagree", "2"),
    ("1 giờ 90 phút", "disagree", "1"),
    ("02 ngày; 04 giờ", "alternatives", "2"),
    ("10 ngày (cấp mới); 05 ngày (cấp lại)", "alternatives", "10"),
    ("Trong ngày hoặc ngày làm việc tiếp theo", "alternatives", "1"),
    ("chừng 2 ngày", "vague", "2"),
    ("khoảng 02 giờ", "vague", "2"),
    ("> 2 ngày", "vague", "2"),
    ("≥ 02 ngày", "vague", "2"),
    ("dưới 02 ngày", "vague", "2"),
    ("ít nhất 05 ngày", "vague", "5"),
    ("02 ngày trở lên", "vague", "2"),
    ("Trước 16h00", "clock", None),
    ("trước 17 giờ", "clock", None),
    ("chậm nhất 16h30", "clock", None),
    ("lúc 8h", "clock", None),
    ("sau 15h", "clock", None),
    ("16h30 cùng ngày", "clock", "1"),
    ("Trước 16h00 cùng ngày", "clock", "1"),
    ("9 giờ sáng hôm sau", "clock", None),
    ("12h00", "clock_or_duration", "720"),
    ("7h30", "clock_or_duration", "450"),
    ("trong ngày; nhận sau 16h thì trả ngày làm việc tiếp theo", "cut_off", "1"),
    ("Ngay sau khi nhận hồ sơ", "at_once", None),
    ("Giải quyết ngay", "at_once", None),
    ("Bước 1 ngay sau khi nhận", "at_once", None),
    ("Sau ngày nhận hồ sơ", "unread", None),
    ("sáng thứ hai ngày", "unread", None),
    ("hằng năm", "unread", None),
    ("trong năm", "unread", None),
    ("vài ngày", "unread", None),
    ("mươi ngày", "unread", None),
    (",5 ngày", "unread", None),
    ("O,5 ngày", "unread", None),
    ("T+2", "unread", None),
    ("Trong buổi làm việc", "unread", None),
    ("Ngày làm việc tiếp theo", "unread", None),
    ("cắt giảm 02 ngày", "vague", "2"),
]

UNCOUNTED = [
    "Giờ hành chính", "Trong giờ hành chính", "Giờ HC", "Không tính thời gian", "không tính vào thời gian giải quyết",
    "Theo quy định", "Theo quy định của pháp luật", "Theo giấy hẹn", "Theo phiếu hẹn", "Theo lịch họp", "Hàng ngày",
    "Thường xuyên",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), EXACT)
def test_a_time_is_read_exactly(text: str, value: str, unit: Unit) -> None:
    phrase = read_time(text)
    assert (phrase.amount, phrase.doubts) == (Amount(Fraction(value), unit), ())
    assert phrase.counted


@pytest.mark.parametrize(("text", "code", "value"), UNSURE)
def test_a_time_that_may_be_meant_otherwise_is_doubted(text: str, code: str, value: str | None) -> None:
    phrase = read_time(text)
    assert [doubt.code for doubt in phrase.doubts] == [f"quantities.{code}"]
    assert (phrase.amount and phrase.amount.value) == (value and Fraction(value))
    for language in ("vi", "en"):
        assert text in phrase.doubts[0].text(language)


@pytest.mark.parametrize("text", UNCOUNTED)
def test_words_that_count_no_time_give_none(text: str) -> None:
    phrase = read_time(text)
    assert (phrase.amount, phrase.counted, phrase.doubts) == (None, False, ())


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("Thời hạn theo quy định: 15 ngày làm việc; thời hạn sau cắt giảm: 10 ngày làm việc", 15),
        ("15 ngày làm việc, cắt giảm còn 10 ngày làm việc", 15),
        ("Cắt giảm từ 15 ngày xuống còn 10 ngày", 15),
        ("10 ngày (giảm 05 ngày so với quy định 15 ngày)", 15),
        ("05 ngày làm việc theo quy định", None),
        ("05 ngày làm việc (đã cắt giảm 02 ngày)", None),
    ],
)
def test_the_limit_of_the_law_is_told_from_the_one_that_holds(text: str, legal: int | None) -> None:
    phrase = read_time(text)
    assert (phrase.legal and phrase.legal.value) == legal


def test_a_time_is_told_from_a_sentence_that_ends_with_one() -> None:
    for text in ("02 ngày", "không quá 02 ngày", "Thời gian: 02 giờ", "Giờ hành chính", "trong ngày", "khoảng 2 ngày"):
        assert is_time(text)
    for text in ("thẩm định hồ sơ: 02 ngày", "Trả kết quả trong ngày", "trả ngay", "02", "", "Văn thư"):
        assert not is_time(text)
