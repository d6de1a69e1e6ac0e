"""Staff from Excel: looked at first, written whole or not at all, and twice is once."""

import io
from typing import Any

import pytest
import xlsxwriter

from chuan.kernel.errors import NotAllowed
from chuan.organisations.people.importing import import_staff, look_at_staff
from chuan.organisations.people.models import Person, Position
from chuan.organisations.people.queries import holders_on
from chuan.text.messages import BadInput
from chuan.trail.models import Entry

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db

UNITS: list[list[Any]] = [
    ["DANH SÁCH ĐƠN VỊ"],
    [],
    ["Mã đơn vị", "Tên đơn vị", "Loại"],
    ["KT", "Phòng Kinh tế", "Phòng"],
]
POSITIONS: list[list[Any]] = [
    ["Mã vị trí", "Chức danh", "Mã đơn vị", "Vai trò"],
    ["VT-01", "Trưởng phòng Kinh tế", "KT", "Công chức chuyên môn"],
    ["VT-02", "Văn thư", "", "Người đọc; Đánh giá viên nội bộ"],
]
PEOPLE: list[list[Any]] = [
    ["Số hiệu", "Họ và tên", "Thư công vụ", "Mã vị trí", "Từ ngày", "Đến ngày"],
    ["001", "Ngô Đức Minh", "minh@mau.invalid", "VT-01", "01/07/2025", ""],
    [2, "Bùi Thị Nga", "", "VT-02", "15/08/2025", "31/12/2025"],
    [2, "Bùi Thị Nga", "", "VT-01", "01/01/2026", ""],
]


def workbook(**sheets: list[list[Any]]) -> bytes:
    names = {"units": "Đơn vị", "positions": "Vị trí", "people": "Nhân sự"}
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for key, rows in sheets.items():
            sheet = book.add_worksheet(names[key])
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def whole() -> bytes:
    return workbook(units=UNITS, positions=POSITIONS, people=PEOPLE)


def test_looking_says_what_would_be_done_and_writes_nothing(cast: Cast) -> None:
    entries = Entry.objects.count()
    outcome = look_at_staff(whole(), cast.giang.agency, by=cast.giang.actor, at=NOW)
    assert (outcome.added, outcome.changed, outcome.problems, outcome.written) == (5, 1, (), False)
    assert not Position.objects.within(cast.giang.agency).filter(code="VT-01").exists()
    assert Entry.objects.count() == entries


def test_importing_writes_units_positions_people_and_who_holds_what(cast: Cast) -> None:
    outcome = import_staff(whole(), cast.giang.agency, by=cast.giang.actor, at=NOW)
    assert (outcome.written, outcome.problems) == (True, ())
    positions = {position.code: position for position in Position.objects.within(cast.giang.agency)}
    assert positions["VT-01"].unit is not None
    assert positions["VT-01"].unit.name == "Phòng Kinh tế"
    assert {row.role for row in positions["VT-02"].roles.all()} == {"reader", "internal_auditor"}
    assert [person.full_name for person in holders_on(positions["VT-01"], NOW.date())] == [
        "Ngô Đức Minh",
        "Bùi Thị Nga",
    ]
    assert holders_on(positions["VT-02"], NOW.date()) == []
    nga = Person.objects.within(cast.giang.agency).get(staff_code="2")
    assert nga.holdings.visible_to(cast.giang.actor).count() == 2


def test_importing_again_changes_nothing(cast: Cast) -> None:
    import_staff(whole(), cast.giang.agency, by=cast.giang.actor, at=NOW)
    entries = Entry.objects.count()
    again = import_staff(whole(), cast.giang.agency, by=cast.giang.actor, at=NOW)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 6)
    assert Entry.objects.count() == entries


def test_a_changed_name_is_changed(cast: Cast) -> None:
    import_staff(whole(), cast.giang.agency, by=cast.giang.actor, at=NOW)
    people = [PEOPLE[0], ["001", "Ngô Đức Mạnh", "", "", "", ""]]
    outcome = import_staff(workbook(people=people), cast.giang.agency, by=cast.giang.actor, at=NOW)
    assert (outcome.changed, outcome.written) == (1, True)
    changed = Person.objects.within(cast.giang.agency).get(staff_code="001")
    assert (changed.full_name, changed.email, changed.search_text) == (
        "Ngô Đức Mạnh",
        "minh@mau.invalid",
        "ngo duc manh 001",
    )


