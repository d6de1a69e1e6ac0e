"""Excel workbooks: what cells become, and what a hostile or broken file is answered."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter

from chuan.formats.xlsx import Merge, read_sheets
from chuan.text.messages import LANGUAGES, BadInput


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


def one_sheet(*rows: list[object]) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sổ")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)

    return workbook(fill)


def hostile(parts: dict[str, bytes]) -> bytes:
    """Return a good workbook with some parts replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(one_sheet(["a"]))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.namelist():
            bad.writestr(part, parts.get(part, good.read(part)))
        for part in parts.keys() - set(good.namelist()):
            bad.writestr(part, parts[part])
    return stream.getvalue()


def sheet_xml(cells: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    )


def refusal(data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_sheets(data)
    assert all(caught.value.message.text(language) for language in LANGUAGES)
    return caught.value.message.code


def test_rows_keep_the_numbers_of_excel_when_the_table_starts_lower() -> None:
    rows = read_sheets(one_sheet([], [], [None, "Mã hồ sơ"]))[0].rows
    assert rows == [["", ""], ["", ""], ["", "Mã hồ sơ"]]


def test_dates_come_typed_and_errors_empty() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_datetime(
            0, 0, datetime.fromisoformat("2025-11-05T14:30"), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        )
        sheet.write_datetime(0, 1, date(2025, 11, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(0, 2, 45966.5)
        sheet.write_formula(0, 3, "=1/0", None, "#DIV/0!")

    assert read_sheets(workbook(fill))[0].rows == [
        [datetime.fromisoformat("2025-11-05T14:30"), date(2025, 11, 5), 45966.5, ""]
    ]


def test_a_text_that_starts_with_an_equals_sign_is_text() -> None:
    data = workbook(lambda book: book.add_worksheet().write_string(0, 0, '=HYPERLINK("x")'))
    assert read_sheets(data)[0].rows == [['=HYPERLINK("x")']]


def test_merged_cells_are_told_and_can_be_filled_from_their_origin() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 1, "Nhận")
        sheet.write(1, 2, "x")

    sheet = read_sheets(workbook(fill))[0]
    assert sheet.merged == (Merge(0, 0, 1, 1),)
    assert sheet.rows[1] == ["", "", "x"]
    assert sheet.filled()[1] == ["Nhận", "Nhận", "x"]
    assert sheet.filled(1) == [["Nhận", "Nhận", "x"]]


def test_hidden_sheets_are_marked_and_chart_sheets_left_out() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("A").write(0, 0, 1)
        book.add_worksheet("B").hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=A!$A$1:$A$1"})
        book.add_chartsheet("C").set_chart(chart)

    assert [(sheet.name, sheet.visible) for sheet in read_sheets(workbook(fill))] == [("A", True), ("B", False)]


def test_progress_is_told_per_sheet() -> None:
    told: list[tuple[int, int]] = []
    read_sheets(workbook(lambda book: [book.add_worksheet() for _ in range(3)]), lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xlsx.empty"),
        (b"%PDF-1.7 ...", "xlsx.not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "xlsx.old_or_protected"),
        (b"PK\x03\x04 cut off", "xlsx.broken"),
        (one_sheet(["a"])[:-30], "xlsx.broken"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_another_zip_file_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(stream.getvalue()) == "xlsx.not_a_workbook"


def test_a_part_with_broken_xml_is_refused() -> None:
    assert refusal(hostile({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})) == "xlsx.broken"


def test_a_zip_bomb_is_refused_before_it_is_read() -> None:
    assert refusal(hostile({"xl/media/image1.png": bytes(20_000_000)})) == "xlsx.too_large"


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(hostile({"xl/media/image1.png": bytes(20_000_000)}))
    size = (20_000_000).to_bytes(4, "little")
    assert refusal(bytes(data.replace(size, (10).to_bytes(4, "little")))) == "xlsx.too_large"


@pytest.mark.parametrize("order", [("A1048576", "XFD1"), ("XFD1", "A1048576"), ("A1", "XFD1048576")])
def test_one_far_cell_is_refused_instead_of_filling_the_memory(order: tuple[str, str]) -> None:
    cells = "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in order)
    assert refusal(hostile({"xl/worksheets/sheet1.xml": sheet_xml(cells)})) == "xlsx.too_many_cells"


def test_a_document_type_in_any_part_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "AAAA"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    cells = '<row><c r="A1" t="str"><v>&a;&f;</v></c></row>'
    assert refusal(hostile({"xl/worksheets/sheet1.xml": sheet_xml(cells, entities)})) == "xml.doctype"
    assert refusal(hostile({"xl/styles.xml": b'<?xml version="1.0"?><!DOCTYPE x><styleSheet/>'})) == "xml.doctype"


def test_hidden_rows_are_told_by_their_sheet_also_far_down_and_without_numbers() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("Một & hai", "Ba"):
            sheet = book.add_worksheet(name)
            for row in range(9_000):
                sheet.write(row, 0, f"dòng {row} của bảng này")
        sheet.set_column(3, 3, None, None, {"hidden": True})
        for row in (1, 8_999, 40_000):
            book.get_worksheet_by_name("Một & hai").set_row(row, None, None, {"hidden": True})

    first, second = read_sheets(workbook(fill))
    assert first.hidden_rows == {1, 8_999, 40_000}
    assert second.hidden_rows == frozenset()
    assert (first.hidden_from(), first.hidden_from(2), second.hidden_from()) == (2, 1, 0)
    rows = (
        b"<sheetData><row><c r='A1'/></row><row hidden='true'><c t='inlineStr'><is><t>x</t></is></c></row></sheetData>"
    )
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    plain = b"<worksheet xmlns='" + space + b"'>" + rows + b"</worksheet>"
    assert read_sheets(hostile({"xl/worksheets/sheet1.xml": plain}))[0].hidden_rows == {1}
