"""Tables of steps split over pages, rows that stand alone, and where a part (giai đoạn) of a handling ends."""

import pytest

from .tables import HEADS, LEFT, doubts, read, steps, table

LIMIT = "Thời hạn giải quyết: 03 ngày làm việc"
WIDE = (LEFT, LEFT, LEFT, LEFT)
BLANK = ("", *WIDE)
FIRST = table(HEADS, ("B1", "Tiếp nhận", "MC", "1 ngày", ""), ("B2", "Thẩm định", "CV", "2 ngày", ""))


def phases(*blocks: object) -> list[str]:
    """Return the phase of each step of a document."""
    return [one.phase for one in read(LIMIT, *blocks).procedures[0].variants[0].steps]  # type: ignore[arg-type]


def test_a_table_split_over_pages_with_its_heading_again_is_one() -> None:
    reading = read(
        LIMIT,
        table(HEADS, ("B1", "Tiếp nhận", "MC", "1 ngày", ""), HEADS, ("B2", "Thẩm định", "CV", "1 ngày", "")),
        table(HEADS, ("B3", "Trả", "MC", "1 ngày", "")),
    )
    assert [one[0] for one in steps(reading)] == ["B1", "B2", "B3"]
    assert doubts(reading) == []


def test_a_table_split_over_pages_without_its_heading_goes_on() -> None:
    reading = read(
        LIMIT,
        table(HEADS, ("B1", "Tiếp nhận", "MC", "1 ngày", ""), ("B2", "Thẩm định", "CV", "1 ngày", "")),
        "",
        table(("B3", "Trả", "MC", "1 ngày", "")),
    )
    assert steps(reading)[2] == ("B3", "Trả", "MC", "1 working_day")
    assert doubts(reading) == []


@pytest.mark.parametrize("words", ["(tiếp theo)", "Bảng 2 (tiếp)", "Trang 2/5", "3", "...", ""])
@pytest.mark.parametrize("heading", [(HEADS,), ()], ids=["heading again", "no heading"])
def test_words_that_say_nothing_stand_between_the_parts_of_a_table(
    words: str, heading: tuple[tuple[str, ...], ...]
) -> None:
    reading = read(
        LIMIT,
        FIRST,
        words,
        table(*heading, ("B3", "Ký", "LĐ", "0,5 ngày", "")),
        words,
        table(*heading, ("B4", "Trả", "MC", "0,5 ngày", "")),
    )
    assert [one[0] for one in steps(reading)] == ["B1", "B2", "B3", "B4"]
    assert {one.phase for one in reading.procedures[0].variants[0].steps} == {""}
    assert reading.procedures[0].committed_text == "03 ngày làm việc"
    assert doubts(reading) == []


@pytest.mark.parametrize("heading", [(HEADS,), ()], ids=["heading again", "no heading"])
def test_a_heading_at_the_foot_of_a_page_belongs_to_the_next_table(heading: tuple[tuple[str, ...], ...]) -> None:
    rest = table(*heading, ("B1", "Tiếp nhận", "MC", "1 ngày", ""), ("B2", "Trả", "MC", "2 ngày", ""))
    assert [one[0] for one in steps(read(LIMIT, table(HEADS), rest))] == ["B1", "B2"]
    assert phases(table(HEADS, ("Cấp xã", *WIDE)), rest) == ["Cấp xã", "Cấp xã"]
    bare = tuple(("Bước", *HEADS[1:]) for _ in heading)
    below = table(*bare, ("B1", "Tiếp nhận", "MC", "1 ngày", ""))
    assert steps(read(LIMIT, table(("Bước", *HEADS[1:]), ("Cấp xã", *WIDE)), below))[0][:2] == ("B1", "Tiếp nhận")


@pytest.mark.parametrize(
    "other",
    [("1", "Mẫu 01", "Giấy hẹn", "", ""), ("B3", "Trả", "MC")],
    ids=["no times", "other columns"],
)
def test_another_table_behind_the_steps_is_not_taken_for_their_rest(other: tuple[str, ...]) -> None:
    assert len(steps(read(LIMIT, FIRST, table(other)))) == 2


def test_another_section_ends_the_steps() -> None:
    assert len(steps(read(LIMIT, FIRST, "6. Biểu mẫu", table(("B3", "Mẫu", "MC", "1 ngày", ""))))) == 2


