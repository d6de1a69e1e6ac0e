"""Peculiarities of real tables of steps: merged cells, split tables, totals, phases, variants."""

import pytest

from .tables import HEADS, LEFT, UP, doubts, read, steps, table

LIMIT = "Thời hạn giải quyết: 03 ngày làm việc"


def test_a_merged_number_with_sub_rows_gets_letters_and_a_doubt() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Tiếp nhận", "Một cửa", "0,5 ngày", ""),
            ("B2", "Phân công", "Lãnh đạo phòng", "0,5 ngày", ""),
            (UP, "Thụ lý", "Chuyên viên", "1 ngày", ""),
            (UP, "Thẩm định", "Lãnh đạo phòng", "0,5 ngày", ""),
            ("B3", "Phê duyệt", "Lãnh đạo Sở", "0,5 ngày", ""),
        ),
    )
    assert [one[0] for one in steps(reading)] == ["B1", "B2a", "B2b", "B2c", "B3"]
    assert doubts(reading) == ["letters_added"]
    assert {one[3] for one in steps(reading)} == {"1/2 working_day", "1 working_day"}


def test_letters_written_in_the_titles_are_numbers_not_titles() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "a) Phân công", "Lãnh đạo phòng", "1 ngày", ""),
            (UP, "b) Thụ lý", "Chuyên viên", "2 ngày", ""),
        ),
    )
    assert [one[:2] for one in steps(reading)] == [("B1a", "Phân công"), ("B1b", "Thụ lý")]
    assert doubts(reading) == []


def test_rows_that_only_add_a_form_belong_to_the_step_above() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Tiếp nhận", "Một cửa", "1 ngày", "Mẫu 01"),
            (UP, UP, UP, UP, "Mẫu 02"),
            ("B2", "Trả", "Một cửa", "2 ngày", ""),
        ),
    )
    assert [one.output_or_form for one in reading.procedures[0].variants[0].steps] == ["Mẫu 01; Mẫu 02", ""]


def test_a_merged_role_holds_for_every_row_and_a_merged_time_is_a_shared_budget() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Tiếp nhận", "Văn phòng", "01 ngày", ""),
            ("B2", "Thẩm tra", UP, "02 ngày", ""),
            ("B3", "Phê duyệt", "Lãnh đạo", UP, ""),
        ),
    )
    assert [one[2:] for one in steps(reading)] == [
        ("Văn phòng", "1 working_day"),
        ("Văn phòng", "2 working_day"),
        ("Lãnh đạo", ""),
    ]
    variant = reading.procedures[0].variants[0]
    assert [one.budget for one in variant.steps] == ["", "B2–B3", "B2–B3"]
    assert [one.counted for one in variant.steps] == [True, True, False]
    assert doubts(reading) == []


def test_a_merged_uncounted_time_is_no_budget() -> None:
    reading = read(LIMIT, table(HEADS, ("1", "Nộp", "Dân", "Giờ hành chính", ""), ("2", "Nhận", "MC", UP, "")))
    assert [(one.counted, one.time_label, one.budget) for one in reading.procedures[0].variants[0].steps] == [
        (False, "Giờ hành chính", ""),
        (False, "Giờ hành chính", ""),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ("STT", "ND công việc", "Người TH", "TG thực hiện", "BM/KQ"),
        ("Số TT", "Nội dung", "Đơn vị TH", "T/gian", "SP"),
        ("B", "Các bước công việc", "CB thực hiện", "T.gian (ngày)", "Ghi chú"),
        ("STT", "T.tự", "T.nhiệm", "T.hạn", "SP"),
        ("TT", "ND", "PC thực hiện", "T.hạn", "BM"),
        ("TT", "ND", "ĐV/người TH", "TG", "KQ"),
    ],
    ids=lambda heads: " ".join(heads[1:3]),
)
def test_abbreviated_headings_are_understood(heads: tuple[str, ...]) -> None:
    reading = read(LIMIT, table(heads, ("1", "Tiếp nhận", "Một cửa", "3 ngày làm việc", "")))
    assert steps(reading) == [("1", "Tiếp nhận", "Một cửa", "3 working_day")]


