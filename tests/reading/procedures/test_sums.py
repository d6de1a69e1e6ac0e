"""The steps, the total row and the published time limit say the same, or a doubt says where they do not."""

import pytest

from .tables import HEADS, LEFT, UP, doubts, read, steps, table

FIRST, SECOND = ("1", "Nhận", "MC", "0,5 ngày", ""), ("2", "Ký", "LĐ", "6 ngày", "")


def contradictions(*blocks: object) -> list[str]:
    made = [block if isinstance(block, str) else table(HEADS, *block) for block in blocks]  # type: ignore[misc]
    return doubts(read(*made), sums=True)


@pytest.mark.parametrize(
    ("limit", "total", "codes"),
    [
        ("6,5 ngày làm việc", "6,5 ngày", []),
        ("52 giờ làm việc", "", []),
        ("03 ngày làm việc", "6,5 ngày", ["total_not_published"]),
        ("03 ngày làm việc", "", ["sum_not_total"]),
        ("07 ngày làm việc", "7 ngày", ["sum_not_total"]),
        ("07 ngày làm việc", "6 ngày", ["sum_not_total", "total_not_published"]),
        ("", "7 ngày", ["sum_not_total"]),
        ("Cấp mới: 6,5 ngày làm việc; cấp lại: 03 ngày làm việc", "", []),
    ],
)
def test_a_sum_that_is_not_the_total_or_a_total_that_is_not_the_limit_is_doubted(
    limit: str, total: str, codes: list[str]
) -> None:
    rows = (FIRST, SECOND, *([("Tổng cộng", LEFT, LEFT, total, "")] if total else []))
    assert contradictions(f"Thời hạn giải quyết: {limit}" if limit else "Quy trình", rows) == codes


def test_each_case_is_compared_with_the_limits_of_all_cases() -> None:
    text = "Thời hạn giải quyết: {} ngày làm việc"
    cases = (
        "a) Trường hợp cấp mới",
        (FIRST, SECOND),
        "b) Trường hợp cấp lại",
        (FIRST, ("2", "Ký", "LĐ", "1 ngày", "")),
    )
    assert contradictions(text.format("6,5"), *cases) == ["sum_not_published"]
    assert contradictions(text.format("6,5"), *cases[:2]) == []


@pytest.mark.parametrize(
    ("time", "codes"), [("tùy vụ việc", []), ("Không tính", ["sum_not_total"]), ("", ["sum_not_total"])]
)
def test_a_sum_is_only_compared_when_every_time_was_understood(time: str, codes: list[str]) -> None:
    assert contradictions("Thời hạn giải quyết: 03 ngày làm việc", (FIRST, ("2", "Ký", "LĐ", time, ""))) == codes


def test_done_within_the_day_may_take_less_than_the_day() -> None:
    within = ("2", "Ký", "LĐ", "Trong ngày", "")
    for limit, codes in (("01 ngày làm việc", []), ("0,5 ngày làm việc", []), ("02 ngày làm việc", ["sum_not_total"])):
        assert contradictions(f"Thời hạn giải quyết: {limit}", (FIRST, within)) == codes
    assert contradictions("Thời hạn giải quyết: trong ngày làm việc", (FIRST,)) == []


@pytest.mark.parametrize("time", ["", "Không tính"])
def test_a_table_without_any_counted_time_is_doubted(time: str) -> None:
    rows = ((*FIRST[:3], time, ""), (*SECOND[:3], time, ""))
    assert contradictions("Thời hạn giải quyết: 03 ngày làm việc", rows) == ["no_times"]


def test_a_subtotal_is_compared_with_the_steps_of_its_phase() -> None:
    def rows(subtotal: str) -> tuple[tuple[str, ...], ...]:
        phase, other = ("I", "Giai đoạn 1", "", "", ""), ("II", "Giai đoạn 2", "", "", "")
        return (
            phase,
            FIRST,
            ("Cộng phần I", LEFT, LEFT, subtotal, ""),
            other,
            SECOND,
            ("Tổng", LEFT, LEFT, "6,5 ngày", ""),
        )

    limit = "Thời hạn giải quyết: 6,5 ngày làm việc"
    assert contradictions(limit, rows("0,5 ngày")) == []
    assert contradictions(limit, rows("1 ngày")) == ["subtotal_differs"]
    shared = (*rows("0,5 ngày")[:2], ("2", "Trình", "CV", UP, ""), *rows("0,5 ngày")[2:4], ("3", *SECOND[1:]))
    assert contradictions(limit, shared) == []


@pytest.mark.parametrize("split", [True, False])
def test_a_second_heading_with_another_unit_is_read_in_its_own(split: bool) -> None:
    days, hours = ((*HEADS[:3], f"Thời gian ({unit})", HEADS[4]) for unit in ("ngày làm việc", "giờ"))
    above, below = (days, ("1", "Nhận", "MC", "3", "")), (hours, ("2", "Ký", "LĐ", "16", ""))
    tables = (table(*above), table(*below)) if split else (table(*above, *below),)
    reading = read("Thời hạn giải quyết: 05 ngày làm việc", *tables)
    assert [one[3] for one in steps(reading)] == ["3 working_day", "16 working_hour"]
    assert doubts(reading, sums=True) == []
