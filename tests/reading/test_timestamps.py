"""Moments as sources write them: every usual form, one order per column, what is refused and what is listed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.reading.timestamps import DateCell, DateColumn, date_column, looks_like_a_date
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import LANGUAGES, BadInput

HALF_PAST_TWO = datetime(2025, 11, 5, 14, 30, tzinfo=VIETNAM)
THAT_DAY = datetime(2025, 11, 5, tzinfo=VIETNAM)
MOMENTS = st.datetimes(datetime.fromisoformat("1970-01-01"), datetime.fromisoformat("2060-12-31T23:59:59"))


def read(cell: DateCell, order: str = "dmy") -> datetime | None:
    return DateColumn("Thời gian", order).read(cell).at


@pytest.mark.parametrize(
    "text",
    [
        "05/11/2025 14:30",
        "5/11/2025 14:30:00",
        "05-11-2025 14:30",
        "05.11.2025 14:30",
        "5/11/25 14:30",
        "14:30 05/11/2025",
        "14:30:00, 05/11/2025",
        "05/11/2025 14h30",
        "14 giờ 30 ngày 05/11/2025",
        "14 giờ 30 phút, ngày 05/11/2025",
        "lúc 14h30 ngày 05 tháng 11 năm 2025",
        "Thứ tư, 05/11/2025 14:30",
        "05/11/2025 2:30 CH",
        "05/11/2025 2:30:00 PM",
        "2025-11-05 14:30",
        "2025-11-05T14:30:00",
        "2025-11-05T14:30:00+07:00",
        "2025-11-05T07:30:00Z",
        "2025-11-05 07:30:00 UTC",
        "2025-11-05T08:30:00.000+0100",
        "05/11/2025 14:30 GMT+7",
        "2025/11/05 14:30",
        "20251105143000",
        "5-Nov-2025 14:30",
        "Nov 5, 2025 14:30",
        45966.604166667,
        "45966.604166667",
        datetime.fromisoformat("2025-11-05T14:30"),
        datetime.fromisoformat("2025-11-05T07:30+00:00"),
    ],
)
def test_usual_ways_to_write_a_moment(text: DateCell) -> None:
    assert read(text) == HALF_PAST_TWO


@pytest.mark.parametrize(
    "cell", ["05/11/2025", "ngày 5 tháng 11 năm 2025", "2025-11-05", "20251105", 45966, "45966", date(2025, 11, 5)]
)
def test_a_day_without_a_time_is_its_midnight_and_says_so(cell: DateCell) -> None:
    reading = DateColumn("Ngày").read(cell)
    assert (reading.at, reading.whole_day) == (THAT_DAY, True)


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "NULL", "chưa có", None, 0, "01/01/0001 00:00:00", "1900-01-01", "00/01/1900", "31/12/9999"]
)
def test_what_systems_write_for_no_date_is_empty(cell: DateCell) -> None:
    reading = DateColumn("Ngày trả").read(cell)
    assert (reading.at, reading.problem) == (None, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2025", "timestamps.no_such_day"),
        ("2025-13-45", "timestamps.no_such_day"),
        ("05/11/2025 25:00", "timestamps.no_such_day"),
        ("hôm qua", "timestamps.unreadable"),
        ("05/11", "timestamps.unreadable"),
        (0.5, "timestamps.unreadable"),
        (True, "timestamps.unreadable"),
        ("01/01/3025", "timestamps.unlikely_year"),
    ],
)
def test_what_cannot_be_read_says_why(cell: DateCell, code: str) -> None:
    problem = DateColumn("Ngày").read(cell).problem
    assert problem is not None
    assert problem.code == code
    assert all(problem.text(language) for language in LANGUAGES)


def test_midnight_written_as_24_hours_is_the_next_day() -> None:
    assert read("24:00 05/11/2025") == THAT_DAY + timedelta(days=1)


def test_day_first_is_the_rule_when_no_cell_decides() -> None:
    assert date_column("Ngày", ["05/11/2025", "06/11/2025"]).order == "dmy"


def test_one_cell_that_can_only_be_month_first_decides_for_the_column() -> None:
    column = date_column("Ngày", ["05/11/2025", "05/13/2025"])
    assert column.read("05/11/2025").at == datetime(2025, 5, 11, tzinfo=VIETNAM)


def test_a_column_of_both_orders_is_refused_naming_a_row_of_each() -> None:
    with pytest.raises(BadInput) as caught:
        date_column("Ngày nhận", ["05/11/2025", "13/05/2025", "", "05/13/2025 08:00"], first_row=2)
    for language in LANGUAGES:
        text = caught.value.message.text(language)
        assert all(part in text for part in ("Ngày nhận", "3", "13/05/2025", "5", "05/13/2025 08:00"))


def test_a_declared_order_wins_and_cells_against_it_are_listed() -> None:
    column = date_column("Ngày", ["13/05/2025", "05/13/2025"], order="dmy")
    assert column.read("13/05/2025").at == datetime(2025, 5, 13, tzinfo=VIETNAM)
    assert column.read("05/13/2025").problem is not None


def test_year_first_with_two_digits_needs_to_be_declared() -> None:
    assert read("25/11/05", "ymd") == THAT_DAY


def test_a_day_off_the_calendar_decides_nothing() -> None:
    assert date_column("Ngày", ["31/02/2025", "05/11/2025"]).order == "dmy"


def test_a_column_has_whole_days_when_most_cells_have_no_time() -> None:
    days, times = DateColumn("Ngày"), DateColumn("Giờ")
    for cell in ("05/11/2025", "2025-11-06 00:00:00", "07/11/2025 08:00"):
        days.read(cell)
    for cell in ("05/11/2025 08:00", "06/11/2025 09:00", "07/11/2025"):
        times.read(cell)
    assert (days.whole_days, times.whole_days) == (True, False)


def test_numbers_and_words_are_no_dates() -> None:
    assert [looks_like_a_date(cell) for cell in (5, 12.5, "B1", "1", "2025", "Nguyễn Văn A")] == [False] * 6


@given(MOMENTS)
def test_every_moment_written_day_first_is_read_back(moment: datetime) -> None:
    column = DateColumn("Thời gian")
    for form in ("%d/%m/%Y %H:%M:%S", "%H:%M:%S %d/%m/%Y", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S"):
        assert column.read(moment.strftime(form)).at == moment.replace(microsecond=0, tzinfo=VIETNAM)


@given(st.lists(MOMENTS, min_size=2, max_size=6))
def test_days_and_times_read_once_give_what_each_cell_alone_gives(moments: list[datetime]) -> None:
    column = DateColumn("Thời gian")
    texts = [f"{one:%d/%m/%Y} {other:%H:%M}" for one in moments for other in moments]
    assert [column.read(text).at for text in texts] == [read(text) for text in texts]
