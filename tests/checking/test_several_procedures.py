"""A whole agency: whose dossier a row is, what got none, which file was taken; nothing is lost between procedures."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from chuan.checking.check import Options, check
from chuan.checking.report.page import page
from chuan.checking.report.workbook import workbook
from chuan.checking.result import CheckResult
from chuan.checking.sources import load
from chuan.checking.subjects import from_procedure
from chuan.formats.xlsx import read_sheets
from chuan.reading.calendars import load_calendar

from .cast import as_json, as_written, at, did, dossier, log, procedure, run

GRANT = replace(procedure(service_code="1.000111"), name="Cấp phép")
NAME = replace(procedure(service_code="1.000222"), name="Đổi tên")
IDLE = replace(procedure(service_code="1.000333"), name="Không ai nộp")


def agency() -> CheckResult:
    went = (as_written()[0], *as_written()[2:])
    dossiers = (
        dossier(*went, id="H1", service_code="1.000111"),
        dossier(*as_written(), id="H2", service_code="1.000222.H61"),
        dossier(*as_written(), id="H3", service_code="9.999999"),
    )
    subjects = [from_procedure(one) for one in (GRANT, NAME, IDLE)]
    return check(subjects, log(*dossiers), Options(load_calendar("vn")))


def rows(result: CheckResult, sheet: int) -> list[list[Any]]:
    return [list(row) for row in read_sheets(workbook(result))[sheet].rows]


def test_every_row_of_the_workbook_says_its_procedure_and_no_dossier_is_missing() -> None:
    skipped = next(row for row in rows(agency(), 0) if "Bỏ bước" in row)
    assert skipped[:3] == ["H1", "Cấp phép", "1.000111"]
    dossiers = {row[0]: row[1:5] for row in rows(agency(), 1)[1:]}
    assert dossiers["H2"][:2] == ["Đổi tên", "1.000222.H61"]
    assert dossiers["H3"] == ["", "9.999999", "Chưa đánh giá được", "chưa có quy trình của thủ tục này"]


def test_the_workbook_of_one_procedure_has_no_column_for_it() -> None:
    assert "Quy trình" not in rows(run(procedure(), dossier(*as_written())), 0)[0]


def test_the_report_has_the_sum_of_the_agency_and_no_none_of_none() -> None:
    result = agency()
    shown = page(result, ())
    table = shown.split("Các quy trình của cơ quan")[1].split("</table>")[0]
    total = table.split("Cả cơ quan")[1]
    assert ">3<" in total
    assert "1/2" in total
    assert "2/2" in total
    assert "chưa đánh giá" in table
    assert "0/0" not in shown
    assert any(
        "1 quy trình không nhận được hồ sơ nào trong dữ liệu: Không ai nộp." in note
        for note in as_json(result)["notes"]
    )


def test_two_files_of_one_service_are_told_apart_by_their_files(tmp_path: Path) -> None:
    steps = [{"no": "B1", "title": "Tiếp nhận hồ sơ", "time": 1, "time_unit": "working_day"}]
    written = {"name_vi": "Cấp phép", "tthc_code": "1.000111", "variants": [{"name": "x", "steps": steps}]}
    for name in ("b.json", "a.json"):
        (tmp_path / name).write_text(json.dumps(written), encoding="utf-8")
    one = dossier(*as_written(), service_code="1.000111")
    notes = as_json(check(load(str(tmp_path)).subjects, log(one), Options(load_calendar("vn"))))["notes"]
    assert any("“Cấp phép (a.json)” vì tệp này đứng trước" in note and "Cấp phép (b.json)" in note for note in notes)


def test_a_step_that_no_dossier_has_come_to_is_not_called_unrecorded() -> None:
    begun = dossier(did("02 08:00", "Tiếp nhận hồ sơ"))
    said = [
        note for note in as_json(run(procedure(), begun, as_of=at("02 09:00")))["notes"] if "không ghi các bước" in note
    ]
    assert said == []
    finished = dossier(*as_written()[:1], *as_written()[2:3])
    (note,) = [note for note in as_json(run(procedure(), finished))["notes"] if "không ghi các bước" in note]
    assert "B2, B4" in note
