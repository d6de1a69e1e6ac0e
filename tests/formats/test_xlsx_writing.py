"""Long workbooks: what is written is read again, by our own reader and whatever stands in it."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from chuan.formats.xlsx import read_sheets
from chuan.formats.xlsx_writing import Cell, Table, write_tables
from chuan.rules.workdays import VIETNAM

NOON = datetime(2025, 3, 4, 12, 30, tzinfo=VIETNAM)


def table(*rows: tuple[Cell, ...], name: str = "Hồ sơ") -> Table:
    return Table(name, ("Mã hồ sơ", "Nhận lúc", "Phí"), rows, (26, 20, 10))


def test_text_moments_and_numbers_come_back_as_they_were() -> None:
    (sheet,) = read_sheets(write_tables([table(("H01", NOON, 2.5), ("H02", None, 7))]))
    assert sheet.name == "Hồ sơ"
    assert sheet.rows == [
        ["Mã hồ sơ", "Nhận lúc", "Phí"],
        ["H01", NOON.replace(tzinfo=None), 2.5],
        ["H02", "", 7.0],
    ]


def test_a_column_of_several_kinds_and_rows_that_lack_their_last_cells_come_back_as_they_were() -> None:
    rows = [("H01",), (None, NOON, 7), (3, "chưa có", None), (NOON, 2.5, "x & y"), ()]
    (sheet,) = read_sheets(write_tables([table(*rows)]))
    noon = NOON.replace(tzinfo=None)
    filled = [[cell for cell in row if cell != ""] for row in sheet.rows[1:]]
    assert filled == [["H01"], [noon, 7.0], [3.0, "chưa có"], [noon, 2.5, "x & y"]]


def test_what_looks_like_a_formula_or_like_markup_stays_text() -> None:
    words = ["=1+1", "+84", "@An", "<b>An & Bình</b>", " hai  đầu ", "dòng 1\ndòng 2"]
    (sheet,) = read_sheets(write_tables([table(*((word,) for word in words))]))
    assert [row[0] for row in sheet.rows[1:]] == words


def test_characters_that_xml_cannot_hold_are_escaped_the_way_excel_reads() -> None:
    data = write_tables([table(("a\x00b\x1f", NOON, 1), ("_x0041_", NOON, 2))])
    (sheet,) = read_sheets(data)
    assert [row[0] for row in sheet.rows[1:]] == ["a\x00b\x1f", "_x0041_"]


def test_a_cell_longer_than_excel_allows_is_cut_there() -> None:
    (sheet,) = read_sheets(write_tables([table(("ồ" * 40_000,))]))
    assert sheet.rows[1][0] == "ồ" * 32_767


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next_one() -> None:
    rows = [(f"H{number:02}", NOON, number) for number in range(7)]
    sheets = read_sheets(write_tables([table(*rows), table(name="Các bước")], most_rows=3))
    assert [sheet.name for sheet in sheets] == ["Hồ sơ", "Hồ sơ (2)", "Hồ sơ (3)", "Các bước"]
    assert [row[0] for sheet in sheets[:3] for row in sheet.rows[1:]] == [row[0] for row in rows]
    assert all(sheet.rows[0][0] == "Mã hồ sơ" for sheet in sheets)


def test_a_full_sheet_is_not_followed_by_an_empty_one() -> None:
    rows = [(f"H{number:02}", NOON, number) for number in range(3)]
    assert [sheet.name for sheet in read_sheets(write_tables([table(*rows)], most_rows=3))] == ["Hồ sơ"]


def test_columns_beyond_z_have_their_names() -> None:
    wide = Table("Rộng", [f"Cột {number}" for number in range(60)], [tuple(range(60))], (10,) * 60)
    (sheet,) = read_sheets(write_tables([wide]))
    assert sheet.rows[1] == [float(number) for number in range(60)]


def test_equal_tables_give_equal_bytes_on_any_day() -> None:
    data = write_tables([table(("H01", NOON, 1))])
    assert data == write_tables([table(("H01", NOON, 1))])
    assert {part.date_time[0] for part in ZipFile(BytesIO(data)).infolist()} == {1980}
