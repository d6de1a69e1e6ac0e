"""Rows below a step that are its parts: their time and that of the step are one time, counted once."""

import pytest

from .tables import LEFT, UP, doubts, read, steps, table

LIMIT = "Thời hạn giải quyết: 05 ngày làm việc"
HEADS = ("TT", "Trình tự", "Trách nhiệm", "Thời gian")
FIRST, LAST = ("1", "Nhận", "MC", "1 ngày"), ("3", "Ký", "LĐ", "2 ngày")
WHOLE = ("2", "Xử lý", "Phòng", "2 ngày")


def phased(*rows: tuple[str, ...], limit: str = LIMIT) -> list[tuple[str, str]]:
    reading = read(limit, table(HEADS, *rows))
    return [(one.no, one.phase) for one in reading.procedures[0].variants[0].steps]


@pytest.mark.parametrize(
    ("parts", "numbers"),
    [
        ((("2.1", "Thụ lý"), ("2.2", "Trình")), ["2.1", "2.2"]),
        ((("", "a) Thụ lý"), ("", "b) Trình")), ["2a", "2b"]),
        ((("a", "Thụ lý"), ("b)", "Trình")), ["2a", "2b"]),
        ((("-", "Thụ lý"), ("-", "Trình")), ["2a", "2b"]),
        ((("2a", "Thụ lý"), ("2b", "Trình")), ["2a", "2b"]),
        (((UP, "Thụ lý"), (UP, "Trình")), ["2a", "2b"]),
    ],
    ids=["decimals", "letters", "letters in the number", "bullets", "letters behind the number", "merged number"],
)
def test_a_step_whose_parts_take_its_time_is_their_phase(
    parts: tuple[tuple[str, str], ...], numbers: list[str]
) -> None:
    rows = tuple((no, title, "CV", time) for (no, title), time in zip(parts, ("1,5 ngày", "0,5 ngày"), strict=True))
    assert phased(FIRST, WHOLE, *rows, LAST) == [("1", ""), *((no, "Xử lý") for no in numbers), ("3", "")]
    reading = read(LIMIT, table(HEADS, FIRST, WHOLE, *rows, LAST))
    assert [one[3] for one in steps(reading)][1:3] == ["3/2 working_day", "1/2 working_day"]
    assert "parts_are_the_step" in doubts(reading)


@pytest.mark.parametrize(
    "rows",
    [
        (("2", "Phân công", "LĐ", "1 ngày"), ("2a", "Xử lý", "CV", "0,5 ngày"), ("2b", "Trình", "CV", "0,5 ngày")),
        (("2", "Phân công", "LĐ", "1 ngày"), (UP, "Xử lý", "CV", "0,5 ngày"), (UP, "Trình", "CV", "0,5 ngày")),
        (("2", "Phân công", "LĐ", "1 ngày"), ("2.1", "Xử lý", "CV", "1 ngày")),
    ],
    ids=["letters", "merged", "decimals"],
)
def test_where_the_total_is_met_with_the_step_it_is_counted(rows: tuple[tuple[str, ...], ...]) -> None:
    assert len(phased(FIRST, *rows, LAST)) == 2 + len(rows)


def test_parts_in_an_open_phase_stay_in_it_and_a_bare_name_is_a_phase_too() -> None:
    parts = ("2.1", "Thụ lý", "CV", "1,5 ngày"), ("2.2", "Trình", "CV", "0,5 ngày")
    outer = ("A. Cấp xã", LEFT, LEFT, LEFT)
    assert {phase for _, phase in phased(outer, FIRST, WHOLE, *parts, LAST)} == {"A. Cấp xã"}
    name = ("2", "Xử lý", "", "")
    assert phased(FIRST, name, *parts, LAST)[1:] == [("2.1", "Xử lý"), ("2.2", "Xử lý"), ("3", "")]
    assert doubts(read(LIMIT, table(HEADS, FIRST, name, *parts, LAST))) == ["parts_under_a_name"]


def test_the_last_part_keeps_the_output_of_the_step_and_parts_without_a_role_have_its_role() -> None:
    heads = (*HEADS, "Kết quả")
    parts = ("2.1", "Thụ lý", "", "1,5 ngày", ""), ("2.2", "Trình", "LĐ", "0,5 ngày", "")
    reading = read(LIMIT, table(heads, (*FIRST, ""), (*WHOLE, "Tờ trình"), *parts, (*LAST, "")))
    found = reading.procedures[0].variants[0].steps[1:3]
    assert [(one.role, one.output_or_form) for one in found] == [("Phòng", ""), ("LĐ", "Tờ trình")]


def test_parts_that_do_not_add_up_to_their_step_are_doubted_where_no_total_tells() -> None:
    parts = ("2.1", "Thụ lý", "CV", "1 ngày"), ("2.2", "Trình", "CV", "0,5 ngày")
    assert len(phased(FIRST, WHOLE, *parts, LAST)) == 5
    assert "parts_and_step_counted" in doubts(read(LIMIT, table(HEADS, FIRST, WHOLE, *parts, LAST)))


def test_a_total_row_tells_whether_numbers_count_quarters_of_a_day_though_the_steps_do_not_add_up() -> None:
    heads = (*HEADS[:3], "Thời gian\n(1/4 ngày)")
    rows = ("1", "Nhận", "MC", "1"), ("2", "Xử lý", "CV", "10"), ("3", "Ký", "LĐ", "6"), ("", "Tổng", "", "20")
    reading = read(LIMIT, table(heads, *rows))
    assert [one[3] for one in steps(reading)] == ["1/4 working_day", "5/2 working_day", "3/2 working_day"]
    assert "size_unsure" not in doubts(reading)


def test_the_total_behind_the_subtotal_of_the_last_phase_is_that_of_the_whole() -> None:
    def wide(words: str, time: str) -> tuple[str, ...]:
        return words, LEFT, LEFT, time

    rows = (("I", "Xã", "", ""), FIRST, wide("Cộng phần I", "1 ngày"), ("II", "Tỉnh", "", ""), ("2", *LAST[1:]))
    reading = read(table(HEADS, *rows, wide("Cộng phần II", "2 ngày"), wide("Tổng cộng", "3 ngày làm việc")))
    total = reading.procedures[0].variants[0].declared_total
    assert total is not None
    assert (float(total.amount), str(total.unit)) == (3, "working_day")
