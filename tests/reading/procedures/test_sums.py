"""The steps, the total row and the published time limit say the same, or a doubt says where they do not."""

import pytest

from .tables import HEADS, LEFT, doubts, read, table

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
