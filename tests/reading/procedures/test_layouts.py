"""Every layout family of the provinces is read with every step, position and time right."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from chuan.formats.document import Table
from chuan.reading.procedure_json import to_json
from chuan.reading.procedures import read_procedures

_SPEC = importlib.util.spec_from_file_location("layouts", Path(__file__).with_name("layouts.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
layouts = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(layouts)

FACTS = ("no", "title", "role", "time", "time_unit", "counted", "phase")
PUBLISHED = Path(__file__).parents[4] / "shared" / "domain" / "procedures.json"


def step(
    no: str, title: str, role: str, time: float | None = None, unit: str = "working_day", **more: str
) -> dict[str, Any]:
    found: dict[str, Any] = {"no": no, "title": title, "role": role, "time": time, "counted": time is not None}
    return found | {"time_unit": unit if time is not None else None} | more


BIRTH = {
    "name_vi": "Đăng ký khai sinh",
    "tthc_code": "1.001193",
    "total_time": {"text": "03 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ"},
    "variants": [
        {
            "name": "default",
            "steps": [
                step("B1", "Tiếp nhận, kiểm tra hồ sơ", "Công chức TN&TKQ", time_label="Giờ hành chính"),
                step("B2", "Tổng hợp, dự thảo kết quả", "Công chức tư pháp - hộ tịch", 1.5, output_or_form="Dự thảo"),
                step("B3", "Kết quả được ký; không đồng ý → quay lại B2", "Lãnh đạo UBND", 1),
                step("B4", "Đóng dấu, trả kết quả", "Văn thư; BP TN&TKQ", 0.5),
            ],
        }
    ],
}
MINERALS = {
    "name_vi": "Công nhận kết quả thăm dò khoáng sản",
    "tthc_code": "1.014466",
    "total_time": {"text": "48 ngày"},
    "variants": [
        {
            "name": "default",
            "steps": [
                step("S1", "Tiếp nhận, số hóa", "Chuyên viên trực", 0.5, "calendar_day", phase="Sở NN&MT 43"),
                step("S2", "Thẩm định, trình", "Chuyên viên Chi cục; LĐ Sở", 42.5, "calendar_day", phase="Sở NN&MT 43"),
                step("V1", "Thẩm định, trình Chủ tịch ký", "VP UBND tỉnh", 4.5, "calendar_day", phase="VP UBND 05"),
                step("V2", "Vào số, gửi trả", "Văn thư VP", 0.5, "calendar_day", phase="VP UBND 05"),
            ],
        }
    ],
}
TWO_CASES = {
    "name_vi": "Dừng trợ giúp xã hội",
    "tthc_code": "2.000477",
    "total_time": {"text": "06 ngày làm việc"},
    "variants": [
        {
            "name": "a) cơ sở cấp tỉnh",
            "steps": [step("1", "Xử lý", "Viên chức", 4), step("2", "Ký duyệt", "LĐ cơ sở", 2)],
        },
        {"name": "b) cơ sở cấp xã", "steps": [step("1", "Xử lý", "Viên chức", 3), step("2", "Ký duyệt", "UBND xã", 3)]},
    ],
}


def facts(procedure: dict[str, Any]) -> list[list[tuple[object, ...]]]:
    variants = procedure["variants"]
    return [[tuple(one.get(fact) for fact in FACTS) for one in variant["steps"]] for variant in variants]


def fits(family: str, procedure: dict[str, Any]) -> bool:
    """The one-table form has neither phases nor several variants."""
    steps = [one for variant in procedure["variants"] for one in variant["steps"]]
    return family != "one_table" or (len(procedure["variants"]) == 1 and not any(one.get("phase") for one in steps))


@pytest.mark.parametrize("family", layouts.FAMILIES)
@pytest.mark.parametrize("procedure", [BIRTH, MINERALS, TWO_CASES], ids=["birth", "minerals", "two_cases"])
def test_a_procedure_is_read_from_every_layout(family: str, procedure: dict[str, Any]) -> None:
    if fits(family, procedure):
        read = to_json(read_procedures(layouts.FAMILIES[family](procedure), "quy-trinh.docx").procedures)
        assert read["count"] == 1
        assert facts(read["procedures"][0]) == facts(procedure)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published procedures are not beside this checkout")
@pytest.mark.parametrize("family", layouts.FAMILIES)
def test_published_procedures_are_read_from_every_layout(family: str) -> None:
    """Each of the 38 with steps passes through three or four of the families, its own among them."""
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))["procedures"]
    turn = list(layouts.FAMILIES).index(family)
    wrong = []
    for number, procedure in enumerate(published):
        due = number % 4 == turn % 4 or procedure["layout_family"] == family
        if due and procedure["variants"] and fits(family, procedure):
            read = to_json(read_procedures(layouts.FAMILIES[family](procedure), "quy-trinh.docx").procedures)
            if [facts(one) for one in read["procedures"]] != [facts(procedure)]:
                wrong.append(procedure["id"])
    assert wrong == []


def test_the_other_parts_of_the_classic_layout_are_read() -> None:
    procedure = read_procedures(layouts.classic(BIRTH), "qt.docx").procedures[0]
    assert procedure.name == "ĐĂNG KÝ KHAI SINH"
    assert procedure.agency == "ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH"
    assert (procedure.procedure_code, procedure.issue, procedure.issued_on) == ("QT.XD.03", "02", "01/07/2025")
    assert (procedure.sets, procedure.fee) == (1, "Không")
    assert [(paper.name, paper.copy_type) for paper in procedure.components] == [
        ("Tờ khai", "bản chính"),
        ("Giấy chứng sinh", "bản sao"),
    ]
    assert procedure.legal_basis == ("Luật Hộ tịch 60/2014/QH13",)
    assert [(form.code, form.name) for form in procedure.forms] == [("BM.01", "Giấy tiếp nhận")]
    record = procedure.records[0]
    assert (record.name, record.place, record.duration) == ("Hồ sơ đầu vào", "Phòng VH-XH", "05 năm")


def test_the_other_parts_of_four_sections_are_read() -> None:
    procedure = read_procedures(layouts.hatinh(BIRTH), "qt.docx").procedures[0]
    assert procedure.procedure_code == "QT.GĐ.01"
    assert procedure.conditions == "Không"
    assert (procedure.subject, procedure.results, procedure.sets) == ("Tổ chức, cá nhân", ("Quyết định",), 1)
    record = procedure.records[0]
    assert (record.name, record.place, record.duration) == ("Hồ sơ đầu vào", "phòng chuyên môn", "05 năm")


def test_every_step_and_fact_has_its_place_in_the_document() -> None:
    reading = read_procedures(layouts.hatinh(BIRTH), "qt.docx")
    assert reading.document is not None
    for number, one in enumerate(reading.procedures[0].variants[0].steps):
        place = reading.places[f"0/0/{number}"]
        table = reading.document.blocks[place.block]
        assert isinstance(table, Table)
        assert one.title in [cell.text for cell in table.rows[place.row]]
    assert reading.places["0/time"].block < reading.places["0/forms"].block