@pytest.mark.parametrize(
    ("between", "rows", "variants", "codes"),
    [
        ("", [("B9", "Trả", "MC", "1 ngày", "")], [3], ["numbers_jump"]),
        ("Chuyển bước tiếp", [("B3", "Trả", "MC", "1 ngày", "")], [3], []),
        ("", [("1", "Nhận", "MC", "1 ngày", ""), ("2", "Trả", "MC", "1 ngày", "")], [2, 2], []),
        ("b) Trường hợp cấp lại", [("B1", "Nhận", "MC", "1 ngày", "")], [2, 1], []),
        ("", [("Cấp tỉnh", *WIDE), ("II.1", "Nhận", "MC", "1 ngày", "")], [3], []),
        ("", [("", "Trả", "MC", "1 ngày", "")], [2, 1], []),
    ],
    ids=["a gap", "words", "numbered anew", "another case", "another series", "no number"],
)
def test_a_table_without_heading_that_does_not_plainly_go_on_is_read_with_a_doubt(
    between: str, rows: list[tuple[str, ...]], variants: list[int], codes: list[str]
) -> None:
    reading = read(LIMIT, FIRST, between, table(*rows))
    assert [len(variant.steps) for variant in reading.procedures[0].variants] == variants
    assert "no_heading_above" in doubts(reading)
    assert set(codes) <= set(doubts(reading))


def test_a_part_named_at_the_foot_of_a_page_may_begin_its_own_numbers() -> None:
    above = table(HEADS, ("1", "Nhận", "MC", "1 ngày", ""), ("2", "Trình", "CV", "1 ngày", ""), ("Cấp tỉnh", *WIDE))
    below = table(HEADS, ("1", "Ký", "LĐ", "0,5 ngày", ""), ("2", "Trả", "MC", "0,5 ngày", ""))
    assert phases(above, below) == ["", "", "Cấp tỉnh", "Cấp tỉnh"]
    assert "phase_numbers_again" in doubts(read(LIMIT, above, below))


def test_a_phase_goes_on_in_the_rest_of_a_split_table() -> None:
    reading = read(
        LIMIT,
        table(
            HEADS,
            ("Cấp xã", LEFT, LEFT, LEFT, LEFT),
            ("B1", "Tiếp nhận", "MC", "1 ngày", ""),
        ),
        table(
            HEADS,
            ("B2", "Trình", "CV", "1 ngày", ""),
            ("Cấp tỉnh", LEFT, LEFT, LEFT, LEFT),
        ),
        table(HEADS, ("B3", "Ký", "LĐ", "1 ngày", "")),
    )
    phases = [one.phase for one in reading.procedures[0].variants[0].steps]
    assert phases == ["Cấp xã", "Cấp xã", "Cấp tỉnh"]


def test_a_phase_that_names_its_steps_ends_with_them_also_in_a_split_table() -> None:
    reading = read(
        LIMIT,
        table(HEADS, ("UBND tỉnh (B1–B2)", LEFT, LEFT, LEFT, LEFT), ("B1", "Trình", "CV", "1 ngày", "")),
        table(HEADS, ("B2", "Ký", "LĐ", "1 ngày", ""), ("B3", "Trả", "MC", "1 ngày", "")),
    )
    assert [one.phase for one in reading.procedures[0].variants[0].steps] == ["UBND tỉnh (B1–B2)"] * 2 + [""]


@pytest.mark.parametrize("heading", [(HEADS,), ()], ids=["heading again", "no heading"])
def test_a_phase_whose_time_is_used_up_ends_also_where_the_table_is_split(heading: tuple[tuple[str, ...], ...]) -> None:
    above = table(HEADS, ("Sở Nội vụ (02 ngày)", *WIDE), ("B1", "Trình", "CV", "1 ngày", ""))
    below = table(*heading, ("B2", "Ký", "LĐ", "1 ngày", ""), ("B3", "Trả", "MC", "Không tính thời gian", ""))
    assert phases(above, below) == ["Sở Nội vụ (02 ngày)"] * 2 + [""]
    assert doubts(read(LIMIT, above, below)) == ["phase_ended"]


def test_an_empty_row_inside_a_phase_does_not_end_it_without_a_doubt() -> None:
    rows = [("B1", "Trình", "CV", "1 ngày", ""), BLANK, ("B2", "Ký", "LĐ", "1 ngày", ""), BLANK]
    rest = ("B3", "Trả", "MC", "1 ngày", "")
    assert phases(table(HEADS, ("Cấp tỉnh", *WIDE), *rows, rest)) == ["Cấp tỉnh"] * 3
    assert doubts(read(LIMIT, table(HEADS, ("Cấp tỉnh", *WIDE), *rows, rest))) == ["blank_in_phase"]
    used_up = table(HEADS, ("Cấp tỉnh 02", *WIDE), *rows, rest)
    assert phases(used_up) == ["Cấp tỉnh 02"] * 2 + [""]


