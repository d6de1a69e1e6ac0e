"""Steps written as paragraphs: the time of a step is never that of the whole, nor the other way round."""

import pytest

from .tables import doubts, read, steps

STEPS = (
    "Bước 1: Tiếp nhận hồ sơ",
    "- Người thực hiện: Công chức Một cửa",
    "- Thời gian: 0,5 ngày làm việc",
    "- Kết quả: Giấy hẹn",
    "Bước 2: Thẩm tra hồ sơ",
    "- Người thực hiện: Công an phường",
    "- Thời gian: 2 ngày làm việc",
    "Bước 3: Trả kết quả",
    "- Người thực hiện: Công chức Một cửa",
    "- Thời gian: 0,5 ngày làm việc",
)
READ = [
    ("Bước 1", "Tiếp nhận hồ sơ", "Công chức Một cửa", "1/2 working_day"),
    ("Bước 2", "Thẩm tra hồ sơ", "Công an phường", "2 working_day"),
    ("Bước 3", "Trả kết quả", "Công chức Một cửa", "1/2 working_day"),
]


def test_the_time_of_a_step_is_no_limit_of_the_whole() -> None:
    reading = read("QUY TRÌNH ĐĂNG KÝ TẠM TRÚ", *STEPS)
    (procedure,) = reading.procedures
    assert steps(reading) == READ
    assert (procedure.committed, procedure.committed_text, procedure.results) == (None, "", ())
    assert doubts(reading) == ["no_total"]


@pytest.mark.parametrize("label", ["Thời hạn giải quyết", "Thời gian", "Tổng thời gian", "5.4. Thời gian xử lý"])
@pytest.mark.parametrize("behind", [False, True])
def test_a_limit_of_the_whole_is_found_before_and_behind_the_steps(label: str, behind: bool) -> None:
    limit = f"{label}: 03 ngày làm việc"
    reading = read("QUY TRÌNH ĐĂNG KÝ TẠM TRÚ", *([*STEPS, limit] if behind else [limit, *STEPS]))
    assert steps(reading) == READ
    assert reading.procedures[0].committed_text == "03 ngày làm việc"
    assert doubts(reading) == []


def test_a_limit_behind_a_last_step_without_a_time_is_that_of_the_whole() -> None:
    reading = read(*STEPS[:-1], "Thời hạn giải quyết: 2,5 ngày làm việc")
    assert steps(reading)[-1] == ("Bước 3", "Trả kết quả", "Công chức Một cửa", "")
    assert reading.procedures[0].committed_text == "2,5 ngày làm việc"
    assert doubts(reading) == ["no_time"]
