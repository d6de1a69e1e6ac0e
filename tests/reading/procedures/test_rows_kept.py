"""No row of a table of steps is lost: one that looks like a heading, a section or a name is a step, or is doubted."""

import pytest

from .tables import HEADS, LEFT, doubts, read, steps, table

LIMIT = "Thời hạn giải quyết: 05 ngày làm việc"
STEPS_IN_WORDS = ("Các bước thực hiện", "Đơn vị, người thực hiện", "Kết quả", "Thời gian")


@pytest.mark.parametrize(
    "role", ["Công chức TN&TKQ", "Cán bộ một cửa", "- Công chức\n- Nhân viên bưu điện", "Người trực"]
)
@pytest.mark.parametrize("first", ["Bước 1: Tiếp nhận", "Bước 1. Tiếp nhận\n- Kiểm tra\n- Quét", "Bước tiếp nhận"])
def test_a_step_whose_role_begins_like_a_heading_is_a_step(first: str, role: str) -> None:
    reading = read(
        LIMIT,
        table(
            STEPS_IN_WORDS,
            (first, role, "Giấy biên nhận", "½ ngày làm việc"),
            ("Bước 2 - Thẩm định", "Chuyên viên", "Tờ trình", "4,5 ngày làm việc"),
            ("Bước 3: Trả kết quả", role, "", "Không tính thời gian"),
        ),
    )
    found = reading.procedures[0].variants[0].steps
    assert [one.role for one in found] == [role.replace("\n", " "), "Chuyên viên", role.replace("\n", " ")]
    assert [one[3] for one in steps(reading)] == ["1/2 working_day", "9/2 working_day", ""]
    assert doubts(reading) == ([] if "1" in first else ["starts_late"])


def test_a_row_whose_cells_all_begin_like_headings_is_read_with_a_doubt() -> None:
    reading = read(
        LIMIT,
        table(
            ("Nội dung", "Trách nhiệm", "Kết quả", "Thời gian"),
            ("Hướng dẫn, tiếp nhận", "Công chức", "Hồ sơ", "Thời gian theo quy định"),
            ("Thẩm định", "Chuyên viên", "Tờ trình", "05 ngày"),
            ("Nội dung trả", "Công chức", "", "Thời gian theo giấy hẹn"),
        ),
    )
    assert [one[1] for one in steps(reading)] == ["Hướng dẫn, tiếp nhận", "Thẩm định", "Nội dung trả"]
    assert doubts(reading).count("row_like_heading") == 2


def test_the_heading_repeated_in_a_table_is_no_step_and_may_change_the_unit() -> None:
    heading = ("TT", "Trình tự", "Trách nhiệm", "Thời gian (giờ)", "Biểu mẫu")
    first, second = ("1", "Nhận", "MC", "8", ""), ("2", "Ký", "LĐ", "32", "")
    assert len(steps(read(LIMIT, table(heading, first, heading, second)))) == 2
    assert len(steps(read(LIMIT, table(heading, first, (*heading[:2], "Người làm", *heading[3:]), second)))) == 2


@pytest.mark.parametrize("role", ["Văn thư", ""])
@pytest.mark.parametrize("number", ["3.", "3"])
def test_a_last_step_worded_like_a_section_is_a_step(number: str, role: str) -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("1.", "Tiếp nhận", "MC", "1 ngày", ""),
            ("2.", "Ký", "LĐ", "4 ngày", ""),
            (number, "Lưu hồ sơ", role, "", ""),
            ("4.", "Trả kết quả", "MC", "Không tính", ""),
        ),
    )
    assert [one[1] for one in steps(reading)] == ["Tiếp nhận", "Ký", "Lưu hồ sơ", "Trả kết quả"]
    assert doubts(reading) == ["no_time", *([] if role else ["no_role"])]


def test_the_remarks_of_a_row_without_words_belong_to_the_step_above_and_a_remark_below_is_no_phase() -> None:
    reading = read(
        LIMIT,
        table(
            ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Ghi chú"),
            ("1", "Tiếp nhận", "MC", "1 ngày", "Trực tuyến"),
            ("", "", "", "", "Trực tiếp"),
            ("2", "Ký", "LĐ", "4 ngày", ""),
            ("Ghi chú: không gồm thời gian bổ sung", "", "", "", ""),
        ),
    )
    assert [one.note for one in reading.procedures[0].variants[0].steps] == ["Trực tuyến; Trực tiếp", ""]
    assert doubts(reading) == []


def test_a_paragraph_over_all_columns_is_left_out_with_a_doubt() -> None:
    words = "Hồ sơ được chuyển " + "qua nhiều bộ phận " * 20
    rows = (("1", "Tiếp nhận", "MC", "1 ngày", ""), (words, *[LEFT] * 4), ("2", "Ký", "LĐ", "4 ngày", ""))
    reading = read(LIMIT, table(HEADS, *rows))
    assert len(steps(reading)) == 2
    assert doubts(reading) == ["row_unused"]


@pytest.mark.parametrize("numbers", [("B1", "B2"), ("Bước 1", "Bước 2"), ("Bước 1: Nhận", "Bước 2: Ký")])
def test_a_second_table_of_steps_that_is_not_understood_is_named(numbers: tuple[str, str]) -> None:
    first = table(HEADS, ("1", "Tiếp nhận", "MC", "1 ngày", ""), ("2", "Ký", "LĐ", "4 ngày", ""))
    other = table(("Mã", "Việc", "Khi nào"), *((number, "Việc", "1 ngày") for number in numbers))
    reading = read(LIMIT, first, "b) Trường hợp cấp lại", other)
    assert len(steps(reading)) == 2
    assert doubts(reading) == ["table_unread"]
