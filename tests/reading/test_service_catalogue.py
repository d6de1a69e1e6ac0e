"""The list of public services from Excel: understood row by row, and what is wrong is named."""

from fractions import Fraction

import pytest

from chuan.formats.xlsx import Cell, Sheet
from chuan.reading.service_catalogue import read_services
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.text.messages import BadInput

HEADINGS: list[Cell] = [
    "STT",
    "Mã TTHC",
    "Tên thủ tục hành chính",
    "Lĩnh vực",
    "Thời hạn theo quy định",
    "Thời hạn cam kết",
]
HEADINGS += ["Phí, lệ phí", "Cấp thực hiện", "Cơ quan thực hiện"]


def sheet(*rows: list[Cell], name: str = "Sheet1", before: int = 2) -> Sheet:
    titles: list[list[Cell]] = [["DANH MỤC THỦ TỤC HÀNH CHÍNH"]] * before
    return Sheet(name, [*titles, HEADINGS, *rows])


ROW: list[Cell] = [
    1,
    "1.013225",
    "Cấp giấy phép xây dựng",
    "Xây dựng",
    "20 ngày",
    "15 ngày làm việc",
    "Không",
    "Xã",
    "UBND",
]


def changed(place: int, value: Cell) -> list[Cell]:
    return [*ROW[:place], value, *ROW[place + 1 :]]


def test_a_service_is_read_with_its_parts() -> None:
    catalogue = read_services([sheet(ROW)])
    (service,) = catalogue.services
    assert catalogue.problems == ()
    assert (service.code, service.name, service.field) == ("1.013225", "Cấp giấy phép xây dựng", "Xây dựng")
    assert (service.fee, service.level, service.competence, service.online_level) == ("Không", "Xã", "UBND", "")
    assert service.legal == Limit(Fraction(20), TimeUnit.WORKING_DAY)
    assert (service.committed, service.committed_text) == (
        Limit(Fraction(15), TimeUnit.WORKING_DAY),
        "15 ngày làm việc",
    )
    assert (service.place.sheet, service.place.row) == ("Sheet1", 4)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("8 giờ làm việc", Limit(Fraction(8), TimeUnit.WORKING_HOUR)),
        ("½ ngày làm việc", Limit(Fraction(1, 2), TimeUnit.WORKING_DAY)),
        ("", None),
    ],
)
def test_time_limits_are_exact(text: str, limit: Limit | None) -> None:
    assert read_services([sheet(changed(5, text))]).services[0].committed == limit


@pytest.mark.parametrize(
    ("place", "value", "column", "sentence"),
    [
        (1, "", "Mã TTHC", "Ô «Mã TTHC» trống"),
        (2, "", "Tên TTHC", "trống"),
        (1, "TTHC-01", "Mã TTHC", "không đúng dạng"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(place: int, value: str, column: str, sentence: str) -> None:
    row = changed(place, value)
    row[1] = "1.000001" if row[1] == ROW[1] else row[1]
    catalogue = read_services([sheet(ROW, row)])
    (problem,) = catalogue.problems
    assert (problem.row, problem.column) == (5, column)
    assert sentence in problem.reason.text()
    assert len(catalogue.services) == 1


def test_a_code_that_stands_twice_counts_once() -> None:
    catalogue = read_services([sheet(ROW, ROW)])
    assert len(catalogue.services) == 1
    assert "đã có ở dòng 4" in catalogue.problems[0].reason.text()


def test_a_time_that_is_not_understood_is_named_and_the_service_stays() -> None:
    catalogue = read_services([sheet(changed(5, "tùy trường hợp"))])
    assert catalogue.services[0].committed is None
    assert catalogue.services[0].committed_text == "tùy trường hợp"
    assert "Không hiểu thời hạn «tùy trường hợp»" in catalogue.problems[0].reason.text()


def test_the_sheet_with_the_usual_name_is_preferred() -> None:
    other = sheet(changed(1, "1.000001"), name="Bãi bỏ")
    catalogue = read_services([other, sheet(ROW, name="Danh mục TTHC")])
    assert [service.code for service in catalogue.services] == ["1.013225"]


def test_codes_with_the_suffix_of_province_and_agency_are_codes() -> None:
    rows = [changed(1, code) for code in ("1.013225.H61", "1.013225.000.00.00.H28")]
    assert len(read_services([sheet(*rows)]).services) == 2


def test_a_workbook_without_the_list_is_told_what_is_missing() -> None:
    with pytest.raises(BadInput, match="«Mã TTHC», «Tên TTHC»"):
        read_services([Sheet("Sheet1", [["a", "b"], [1, 2]])])
