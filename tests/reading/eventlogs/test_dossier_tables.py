"""One row per dossier, with or without columns of steps: the export that people really have."""

from datetime import datetime
from pathlib import Path

from chuan.reading.eventlogs import LogMapping
from chuan.rules.eventlog import EventKind
from chuan.rules.workdays import VIETNAM

from .small_logs import codes, log_of, told

EXPORT = """SỞ XÂY DỰNG,,,,,
DANH SÁCH HỒ SƠ THÁNG 11,,,,,
STT,Mã hồ sơ,Tên thủ tục,Ngày tiếp nhận,Ngày hẹn trả,Ngày hoàn thành,Trạng thái
(1),(2),(3),(4),(5),(6),(7)
1,H1,"Cấp phép, mới",05/11/2025 08:00,07/11/2025,06/11/2025 10:00,Đã trả kết quả
2,H2,Cấp phép,05/11/2025 09:00,07/11/2025,,Đang xử lý
Tổng số: 2 hồ sơ,,,,,,
"""


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2025, 11, day, hour, minute, tzinfo=VIETNAM)


def test_the_usual_export_is_read_below_its_titles(tmp_path: Path) -> None:
    log = log_of(tmp_path, EXPORT)
    first, second = log.dossiers
    assert (log.granularity, log.bad_rows) == ("dossier", ())
    assert log.recorded == {"received_at", "due_at", "finished_at", "status"}
    assert (first.id, first.received_at, first.source_due_at, first.finished_at) == ("H1", at(5, 8), at(7), at(6, 10))
    assert (second.finished_at, second.status, second.row) == (None, "Đang xử lý", 6)
    assert log.whole_days == {"due_at"}


def test_the_day_book_with_short_headings_is_an_export_too(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã HS,Nhận HS,Hẹn trả KQ,Trả KQ\nH1,05/11/2025,07/11/2025,10/11/2025\n")
    dossier = log.dossiers[0]
    assert log.granularity == "dossier"
    assert (dossier.received_at, dossier.source_due_at, dossier.returned_at) == (at(5), at(7), at(10))


def test_several_rows_of_a_dossier_merge_and_the_moved_due_date_is_kept(tmp_path: Path) -> None:
    rows = "H1,05/11/2025,07/11/2025,\nH1,05/11/2025,12/11/2025,\nH1,05/11/2025,12/11/2025,11/11/2025\n"
    log = log_of(tmp_path, "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày hoàn thành\n" + rows)
    dossier = log.dossiers[0]
    assert len(log.dossiers) == 1
    assert (dossier.source_due_at, dossier.earlier_due_at, dossier.finished_at) == (at(12), (at(7),), at(11))


def test_an_unreadable_date_is_dropped_and_listed_and_the_dossier_kept(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\nH1,31/02/2025,07/11/2025\nH2,,\n")
    assert [(dossier.id, dossier.received_at) for dossier in log.dossiers] == [("H1", None)]
    assert [(bad.row, bad.column, bad.value) for bad in log.bad_rows] == [
        (2, "Ngày tiếp nhận", "31/02/2025"),
        (3, "", "H2"),
    ]


def test_reception_is_never_guessed_from_the_code(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ,Ngày hẹn trả\n000.00.64.H10-230515-0011,07/11/2025\n")
    assert log.dossiers[0].received_at is None


def test_a_column_of_dossier_codes_is_found_under_a_strange_heading(tmp_path: Path) -> None:
    rows = "000.00.64.H10-230515-0011,05/11/2025,07/11/2025\nH61.01.02-251105-AA0012,05/11/2025,07/11/2025\n"
    log = log_of(tmp_path, "Ký hiệu,Ngày tiếp nhận,Ngày hẹn trả\n" + rows)
    assert len(log.dossiers) == 2
    assert "eventlogs.dossier_guessed" in codes(log)


STEPS = "Mã hồ sơ,Tiếp nhận hồ sơ,Thẩm định,Trả kết quả\nH1,05/11/2025 08:00,06/11/2025 09:00,\n"


def test_columns_named_like_steps_are_completions(tmp_path: Path) -> None:
    log = log_of(tmp_path, STEPS + "H2,05/11/2025 08:00,hỏng,07/11/2025 10:00\n")
    assert (log.granularity, log.recorded) == ("steps", frozenset({"steps"}))
    assert told(log) == [("H1", ["Tiếp nhận hồ sơ", "Thẩm định"]), ("H2", ["Tiếp nhận hồ sơ", "Trả kết quả"])]
    assert [(bad.row, bad.column, bad.value) for bad in log.bad_rows] == [(3, "Thẩm định", "hỏng")]
    assert log.dossiers[0].events[0].position is None


def test_columns_of_steps_stand_beside_dates_of_the_dossier(tmp_path: Path) -> None:
    rows = "H1,05/11/2025 08:00,06/11/2025 09:00,07/11/2025 10:00,08/11/2025\n"
    log = log_of(tmp_path, "Mã hồ sơ,Ngày tiếp nhận,Bước 1: Kiểm tra,Bước 2: Duyệt,Ngày hẹn trả\n" + rows)
    dossier = log.dossiers[0]
    assert (dossier.received_at, dossier.source_due_at) == (at(5, 8), at(8))
    assert told(log) == [("H1", ["Bước 1: Kiểm tra", "Bước 2: Duyệt"])]


def test_a_column_of_pauses_turns_the_clock(tmp_path: Path) -> None:
    rows = "H1,05/11/2025 08:00,06/11/2025 09:00,07/11/2025 10:00\n"
    log = log_of(tmp_path, "Mã hồ sơ,Kiểm tra,Tạm dừng,Tiếp tục xử lý\n" + rows)
    kinds = [event.kind for event in log.dossiers[0].events]
    assert kinds == [EventKind.STEP, EventKind.PAUSED, EventKind.RESUMED]


def test_a_mapping_can_name_a_single_column_as_a_step(tmp_path: Path) -> None:
    text = "Mã hồ sơ,Ngày tiếp nhận,Duyệt\nH1,05/11/2025 08:00,06/11/2025 09:00\n"
    assert told(log_of(tmp_path, text)) == [("H1", [])]
    assert told(log_of(tmp_path, text, LogMapping(steps={"duyệt": "B2"}))) == [("H1", ["Duyệt"])]


def test_columns_of_days_are_named_in_one_note(tmp_path: Path) -> None:
    rows = "Mã hồ sơ;Ngày tiếp nhận;Ngày hoàn thành\nH1;03/11/2025;05/11/2025\n"
    log = log_of(tmp_path, rows)
    assert [note.values["columns"] for note in log.notes if note.code == "eventlogs.whole_days"] == [
        "«Ngày hoàn thành», «Ngày tiếp nhận»"
    ]
