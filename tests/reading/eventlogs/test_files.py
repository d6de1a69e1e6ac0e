"""Files as they come: told apart by content, sheets chosen, bad files refused, 200,000 rows without a second look."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from chuan.reading import timestamps
from chuan.reading.eventlogs import LogMapping, Table, propose_mapping, read_log, read_rows
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import LANGUAGES, BadInput

from .small_logs import codes, told

REAL_LOGS = Path(__file__).resolve().parents[4] / "shared" / "logs"
CASES_AND_EVENTS = {
    "receipt.xes.gz": (1_434, 8_577),
    "bpic2020_RequestForPayment.xes.gz": (6_760, 36_072),
    "roadtraffic-one-per-variant.xes.gz": (231, 1_891),
    "sepsis-one-per-variant.xes.gz": (846, 13_775),
    "roadtraffic100traces.xes": (100, 390),
    "helpdesk.xes.gz": (4_580, 21_348),
}
EVENTS: list[list[object]] = [["Mã hồ sơ", "Công việc", "Thời gian"], ["H1", "Thẩm định", "05/11/2025 08:00"]]


def workbook(folder: Path, fill: Callable[[xlsxwriter.Workbook], object]) -> Path:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"}) as book:
        fill(book)
    path = folder / "log.xlsx"
    path.write_bytes(stream.getvalue())
    return path


def write(book: xlsxwriter.Workbook, name: str, rows: list[list[object]]) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    return sheet


def test_the_sheet_that_looks_like_a_log_is_read(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        write(book, "Bìa", [["Báo cáo tháng 11"]])
        write(book, "Nhật ký", EVENTS)
        write(book, "Ẩn", [*EVENTS, ["H2", "x", "05/11/2025"]]).hide()

    log = read_log(workbook(tmp_path, fill))
    assert (told(log), codes(log)) == ([("H1", ["Thẩm định"])], [])


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        rows: list[list[object]] = [["Sổ theo dõi"], *EVENTS, ["H2", "Duyệt", "06/11/2025 08:00"], [""]]
        sheet = write(book, "Nhật ký", rows)
        for row in (0, len(rows) - 2, len(rows) - 1):  # a title, an event, a blank row
            sheet.set_row(row, None, None, {"hidden": True})

    log = read_log(workbook(tmp_path, fill))
    assert [one.id for one in log.dossiers] == ["H1", "H2"]
    assert [(note.code, note.values) for note in log.notes] == [("eventlogs.hidden_rows", {"count": 1})]


def test_other_sheets_that_look_like_logs_are_named(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        write(book, "Tháng 10", EVENTS)
        write(book, "Tháng 11", [*EVENTS, ["H2", "Duyệt", "06/11/2025 08:00"]])

    path = workbook(tmp_path, fill)
    log = read_log(path)
    assert len(log.dossiers) == 2
    assert [note.values for note in log.notes] == [{"used": "Tháng 11", "left": "Tháng 10"}]
    assert len(read_log(path, LogMapping(sheet="tháng 10")).dossiers) == 1


def test_headings_merged_over_two_rows_below_a_title_are_found(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 3, "SỔ THEO DÕI HỒ SƠ")
        sheet.merge_range(2, 0, 3, 0, "Mã hồ sơ")
        sheet.merge_range(2, 1, 2, 3, "Ngày, tháng, năm")
        sheet.write_row(3, 1, ["Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả"])
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(4, 0, "H1")
        for column, number in enumerate((45966, 45968, 45968), start=1):
            sheet.write_number(4, column, number, day)
        sheet.merge_range(5, 0, 5, 3, "Tổng cộng: 1 hồ sơ")

    log = read_log(workbook(tmp_path, fill))
    assert (log.granularity, len(log.dossiers), log.bad_rows) == ("dossier", 1, ())
    assert log.dossiers[0].received_at == datetime(2025, 11, 5, tzinfo=VIETNAM)
    assert log.dossiers[0].row == 5


def test_a_dossier_code_merged_over_its_events_belongs_to_each(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = write(book, "A", [EVENTS[0], ["", "A", "05/11/2025 08:00"], ["", "B", "06/11/2025 08:00"]])
        sheet.merge_range(1, 0, 2, 0, "H1")

    assert told(read_log(workbook(tmp_path, fill))) == [("H1", ["A", "B"])]


def test_excel_serials_and_typed_dates_and_numbers_as_codes_are_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [EVENTS[0], [12, "A", 45966.5], [12.0, "B", "46000,25"]]
    log = read_log(workbook(tmp_path, lambda book: write(book, "A", rows)))
    assert told(log) == [("12", ["A", "B"])]
    assert log.dossiers[0].events[0].at == datetime(2025, 11, 5, 12, tzinfo=VIETNAM)


def test_days_and_months_that_excel_seems_to_have_swapped_are_said(tmp_path: Path) -> None:
    typed = [datetime(2025, month, 11) for month in (3, 4, 5)]  # noqa: DTZ001 - Excel has no zones
    texts = [f"{day}/11/2025 08:00" for day in (13, 14, 15)]

    def note_codes(*days: object) -> list[str]:
        rows = [EVENTS[0], *([f"H{place}", "A", day] for place, day in enumerate(days))]
        return codes(read_log(workbook(tmp_path, lambda book: write(book, "A", rows))))

    assert "eventlogs.days_swapped" in note_codes(*typed, *texts)
    assert "eventlogs.days_swapped" not in note_codes(*typed, *texts, "05/11/2025 08:00")
    assert "eventlogs.days_swapped" not in note_codes(*typed, *texts, datetime(2025, 11, 13))  # noqa: DTZ001
    assert "eventlogs.days_swapped" not in note_codes(*texts)


def test_a_parquet_log_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'H1' AS dossier, 'A' AS activity, 'x' AS role, TIMESTAMPTZ '2025-11-05 01:00:00+00' AS at)"
            f" TO '{path}' (FORMAT parquet)"
        )
    event = read_log(path).dossiers[0].events[0]
    assert (event.at, event.position, event.row) == (datetime(2025, 11, 5, 8, tzinfo=VIETNAM), "x", 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "eventlogs.empty"),
        (b" \n", "eventlogs.empty"),
        (b"%PDF-1.7\n1 0 obj", "eventlogs.pdf"),
        (b"<html><body><table></table></body></html>", "eventlogs.web_page"),
        (b"PK\x03\x04 cut", "xlsx.broken"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "xlsx.old_or_protected"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><log/>', "xes.doctype"),
        (b"\x1f\x8b broken", "xes.broken_gzip"),
        (b"PAR1 broken", "parquet.broken"),
        (b' {"procedures": []}', "eventlogs.json"),
        (b"->( 'A', X( 'B', tau ) )", "eventlogs.diagram"),
        (
            b'<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
            "eventlogs.diagram",
        ),
        (b"\n ,,\n", "eventlogs.empty"),
        ("M· hå s¬,C«ng viÖc,Thêi gian\nH1,TiÕp nhËn,05/11/2025".encode(), "eventlogs.old_letters"),
        ("Maõ hoà sô,Coâng vieäc,Thôøi gian\nH1,A,05/11/2025".encode("latin-1"), "eventlogs.old_letters"),
    ],
)
def test_a_bad_file_is_refused_in_words_whatever_its_name(tmp_path: Path, content: bytes, code: str) -> None:
    for name in ("log.xlsx", "log.csv", "log.xes"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadInput) as caught:
            read_log(path)
        assert caught.value.message.code == code
        assert all(caught.value.message.text(language) for language in LANGUAGES)


def test_a_word_file_is_refused_as_the_procedure_it_mostly_is(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(BadInput) as caught:
        read_log(path)
    assert caught.value.message.code == "eventlogs.word"


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_log(workbook(tmp_path, lambda book: book.add_worksheet()))
    assert caught.value.message.code == "eventlogs.empty"


def test_parsed_rows_can_be_read_without_a_file() -> None:
    log = read_rows(Table(("Case", "Activity", "Timestamp"), [["1", "A", "2025-11-05 08:00"]]))
    assert told(log) == [("1", ["A"])]


def test_the_proposal_tells_what_it_is_unsure_of() -> None:
    headings = ["Mã hồ sơ", "Số biên nhận", "Công việc", "Ngày", "Cán bộ"]
    proposal = propose_mapping(headings, [["H1", "9", "A", "05/11/2025", "An"]])
    assert proposal.columns == {"dossier": "Mã hồ sơ", "activity": "Công việc", "at": "Ngày"}
    assert [one.code for one in proposal.unsure] == ["eventlogs.two_columns"]


def test_a_duration_is_not_taken_for_a_time() -> None:
    headings = ["Mã hồ sơ", "Công việc", "Thời gian xử lý", "Ngày hoàn thành"]
    proposal = propose_mapping(headings, [["H1", "A", "2 giờ", "05/11/2025"]])
    assert proposal.columns["at"] == "Ngày hoàn thành"


def test_a_long_log_reads_each_distinct_date_once_and_tells_its_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = 40_000
    path = tmp_path / "long.csv"
    lines = (f"H{row // 10},B{row % 10},{1 + row % 28:02}/11/2025 08:{row % 60:02}" for row in range(rows))
    path.write_text("Mã hồ sơ,Công việc,Thời gian\n" + "\n".join(lines), encoding="utf-8")
    taken_apart: list[str] = []
    original = timestamps._parts

    def counted(text: str) -> timestamps._Parts | None:
        taken_apart.append(text)
        return original(text)

    monkeypatch.setattr(timestamps, "_parts", counted)
    steps: list[tuple[int, int]] = []
    log = read_log(path, progress=lambda *done: steps.append(done))
    assert sum(len(dossier.events) for dossier in log.dossiers) == rows
    assert len(taken_apart) < 5_000  # 28 days × 60 minutes, and a sample of every column
    assert (steps[0], steps[-1], len(steps)) == ((0, rows), (rows, rows), 9)


@pytest.mark.skipif(not REAL_LOGS.is_dir(), reason=f"the real logs are not beside the checkout ({REAL_LOGS})")
@pytest.mark.parametrize("name", list(CASES_AND_EVENTS))
def test_real_logs_have_all_their_cases_and_events(name: str) -> None:
    log = read_log(REAL_LOGS / name)
    events = sum(len(dossier.events) for dossier in log.dossiers)
    assert (len(log.dossiers), events + len(log.duplicates)) == CASES_AND_EVENTS[name]
    assert log.bad_rows == ()