def test_words_alone_in_a_row_are_a_phase_wherever_they_stand_or_the_rest_of_a_title() -> None:
    row = ("B1", "Nhận", "MC", "1 ngày", "")
    last = ("B2", "Trả", "MC", "2 ngày", "")
    for alone in (("Cấp tỉnh", "", "", "", ""), ("", "**Cấp tỉnh", "", "", ""), ("II", "Thẩm định", "", "", "")):
        reading = read(LIMIT, table(HEADS, row, alone, last))
        assert [one.phase for one in reading.procedures[0].variants[0].steps] == ["", (alone[1] or alone[0]).strip("*")]
        assert doubts(reading) == []
    reading = read(LIMIT, table(HEADS, row, ("", "và trả giấy hẹn", "", "", ""), last))
    assert [one[1] for one in steps(reading)] == ["Nhận và trả giấy hẹn", "Trả"]
    assert doubts(reading) == ["row_joined"]
    for words in ("LĐ UBND tỉnh", "phòng chuyên môn", "Cấp tỉnh", "VP UBND tỉnh, Sở (02 ngày)"):
        reading = read(LIMIT, table(HEADS, row, ("", words, "", "", ""), last))
        assert [one.phase for one in reading.procedures[0].variants[0].steps] == ["", words]
        assert doubts(reading) == ["row_as_phase"]


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Thẩm tra, trình LĐ", "VP, LĐ UBND tỉnh"),
        ("Gửi lấy ý kiến của", "Sở Nội vụ"),
        ("Dự thảo văn bản", "và trình ký"),
        ("Thẩm tra hồ sơ,", "Báo cáo kết quả"),
    ],
)
@pytest.mark.parametrize("cut", ["in one table", "heading again", "no heading"])
def test_the_second_half_of_a_row_cut_by_a_page_break_ends_the_title_and_is_doubted(
    title: str, rest: str, cut: str
) -> None:
    above, below = ("B1", title, "CV", "1 ngày", ""), ("", rest, "", "", "")
    last = ("B2", "Trả", "MC", "2 ngày", "")
    blocks = {
        "in one table": [table(HEADS, above, below, last)],
        "heading again": [table(HEADS, above), table(HEADS, below, last)],
        "no heading": [table(HEADS, above), table(below, last)],
    }[cut]
    reading = read(LIMIT, *blocks)
    assert [one[1] for one in steps(reading)] == [f"{title} {rest}", "Trả"]
    assert [one.phase for one in reading.procedures[0].variants[0].steps] == ["", ""]
    assert doubts(reading) == ["row_joined"]


@pytest.mark.parametrize("heading", [(HEADS,), ()], ids=["heading again", "no heading"])
def test_a_name_alone_at_the_top_of_a_page_may_be_a_phase_or_the_rest_of_a_title(
    heading: tuple[tuple[str, ...], ...],
) -> None:
    below = table(*heading, ("", "Sở Nội vụ", "", "", ""), ("B3", "Ký", "LĐ", "1 ngày", ""))
    assert phases(FIRST, below) == ["", "", "Sở Nội vụ"]
    assert doubts(read(LIMIT, FIRST, below)) == ["row_as_phase"]


def test_a_row_over_all_columns_without_steps_is_left_out_with_a_doubt() -> None:
    reading = read(LIMIT, table(HEADS, ("B1", "Nhận", "MC", "3 ngày", ""), ("Cấp tỉnh", *WIDE)))
    assert doubts(reading) == ["row_unused"]
    reading = read(LIMIT, table(HEADS, ("Phần A", *WIDE), ("Cấp tỉnh", *WIDE), ("B1", "Nhận", "MC", "3 ngày", "")))
    assert doubts(reading) == ["row_unused"]


def test_the_time_limit_ends_where_the_table_begins() -> None:
    papers = table(("TT", "Tên giấy tờ", "Bản chính", "Bản sao"), ("1", "Tờ khai", "x", ""))
    for blocks in ((FIRST, "Công chức cập nhật hồ sơ lên hệ thống."), (papers, "Quy trình thực hiện:", FIRST)):
        assert read(LIMIT, *blocks).procedures[0].committed_text == "03 ngày làm việc"


@pytest.mark.parametrize("number", ["B 1", "B.1", "B1.", "B01", "(1)", "1)", "1.1", "5.7.1", "I.1", "Bước 1:"])
def test_a_number_in_a_column_of_steps_is_never_the_title(number: str) -> None:
    heads = ("Bước", "Nội dung công việc", "Trách nhiệm", "Thời gian")
    shown = steps(read(LIMIT, table(heads, (number, "Tiếp nhận", "MC", "3 ngày"))))
    assert shown == [(number.strip("(.:)"), "Tiếp nhận", "MC", "3 working_day")]
    prose = read(LIMIT, f"{number.rstrip(':')}: Nhận. Trách nhiệm: MC. Thời gian: 1 ngày.", "B2: Trả. Trách nhiệm: MC.")
    assert steps(prose)[0] == (number.strip("(.:)"), "Nhận", "MC", "1 working_day")
