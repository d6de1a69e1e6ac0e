"""The head of a document: name, codes, the time that holds and the time of the law, however they are put together."""

from fractions import Fraction

import pytest

from chuan.rules.procedure.structure import Limit, TimeUnit

from .tables import HEADS, doubts, read, steps, table

ROWS = table(HEADS, ("1", "Nhận", "MC", "0,5 ngày", ""), ("2", "Trả", "VT", "1,5 ngày", ""))
WORKING, CALENDAR = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY


@pytest.mark.parametrize(
    ("said", "holds", "law"),
    [
        ("Thời hạn theo quy định: 15 ngày làm việc; sau cắt giảm: 2 ngày làm việc", (2, WORKING), (15, WORKING)),
        ("Thời hạn giải quyết theo quy định: 15 ngày, cắt giảm còn 2 ngày làm việc", (2, WORKING), (15, CALENDAR)),
        ("Thời hạn giải quyết: 2 ngày làm việc (theo quy định: 15 ngày làm việc)", (2, WORKING), (15, WORKING)),
        ("Thời hạn giải quyết: giảm từ 15 ngày làm việc xuống còn 2 ngày làm việc", (2, WORKING), (15, WORKING)),
        ("Thời hạn giải quyết: 2 ngày làm việc theo quy định", (2, WORKING), None),
    ],
)
def test_the_time_that_holds_and_that_of_the_law_are_read_from_one_sentence(
    said: str, holds: tuple[int, TimeUnit], law: tuple[int, TimeUnit] | None
) -> None:
    reading = read("QUY TRÌNH", "Cấp giấy phép", said, ROWS)
    (one,) = reading.procedures
    assert one.committed == Limit(Fraction(holds[0]), holds[1])
    assert one.legal == (Limit(Fraction(law[0]), law[1]) if law else None)
    assert doubts(reading) == []
    assert {step[3] for step in steps(reading)} == {"1/2 working_day", "3/2 working_day"}


def test_the_name_of_a_case_below_the_total_is_no_part_of_it() -> None:
    heads = ("**a) Trường hợp nộp trực tiếp**", "b) Trường hợp nộp trực tuyến")
    reading = read("Thời hạn giải quyết: 02 ngày làm việc", heads[0], ROWS, heads[1], ROWS)
    (one,) = reading.procedures
    assert one.committed_text == "02 ngày làm việc"
    assert [variant.name for variant in one.variants] == ["a) Trường hợp nộp trực tiếp", heads[1]]


@pytest.mark.parametrize(
    ("lines", "name", "code"),
    [
        (("QUY TRÌNH", "Đăng ký khai sinh"), "Đăng ký khai sinh", ""),
        (("QUY TRÌNH", "**CẤP GIẤY PHÉP**"), "CẤP GIẤY PHÉP", ""),
        (("QUY TRÌNH", "Quy trình cấp giấy phép"), "cấp giấy phép", ""),
        (("QUY TRÌNH", "Mã hiệu: QT-01", "Tên quy trình: Cấp giấy phép"), "Cấp giấy phép", "QT-01"),
        (("QUY TRÌNH", "UBND xã Bến Xuân"), "", ""),
        (("Tên quy trình: Xác nhận hôn nhân. Mã hiệu: QT.HT.09",), "Xác nhận hôn nhân", "QT.HT.09"),
        (("Tên quy trình: Xác nhận hôn nhân – Mã hiệu: QT.HT.09 – Lần ban hành: 02",), "Xác nhận hôn nhân", "QT.HT.09"),
        (("Tên thủ tục: Cấp, đổi thẻ; sửa tên: chữ đệm. Lĩnh vực: Hộ tịch",), "Cấp, đổi thẻ; sửa tên: chữ đệm", ""),
        ((table(("Tên quy trình: Xác nhận hôn nhân. Mã hiệu: QT.HT.09",)),), "Xác nhận hôn nhân", "QT.HT.09"),
    ],
)
def test_the_name_is_what_stands_under_the_title_or_behind_its_label_up_to_the_next_label(
    lines: tuple[str, ...], name: str, code: str
) -> None:
    (one,) = read(*lines, "Thời hạn giải quyết: 02 ngày làm việc", ROWS).procedures
    assert (one.name, one.procedure_code) == (name, code)