def test_a_heading_of_two_rows_and_a_row_of_column_numbers_are_no_steps() -> None:
    reading = read(
        LIMIT,
        table(
            ("TT", "Nội dung công việc", "Trách nhiệm", LEFT, "Thời gian"),
            (UP, UP, "Chủ trì", "Phối hợp", UP),
            ("(1)", "(2)", "(3)", "(4)", "(5)"),
            ("1", "Tiếp nhận", "Một cửa", "Bưu điện", "03 ngày"),
        ),
    )
    assert steps(reading) == [("1", "Tiếp nhận", "Một cửa", "3 working_day")]
    assert "Bưu điện" in reading.procedures[0].variants[0].steps[0].note


@pytest.mark.parametrize("drawn", [("", ""), ("↓", "↓"), ("", "→")])
def test_a_column_of_arrows_is_not_the_title(drawn: tuple[str, str]) -> None:
    heads = ("TT", "Lưu đồ", "Nội dung công việc", "Trách nhiệm", "Thời gian")
    rows = (("B1", drawn[0], "Nhận", "MC", "1 ngày"), ("B2", drawn[1], "Trả", "MC", "2 ngày"))
    assert [one[:2] for one in steps(read(LIMIT, table(heads, *rows)))] == [("B1", "Nhận"), ("B2", "Trả")]


def test_total_rows_give_the_declared_total_and_are_no_steps() -> None:
    reading = read(
        table(
            HEADS,
            ("B1", "Tổng hợp, dự thảo", "CV", "1 ngày", ""),
            ("B2", "Kết quả trả dân", "MC", "2 ngày", ""),
            ("Tổng cộng", LEFT, LEFT, "03 ngày làm việc", ""),
        )
    )
    assert [one[0] for one in steps(reading)] == ["B1", "B2"]
    total = reading.procedures[0].variants[0].declared_total
    assert total is not None
    assert (int(total.amount), str(total.unit)) == (3, "working_day")


@pytest.mark.parametrize(
    ("cell", "number", "title"),
    [
        ("Bước 1. Tiếp nhận hồ sơ", "Bước 1", "Tiếp nhận hồ sơ"),
        ("B1: Tiếp nhận hồ sơ", "B1", "Tiếp nhận hồ sơ"),
        ("Bước 1\nTiếp nhận hồ sơ", "Bước 1", "Tiếp nhận hồ sơ"),
        ("Tiếp nhận hồ sơ", "", "Tiếp nhận hồ sơ"),
    ],
)
def test_the_number_in_the_title_cell_is_never_the_title(cell: str, number: str, title: str) -> None:
    reading = read(LIMIT, table(("Các bước thực hiện", "Đơn vị", "Thời gian"), (cell, "Một cửa", "3 ngày")))
    assert steps(reading)[0][:2] == (number, title)


def test_a_number_written_in_both_cells_is_taken_off_the_title() -> None:
    reading = read(LIMIT, table(HEADS, ("1", "Bước 1. Nhận", "MC", "1 ngày", ""), ("2", "B9: Trả", "MC", "2 ngày", "")))
    assert [one[:2] for one in steps(reading)] == [("1", "Nhận"), ("2", "B9: Trả")]


def test_phases_stay_in_one_variant_also_where_their_numbers_start_again() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("I", "Cấp xã", LEFT, LEFT, LEFT),
            ("1", "Tiếp nhận", "MC xã", "1 ngày", ""),
            ("2", "Thẩm định", "CC xã", "0,5 ngày", ""),
            ("II", "Cấp tỉnh", "", "1,5 ngày", ""),
            ("1", "Phân công", "LĐ phòng", "1 ngày", ""),
            ("2", "Ký", "LĐ Sở", "0,5 ngày", ""),
        ),
    )
    variant = reading.procedures[0].variants[0]
    assert [(one.no, one.phase) for one in variant.steps] == [
        ("1", "Cấp xã"),
        ("2", "Cấp xã"),
        ("1", "Cấp tỉnh"),
        ("2", "Cấp tỉnh"),
    ]
    assert sorted(doubts(reading)) == ["numbers_twice", "phase_numbers_again"]


