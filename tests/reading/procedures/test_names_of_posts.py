"""Steps written as prose whose posts have a dash in their names: "Tư pháp - Hộ tịch", "Văn hóa - Xã hội"."""

import pytest

from .tables import doubts, read, steps

LIMIT = "Thời hạn giải quyết: 03 ngày làm việc"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "- Bước 1: Công chức Tư pháp - Hộ tịch thẩm tra, dự thảo giấy khai sinh. Thời gian: 1,5 ngày.",
            ("Công chức Tư pháp - Hộ tịch thẩm tra, dự thảo giấy khai sinh", "", "3/2 working_day"),
        ),
        (
            "Bước 1. Chuyên viên phòng Văn hóa - Xã hội thẩm định hồ sơ: 02 ngày.",
            ("Chuyên viên phòng Văn hóa - Xã hội thẩm định hồ sơ", "", "2 working_day"),
        ),
        (
            "Bước 1. Lãnh đạo phòng xem xét, trình ký: 02 giờ",
            ("Lãnh đạo phòng xem xét, trình ký", "", "2 working_hour"),
        ),
        (
            "Bước 1: Chuyển công chức Địa chính – Xây dựng (02 giờ)",
            ("Chuyển công chức Địa chính – Xây dựng", "", "2 working_hour"),
        ),
        (
            "Bước 1: Thẩm định - Công chức Văn hóa - Xã hội - 02 ngày",
            ("Thẩm định", "Công chức Văn hóa - Xã hội", "2 working_day"),
        ),
        (
            "Bước 1: Thẩm định (Công chức Tư pháp - Hộ tịch, 02 ngày)",
            ("Thẩm định", "Công chức Tư pháp - Hộ tịch", "2 working_day"),
        ),
        (
            "Bước 1: Thẩm định (Công chức Tư pháp - Hộ tịch - 02 ngày)",
            ("Thẩm định", "Công chức Tư pháp - Hộ tịch", "2 working_day"),
        ),
        (
            "Bước 1: Thẩm định. Trách nhiệm: Công chức Văn phòng - Thống kê. Thời gian: 02 ngày",
            ("Thẩm định", "Công chức Văn phòng - Thống kê", "2 working_day"),
        ),
        (
            "Bước 1: Công chức Tài chính - Kế toán: Thẩm định - 02 ngày",
            ("Thẩm định", "Công chức Tài chính - Kế toán", "2 working_day"),
        ),
    ],
)
def test_a_dash_inside_the_name_of_a_post_parts_nothing(paragraph: str, expected: tuple[str, ...]) -> None:
    reading = read(LIMIT, paragraph, "Bước 2: Trả kết quả. Trách nhiệm: Văn thư. Thời gian: 04 giờ làm việc.")
    assert steps(reading)[0][1:] == expected
    assert ("no_role" in doubts(reading)) == (not expected[1])
