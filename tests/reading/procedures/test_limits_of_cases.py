"""One text with the limits of several cases: each goes to the table of its case, or a doubt asks."""

import pytest

from chuan.reading.procedures import Reading

from .tables import HEADS, doubts, read, table

PLAIN, CHECKED = "a) Trường hợp không phải xác minh", "b) Trường hợp phải xác minh"


def two_cases(*limit: str, names: tuple[str, str] = (PLAIN, CHECKED)) -> Reading:
    def rows(days: int) -> tuple[tuple[str, ...], ...]:
        times = ("1 ngày", f"{days - 2} ngày", "1 ngày")
        return tuple((str(place), "Việc", "CV", time, "") for place, time in enumerate(times, start=1))

    return read(*limit, names[0], table(HEADS, *rows(10)), names[1], table(HEADS, *rows(15)))


def totals(reading: Reading) -> list[str]:
    limits = [variant.declared_total for variant in reading.procedures[0].variants]
    return [f"{limit.amount} {limit.unit}" if limit else "" for limit in limits]


@pytest.mark.parametrize(
    "limit",
    [
        ("Thời hạn giải quyết: 10 ngày làm việc; trường hợp phải xác minh: 15 ngày làm việc",),
        ("Thời hạn giải quyết: 10 ngày làm việc, trường hợp phải xác minh là 15 ngày làm việc.",),
        ("Thời hạn giải quyết: 10 ngày làm việc (trường hợp phải xác minh: 15 ngày làm việc)",),
        ("Thời hạn giải quyết: 10 ngày làm việc kể từ ngày nhận đủ; nếu cần xác minh: không quá 15 ngày làm việc",),
        ("Thời hạn giải quyết: 10 ngày làm việc. Riêng trường hợp phải xác minh thì không quá 15 ngày làm việc",),
        ("Thời hạn giải quyết: Không phải xác minh: 10 ngày làm việc; trường hợp phải xác minh: 15 ngày làm việc",),
        (
            "Thời hạn giải quyết:",
            "- Trường hợp không phải xác minh: 10 ngày làm việc",
            "- Trường hợp phải xác minh: 15 ngày làm việc",
        ),
        (
            "Thời hạn giải quyết: 15 ngày làm việc đối với trường hợp phải xác minh, "
            "10 ngày làm việc đối với trường hợp còn lại",
        ),
    ],
)
def test_each_case_has_the_limit_that_its_name_tells(limit: tuple[str, ...]) -> None:
    reading = two_cases(*limit)
    (procedure,) = reading.procedures
    assert totals(reading) == ["10 working_day", "15 working_day"]
    assert [variant.name for variant in procedure.variants] == [PLAIN, CHECKED]
    assert "a)" not in procedure.committed_text
    assert procedure.committed and procedure.committed.amount == 15  # what no case exceeds
    assert doubts(reading) == doubts(reading, sums=True) == []


def test_a_case_is_named_by_the_name_of_its_table_alone() -> None:
    limit = "Thời hạn giải quyết: - Cấp tỉnh: 10 ngày làm việc; - Cấp xã: 15 ngày làm việc"
    assert totals(two_cases(limit, names=("a) Cấp tỉnh", "b) Cấp xã"))) == ["10 working_day", "15 working_day"]


def test_a_case_told_by_fewer_words_has_its_limit_with_a_doubt() -> None:
    limit = "Thời hạn giải quyết: 10 ngày làm việc; trường hợp xác minh: 15 ngày làm việc"
    reading = two_cases(limit, names=(PLAIN, "b) Trường hợp phải xác minh tại thực địa"))
    assert totals(reading) == ["10 working_day", "15 working_day"]
    assert doubts(reading) == ["limits_of_cases"]


def test_a_case_that_no_limit_names_is_asked_about() -> None:
    limit = "Thời hạn giải quyết: Trường hợp cấp mới: 10 ngày làm việc; trường hợp cấp đổi: 15 ngày làm việc"
    reading = two_cases(limit, names=("a) Trường hợp cấp mới", "b) Trường hợp cấp lại"))
    assert totals(reading) == ["10 working_day", ""]
    assert doubts(reading) == ["case_without_limit"]


def test_a_limit_whose_case_has_no_table_is_asked_about() -> None:
    limit = "Thời hạn giải quyết: 10 ngày làm việc; trường hợp phải xác minh: 15 ngày làm việc"
    assert "limits_of_cases" in doubts(two_cases(limit, names=("a) Đối với cấp mới", "b) Đối với cấp lại")))
    one = table(HEADS, ("1", "Việc", "CV", "10 ngày", ""))
    assert doubts(read(limit, one)) == ["quantities.alternatives"]
    assert doubts(read(limit.replace(";", ","), one))


def test_the_total_row_of_a_case_wins_over_the_text() -> None:
    limit = "Thời hạn giải quyết: 10 ngày làm việc; trường hợp phải xác minh: 15 ngày làm việc"
    rows = (("1", "Việc", "CV", "8 ngày", ""), ("", "Tổng cộng", "", "8 ngày làm việc", ""))
    reading = read(limit, PLAIN, table(HEADS, ("1", "Việc", "CV", "10 ngày", "")), CHECKED, table(HEADS, *rows))
    assert totals(reading) == ["10 working_day", "8 working_day"]
    assert doubts(reading, sums=True) == ["total_not_published"]


def test_one_limit_for_all_cases_is_shared_by_them_as_before() -> None:
    reading = two_cases("Thời hạn giải quyết: 10 ngày làm việc đối với mọi trường hợp")
    assert totals(reading) == ["", ""]
    assert doubts(reading, sums=True) == ["sum_not_published"]


def test_a_limit_between_the_name_of_a_case_and_its_table_is_that_of_the_case() -> None:
    names = ("a) Trường hợp cấp mới", "b) Trường hợp cấp lại")
    limits = ("Thời hạn giải quyết: 10 ngày làm việc", "Thời hạn giải quyết: 5 ngày làm việc")
    ten, five = (table(HEADS, ("1", "Việc", "CV", f"{days} ngày", "")) for days in (10, 5))
    reading = read("QUY TRÌNH", "Cấp giấy phép", names[0], limits[0], ten, names[1], limits[1], five)
    assert [variant.name for variant in reading.procedures[0].variants] == list(names)
    assert totals(reading) == ["10 working_day", "5 working_day"]
    assert doubts(reading) == doubts(reading, sums=True) == []