def test_numbering_that_starts_again_is_a_second_variant_named_by_its_caption() -> None:
    reading = read(
        LIMIT,
        "a) Trường hợp cấp mới",
        table(HEADS, ("B1", "Tiếp nhận", "MC", "1 ngày", ""), ("B2", "Trả", "MC", "2 ngày", "")),
        "b) Trường hợp cấp lại",
        table(HEADS, ("B1", "Tiếp nhận", "MC", "1 ngày", ""), ("B2", "Trả", "MC", "1 ngày", "")),
    )
    assert [variant.name for variant in reading.procedures[0].variants] == [
        "a) Trường hợp cấp mới",
        "b) Trường hợp cấp lại",
    ]
    assert doubts(reading) == []


def test_tables_that_only_together_make_the_total_are_phases_with_a_doubt() -> None:
    reading = read(
        LIMIT,
        "1. Tại UBND cấp xã",
        table(HEADS, ("B1", "Tiếp nhận", "MC", "0,5 ngày", ""), ("B2", "Trình", "LĐ", "0,5 ngày", "")),
        "2. Tại Sở Nội vụ",
        table(HEADS, ("B1", "Phân công", "LĐ", "1 ngày", ""), ("B2", "Ký", "GĐ", "1 ngày", "")),
    )
    assert len(reading.procedures[0].variants) == 1
    assert [one.phase for one in reading.procedures[0].variants[0].steps] == [
        *["1. Tại UBND cấp xã"] * 2,
        *["2. Tại Sở Nội vụ"] * 2,
    ]
    assert "phases_by_sum" in doubts(reading)


def test_a_gap_in_the_numbers_between_two_tables_is_joined_with_a_doubt() -> None:
    reading = read(
        LIMIT,
        table(HEADS, ("B1", "Tiếp nhận", "MC", "1 ngày", "")),
        table(HEADS, ("B5", "Trả", "MC", "2 ngày", "")),
    )
    assert [one[0] for one in steps(reading)] == ["B1", "B5"]
    assert doubts(reading) == ["numbers_jump"]


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ("B1 B2 B3", []),
        ("B1 B3", ["numbers_jump"]),
        ("B1 B3 B2", ["numbers_jump", "numbers_jump"]),
        ("B2 B3", ["starts_late"]),
        ("0 1 2", []),
        ("1 2.1 2.2 3", []),
        ("1 2.1 2.3 5", ["numbers_jump", "numbers_jump"]),
        ("5.7.1 5.7.2 5.7.4", ["numbers_jump"]),
        ("I.1 I.2 II.1 II.2", []),
        ("I.1 I.2 II.2", ["starts_late"]),
        ("B1 B2a B2b B3", []),
        ("B1 B2 B2 B3", ["numbers_twice"]),
    ],
)
def test_numbers_that_do_not_go_on_one_by_one_are_doubted_in_tables_and_in_prose(
    numbers: str, codes: list[str]
) -> None:
    rows = [(number, f"Việc {number}", "MC", "1 ngày", "") for number in numbers.split()]
    assert doubts(read(LIMIT, table(HEADS, *rows))) == codes
    prose = [f"Bước {no}: Việc. Trách nhiệm: MC. Thời gian: 1 ngày." for no in numbers.replace("B", "").split()]
    if "." not in numbers:
        assert doubts(read(LIMIT, *prose)) == codes


def test_duplicate_numbers_missing_roles_and_unread_times_are_doubted() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("B1", "Tiếp nhận", "", "1 ngày", ""),
            ("B2", "Thẩm định", "CV", "khoảng 2 ngày", ""),
            ("B2", "Ký", "LĐ", "tùy vụ việc", ""),
        ),
    )
    assert doubts(reading) == ["numbers_twice", "no_role", "quantities.vague", "quantities.unread"]
    last = reading.procedures[0].variants[0].steps[-1]
    assert (last.time, last.counted, last.time_label) == (None, False, "tùy vụ việc")


@pytest.mark.parametrize("time", ["", "-", "//", "…", "nt", "01 tuần", "02 tháng", "Không"])
def test_a_time_that_cannot_be_measured_is_left_open_with_a_doubt(time: str) -> None:
    reading = read(LIMIT, table(HEADS, ("B1", "Nhận", "MC", "3 ngày", ""), ("B2", "Trả", "MC", time, "")))
    last = reading.procedures[0].variants[0].steps[-1]
    assert (last.time, last.counted, last.time_label) == (None, False, time)
    assert doubts(reading) in (["no_time"], ["quantities.unread"])