BAD_ROWS: dict[str, tuple[str, list[Any], str, str]] = {
    "no name": ("people", ["003", "", "", "", "", ""], "Họ và tên", "Ô «Họ và tên» trống"),
    "no such day": ("people", ["003", "Ai", "", "VT-01", "31/02/2025", ""], "Từ ngày", "«31/02/2025»"),
    "no first day": ("people", ["003", "Ai", "", "VT-01", "", ""], "Từ ngày", "thiếu ngày bắt đầu"),
    "no such position": ("people", ["003", "Ai", "", "VT-99", "01/07/2025", ""], "", "mã «VT-99»"),
    "no address": ("people", ["003", "Ai", "khong phai thu", "", "", ""], "", "ịa chỉ thư"),
    "ends before it begins": ("people", ["003", "Ai", "", "VT-01", "02/07/2025", "01/07/2025"], "", "Ngày kết thúc"),
    "no such role": ("positions", ["VT-03", "Phó", "", "Vua"], "Vai trò", "Không có vai trò «Vua»"),
    "a role beyond his own": ("positions", ["VT-03", "Phó", "", "Người đứng đầu cơ quan"], "", "thẩm quyền"),
    "no such unit": ("positions", ["VT-03", "Phó", "XX", ""], "", "mã «XX»"),
    "a code twice": ("positions", ["VT-01", "Phó", "", ""], "Mã vị trí", "đã có ở dòng 2"),
    "no such kind": ("units", ["XX", "Tổ", "Tổ dân phố"], "Loại", "Không có loại đơn vị"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_one_bad_row_is_named_and_nothing_is_written(cast: Cast, case: str) -> None:
    which, row, column, sentence = BAD_ROWS[case]
    sheets = {"units": UNITS, "positions": POSITIONS, "people": PEOPLE}
    sheets[which] = [*sheets[which], row]
    outcome = import_staff(workbook(**sheets), cast.giang.agency, by=cast.giang.actor, at=NOW)
    (problem,) = outcome.problems
    assert (problem.row, problem.column) == (len(sheets[which]), column)
    assert sentence in problem.reason
    assert not outcome.written
    assert not Person.objects.within(cast.giang.agency).filter(staff_code="001").exists()


def test_all_problems_are_listed_at_once(cast: Cast) -> None:
    people = [*PEOPLE, ["003", ""], ["004", "Ai", "", "VT-99", "01/07/2025"]]
    outcome = look_at_staff(
        workbook(units=UNITS, positions=POSITIONS, people=people), cast.giang.agency, by=cast.giang.actor, at=NOW
    )
    assert [(problem.sheet, problem.row) for problem in outcome.problems] == [("Nhân sự", 5), ("Nhân sự", 6)]


def test_everything_wrong_in_a_row_is_said_at_once(cast: Cast) -> None:
    people = [*PEOPLE, ["", "Ai", "", "VT-01", "31/02/2025", "hôm nay"]]
    outcome = look_at_staff(
        workbook(units=UNITS, positions=POSITIONS, people=people), cast.giang.agency, by=cast.giang.actor, at=NOW
    )
    assert [problem.column for problem in outcome.problems] == ["Số hiệu", "Từ ngày", "Đến ngày"]


def test_a_workbook_without_any_of_the_lists_is_told(cast: Cast) -> None:
    with pytest.raises(BadInput, match="«Số hiệu», «Họ và tên»"):
        look_at_staff(workbook(people=[["A", "B"], [1, 2]]), cast.giang.agency, by=cast.giang.actor, at=NOW)


@pytest.mark.parametrize("name", ["an", "binh", "ha", "chi", "dung"])
def test_who_does_not_manage_the_people_of_the_agency_imports_nothing(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        import_staff(whole(), cast.giang.agency, by=getattr(cast, name).actor, at=NOW)
