"""Written procedures kept in Excel: titles above the heading, merged cells, several sheets."""

import io
from collections.abc import Sequence

import xlsxwriter

from chuan.reading.procedures import Reading, read_procedures

from .tables import doubts, steps

HEADS = ["TT", "Trình tự", "Trách nhiệm", "Thời gian"]
ROWS = [["B1", "Tiếp nhận", "Một cửa", "1 ngày"], ["B2", "Trả", "Một cửa", "2 ngày"]]
LIMIT = "Thời hạn giải quyết: 03 ngày làm việc"


def read(
    sheets: dict[str, list[Sequence[object]]], merged: Sequence[str] = (), hidden: Sequence[str] = (), without: int = -1
) -> Reading:
    """Read a workbook of these rows; `merged` are areas of every sheet, a formula shows 3, row `without` is hidden."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if str(cell).startswith("="):
                    sheet.write_formula(row, column, str(cell), None, 3)
                else:
                    sheet.write(row, column, cell)
        for area in merged:
            sheet.merge_range(area, _first(rows, area))
        if without >= 0:
            sheet.set_row(without, None, None, {"hidden": True})
        if name in hidden:
            sheet.hide()
    book.close()
    return read_procedures(buffer.getvalue(), "a.xlsx")


def _first(rows: list[Sequence[object]], area: str) -> object:
    return rows[int(area[1]) - 1][ord(area[0]) - ord("A")]


def test_titles_above_the_heading_are_no_part_of_it() -> None:
    reading = read(
        {
            "Sheet1": [
                ["UBND XÃ AN BÌNH"],
                ["QUY TRÌNH ĐĂNG KÝ KHAI TỬ"],
                ["Mã TTHC: 1.000656"],
                [LIMIT],
                ["TT", "Trình tự", "Trách nhiệm", "Thời gian (ngày)"],
                ["B1", "Tiếp nhận", "Một cửa", 0.5],
                ["B2", "Trả", "Một cửa", 2.5],
                ["", "Tổng cộng", "", "=SUM(D6:D7)"],
            ]
        },
        ["A1:D1", "A2:D2"],
    )
    assert steps(reading) == [
        ("B1", "Tiếp nhận", "Một cửa", "1/2 working_day"),
        ("B2", "Trả", "Một cửa", "5/2 working_day"),
    ]
    procedure = reading.procedures[0]
    assert (procedure.name, procedure.service_code) == ("ĐĂNG KÝ KHAI TỬ", "1.000656")
    assert procedure.committed_text == "03 ngày làm việc"
    assert doubts(reading) == []


def test_a_heading_of_two_rows_merged_numbers_and_phases_are_read() -> None:
    reading = read(
        {
            "Sheet1": [
                ["TT", "Trình tự", "Trách nhiệm", "", "Thời gian (giờ)"],
                ["", "", "Chủ trì", "Phối hợp", ""],
                ["I", "Cấp xã"],
                [1, "Nhận", "Một cửa", "", 4],
                [2, "a) Thẩm tra", "Chuyên viên", "Văn thư", 12],
                ["", "b) Ký", "Lãnh đạo", "", 8],
            ]
        },
        ["C1:D1", "A1:A2", "B1:B2", "E1:E2", "A5:A6"],
    )
    shown = [(one.no, one.title, one.role, one.phase) for one in reading.procedures[0].variants[0].steps]
    assert shown == [
        ("1", "Nhận", "Một cửa", "Cấp xã"),
        ("2a", "Thẩm tra", "Chuyên viên", "Cấp xã"),
        ("2b", "Ký", "Lãnh đạo", "Cấp xã"),
    ]


def test_each_sheet_is_a_procedure_unless_its_name_is_that_of_a_case() -> None:
    sheet: list[Sequence[object]] = [[LIMIT], HEADS, *ROWS]
    assert [one.name for one in read({"Khai sinh": sheet, "Khai tử": sheet}).procedures] == ["Khai sinh", "Khai tử"]
    assert [one.name for one in read({"Sheet1": sheet}).procedures] == [""]
    cases = read({"Trường hợp cấp mới": sheet, "Trường hợp cấp lại": sheet}).procedures
    assert [[variant.name for variant in one.variants] for one in cases] == [
        ["Trường hợp cấp mới", "Trường hợp cấp lại"]
    ]
    rest = read({"Trang 1": [[LIMIT], HEADS, ROWS[0]], "Trang 2": [HEADS, ROWS[1]]})
    assert [one[0] for one in steps(rest)] == ["B1", "B2"]


def test_hidden_sheets_are_named_not_read() -> None:
    reading = read({"Khai sinh": [[LIMIT], HEADS, *ROWS], "Bản cũ": [HEADS, *ROWS]}, hidden=["Bản cũ"])
    assert len(reading.procedures) == 1
    assert "Bản cũ" in reading.procedures[0].doubts[0].message.text("vi")


def test_a_hidden_row_is_read_and_counted() -> None:
    reading = read({"Khai sinh": [[LIMIT], HEADS, *ROWS]}, without=3)
    assert [one[0] for one in steps(reading)] == ["B1", "B2"]
    assert doubts(reading) == ["hidden_rows"]
    assert "1 dòng bị ẩn" in reading.procedures[0].doubts[0].message.text("vi")
