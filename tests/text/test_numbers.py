from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.text import numbers

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, None, "0"),
        (1234, None, "1.234"),
        (1_234_567.5, None, "1.234.567,5"),
        (-1234.25, None, "-1.234,25"),
        (Decimal("12.50"), None, "12,5"),
        (Decimal("12.00"), None, "12"),
        (Decimal("0.125"), 2, "0,13"),
        (3, 1, "3,0"),
        (100, None, "100"),
    ],
)
def test_numbers_have_a_decimal_comma_and_dots_for_thousands(value: Decimal, places: int | None, written: str) -> None:
    assert numbers.number(value, places) == written


def test_a_rate_shows_its_parts_and_two_decimals() -> None:
    assert numbers.rate(106, 124) == f"106/124{NB}·{NB}85,48{NB}%"


def test_a_rate_of_nothing_is_no_percentage() -> None:
    assert numbers.rate(0, 0) == "0/0"
    assert numbers.percent(0, 0) == ""


def test_days_and_moments_are_written_day_first() -> None:
    assert numbers.day(date(2024, 12, 31)) == "31/12/2024"
    assert numbers.moment(datetime(2026, 11, 3, 7, 5, tzinfo=UTC)) == "07:05 03/11/2026"


def test_sizes_are_read_at_a_glance() -> None:
    assert [numbers.file_size(n) for n in (812, 14_200, 3_000_000)] == [f"812{NB}B", f"14,2{NB}kB", f"3,0{NB}MB"]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_the_written_number_reads_back_as_the_same_value(value: Decimal) -> None:
    written = numbers.number(value)
    assert Decimal(written.replace(".", "").replace(",", ".")) == value


def test_english_has_a_decimal_point_and_commas_for_thousands() -> None:
    assert numbers.number(Decimal("1234567.50"), language="en") == "1,234,567.5"
    assert numbers.number(1234, language="en") == "1,234"
    assert numbers.rate(1060, 1240, "en") == f"1,060/1,240{NB}·{NB}85.48{NB}%"
