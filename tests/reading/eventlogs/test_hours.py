"""Hours in a column of their own: joined to the column of days that they belong to, and said."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from chuan.reading.eventlogs import mapping_from, read_log
from chuan.reading.timestamps import DateCell, read_clock
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import BadInput

from .small_logs import codes, log_of

MORNING, AFTERNOON = "2025-11-05T08:30:00+07:00", "2025-11-12T14:00:00+07:00"


def moments(folder: Path, headings: str, row: str, mapping: object = None) -> list[str | None]:
    """Return the reception and the due date of the only dossier."""
    log = log_of(folder, f"{headings}\n{row}\n", mapping_from(mapping or {}))
    one = log.dossiers[0]
    return [moment.isoformat() if moment else None for moment in (one.received_at, one.source_due_at)]


@pytest.mark.parametrize(
    "headings",
    [
        "Mã hồ sơ;Ngày nhận;Giờ nhận;Ngày hẹn trả;Giờ hẹn trả",
        "Mã hồ sơ;Ngày tiếp nhận;Giờ nhận;Ngày hẹn trả;Giờ hẹn",
        "Mã hồ sơ;Ngày tiếp nhận;Giờ;Hạn trả;Giờ",
        "Dossier code;Date received;Time received;Due date;Due time",
        "Dossier code;Received date;Hour;Due date;Hour",
    ],
)
def test_hours_beside_their_days_are_joined_and_it_is_said(headings: str, tmp_path: Path) -> None:
    row = "H1;05/11/2025;08:30;12/11/2025;2:00 CH"
    assert moments(tmp_path, headings, row) == [MORNING, AFTERNOON]
    log = log_of(tmp_path, f"{headings}\n{row}\n")
    assert codes(log) == ["eventlogs.hours_joined"] * 2
    assert not log.whole_days


def test_hours_that_stand_apart_find_their_days_by_the_same_words(tmp_path: Path) -> None:
    headings = "Giờ nhận;Giờ hẹn trả;Mã hồ sơ;Ngày nhận;Ngày hẹn trả"
    assert moments(tmp_path, headings, "8h30;14 giờ;H1;05/11/2025;12/11/2025") == [MORNING, AFTERNOON]


def test_hours_of_nobody_knows_what_are_left_and_named(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ;Giờ;Ngày nhận;Giờ;Ngày hẹn trả\nH1;08:30;05/11/2025;14:00;12/11/2025\n")
    assert codes(log)[:2] == ["eventlogs.hours_left"] * 2
    assert log.whole_days == {"received_at", "due_at"}


def test_a_mapping_joins_hours_under_any_heading_or_leaves_them_out(tmp_path: Path) -> None:
    headings, row = "Mã hồ sơ;H;Ngày nhận;Giờ nhận;Ngày hẹn trả", "H1;14:00;05/11/2025;08:30;12/11/2025"
    declared = {"hours": {"ngày hẹn trả": "H"}}
    assert moments(tmp_path, headings, row, declared) == [MORNING, AFTERNOON]
    day = "2025-11-05T00:00:00+07:00"
    assert moments(tmp_path, headings, row, {"unused": ["Giờ nhận"]}) == [day, "2025-11-12T00:00:00+07:00"]
    with pytest.raises(BadInput, match="Giờ trả"):
        moments(tmp_path, headings, row, {"hours": {"Ngày nhận": "Giờ trả"}})


@pytest.mark.parametrize("heading", ["Số giờ", "Thời gian xử lý", "Tổng thời gian", "Mã quầy"])
def test_amounts_of_time_and_other_columns_are_no_hours(heading: str, tmp_path: Path) -> None:
    log = log_of(tmp_path, f"Mã hồ sơ;Ngày nhận;{heading}\nH1;05/11/2025;02:30\n")
    assert codes(log) == ["eventlogs.whole_days"]


def test_events_and_steps_take_their_hours_too(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ;Công việc;Ngày;Giờ\nH1;Ký;05/11/2025;08:30\n")
    assert [one.at.isoformat() for one in log.dossiers[0].events] == [MORNING]
    headings = "Mã hồ sơ;Thụ lý;Giờ thụ lý;Ký;Giờ ký"
    log = log_of(tmp_path, f"{headings}\nH1;05/11/2025;08:30;12/11/2025;14:00\n")
    assert [(one.activity, one.at.isoformat()) for one in log.dossiers[0].events] == [
        ("Thụ lý", MORNING),
        ("Ký", AFTERNOON),
    ]


def test_an_hour_that_cannot_be_is_listed_with_its_day_and_an_empty_one_leaves_the_day(tmp_path: Path) -> None:
    rows = "H1;05/11/2025;08:30\nH2;05/11/2025;25:00\nH3;05/11/2025;\nH4;05/11/2025 09:15;08:00\nH5;05/11/2025;0:00\n"
    log = log_of(tmp_path, f"Mã hồ sơ;Ngày nhận;Giờ nhận\n{rows}")
    assert [(bad.row, bad.column, bad.value) for bad in log.bad_rows][:1] == [(3, "Ngày nhận", "05/11/2025 25:00")]
    received = {one.id: one.received_at and one.received_at.strftime("%H:%M") for one in log.dossiers}
    assert received == {"H1": "08:30", "H3": "00:00", "H4": "09:15", "H5": "00:00"}
    assert not log.whole_days  # most rows have their hour
    log = log_of(tmp_path, "Mã hồ sơ;Ngày nhận;Giờ nhận\nH1;05/11/2025;08:30\nH2;06/11/2025;\nH3;07/11/2025;-\n")
    assert log.whole_days == {"received_at"}


def test_typed_days_and_hours_of_a_workbook_are_joined(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet, hour = book.add_worksheet(), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["Mã hồ sơ", "Ngày nhận", "Giờ nhận"])
        sheet.write_row(1, 0, ["H1", date(2025, 11, 5)])
        sheet.write_datetime(1, 2, time(8, 30), hour)
    path = tmp_path / "log.xlsx"
    path.write_bytes(stream.getvalue())
    received = read_log(path).dossiers[0].received_at
    assert received and received.isoformat() == MORNING


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        *(("08:30", 510), ("8h30", 510), ("8 giờ 30 phút", 510), ("2:30 CH", 870), ("14h", 840), ("24:00", 1440)),
        *((time(8, 30), 510), (timedelta(hours=8), 480), (0.5, 720), (0.0, 0)),
        (datetime(1899, 12, 31, 8, 30, tzinfo=VIETNAM), 510),
        *(
            ("", None),
            ("-", None),
            (None, None),
            ("25:00", None),
            ("8:75", None),
            ("sáng", None),
            (8, None),
            (1.5, None),
        ),
    ],
)
def test_a_time_of_day_alone(cell: DateCell, minutes: int | None) -> None:
    since = read_clock(cell).since_midnight
    assert since == (None if minutes is None else timedelta(minutes=minutes))
