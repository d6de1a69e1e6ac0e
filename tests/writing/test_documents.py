"""Word and PDF: what is printed, how it looks by the numbers, and that it comes back as it went."""

import json
import re
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from chuan.reading.procedures import read_procedures
from chuan.rules.procedure.structure import (
    Component,
    Form,
    KeptRecord,
    Limit,
    Link,
    Procedure,
    Step,
    TimeUnit,
    Variant,
)
from chuan.text.messages import BadInput
from chuan.writing.classic import classic
from chuan.writing.cover import Cover, Revision, Signature
from chuan.writing.pdf import write_pdf
from chuan.writing.word import LAYOUTS, Layout, write_word

SHARED = Path(__file__).parents[3] / "shared" / "domain" / "procedures.json"
UNITS = TimeUnit


def limit(amount: str, unit: TimeUnit) -> Limit:
    return Limit(Fraction(amount), unit)


def step(no: str, title: str, time: Limit | None, output: str = "", **more: object) -> Step:
    made = Step(title, no, "Chuyên viên Phòng Kinh tế", time, output_or_form=output)
    return replace(made, **more)  # type: ignore[arg-type] # tests name fields freely


DAYS = Variant(
    (
        step("B1", "Nộp hồ sơ", None, counted=False, time_label="Giờ hành chính", role="Công dân"),
        step("B2", "Tiếp nhận, số hóa", limit("1/3", UNITS.WORKING_DAY), "Mẫu 01; Mẫu 02, 03 (nếu có)"),
        step("B3", "Thẩm định; không đạt → quay lại B2", limit("0.25", UNITS.WORKING_DAY), "Phiếu thẩm định"),
        step("B4", "Ký nháy", limit("2", UNITS.WORKING_DAY), links=(Link("B5"), Link("B3", "không đạt"))),
        step("B5", "Ký duyệt", limit("1.5", UNITS.WORKING_DAY), links=(Link("B6"), Link(None, "từ chối"))),
        step("B6", "Trả kết quả", None, "Mẫu 07", counted=False, time_label="Không tính thời gian"),
    )
)
PHASES = Variant(
    (
        step("B1", "Tiếp nhận", limit("4", UNITS.WORKING_HOUR), phase="UBND cấp xã (12 giờ)"),
        step("B2", "Thẩm định", limit("8", UNITS.WORKING_HOUR), phase="UBND cấp xã (12 giờ)"),
        step("B3", "Phân công", limit("16", UNITS.WORKING_HOUR), phase="Sở Nội vụ", budget="B3–B5"),
        step("B4", "Dự thảo", None, phase="Sở Nội vụ", budget="B3–B5", counted=False),
        step("B5", "Ký", None, phase="Sở Nội vụ", budget="B3–B5", counted=False),
        step("B6", "Trả kết quả", None, counted=False, time_label="Không tính thời gian"),
    )
)
BESIDE = Variant(
    (
        step("B1", "Tiếp nhận", limit("1", UNITS.CALENDAR_DAY)),
        step("B2", "Lấy ý kiến", limit("7", UNITS.CALENDAR_DAY), parallel="1/1"),
        step("B3", "Tổng hợp ý kiến", limit("2", UNITS.CALENDAR_DAY), parallel="1/1"),
        step("B4", "Kiểm tra thực địa", limit("5", UNITS.CALENDAR_DAY), parallel="1/2", optional=True),
        step("B5", "Ký", limit("2", UNITS.CALENDAR_DAY)),
    )
)
CLOCKS = Variant(
    (
        step("B1", "Tiếp nhận thông tin", limit("30", UNITS.MINUTE)),
        step("B2", "Kiểm tra tính xác thực", limit("4.5", UNITS.WORKING_HOUR)),
        step("B3", "Quyết định biện pháp", limit("12", UNITS.HOUR)),
    )
)
BASE = Procedure(
    variants=(DAYS,),
    name="Cấp giấy phép xây dựng nhà ở riêng lẻ",
    service_code="1.013225",
    procedure_code="QT.XD.03",
    committed=limit("12", UNITS.WORKING_DAY),
    legal=limit("15", UNITS.WORKING_DAY),
    fee="75.000 đồng",
    sets=1,
    components=(
        Component("Đơn đề nghị cấp phép", "bản chính", 1, "Mẫu số 01"),
        Component("Giấy ủy quyền", "bản sao", 1, conditional=True),
    ),
    forms=(Form("Biên bản kiểm tra thực địa", "BM.XD.03.02"),),
    legal_basis=("Luật Xây dựng 50/2014/QH13", "NĐ 175/2024/NĐ-CP"),
    results=("Giấy phép xây dựng",),
    records=(KeptRecord("Hồ sơ cấp phép", "Phòng Kinh tế", "05 năm"),),
)
COVER = Cover(
    agency="UBND xã Thanh Bình",
    heading=("ỦY BAN NHÂN DÂN", "XÃ THANH BÌNH"),
    parent_agency="Ủy ban nhân dân tỉnh Mẫu",
    decision="Quyết định số 112/QĐ-UBND ngày 25 tháng 11 năm 2026",
    issue="04",
    issued_on=date(2026, 11, 25),
    effective_on=date(2026, 11, 25),
    drafted=Signature("Thư ký ISO", "", date(2026, 11, 23)),
    approved=Signature("Chủ tịch UBND"),
    revisions=(Revision("Mục 5.4", "Rút còn 12 ngày làm việc.", "04", date(2026, 11, 25)),),
)
ALL_LAYOUTS: list[Layout] = list(LAYOUTS)
PALE = b"0.87058824"


def printed_texts(data: bytes) -> list[str]:
    document = Document(BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    return [paragraph.text for paragraph in paragraphs]


def facts(one: Step) -> tuple[object, ...]:
    ways = (one.links, one.parallel, one.optional)
    return (one.no, one.title, one.role, one.time, one.counted, one.phase, one.budget, one.output_or_form, *ways)


def assert_comes_back(procedure: Procedure, layout: Layout) -> None:
    (again,) = read_procedures(write_word(procedure, cover=COVER, layout=layout), "quy-trinh.docx").procedures
    assert len(again.variants) == len(procedure.variants)
    for before, after in zip(procedure.variants, again.variants, strict=True):
        assert [facts(one) for one in after.steps] == [facts(one) for one in before.steps]


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
@pytest.mark.parametrize("variant", [DAYS, PHASES, BESIDE, CLOCKS], ids=["days", "phases", "beside", "clocks"])
def test_what_is_written_is_read_back_equal(variant: Variant, layout: Layout) -> None:
    assert_comes_back(replace(BASE, variants=(variant,), committed=None, legal=None), layout)


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_several_variants_come_back_under_their_names(layout: Layout) -> None:
    variants = (replace(DAYS, name="Nhóm I, nhóm II"), replace(DAYS, name="Nhóm III"))
    procedure = replace(BASE, variants=variants)
    assert_comes_back(procedure, layout)
    (again,) = read_procedures(write_word(procedure, cover=COVER, layout=layout), "x.docx").procedures
    assert [variant.name for variant in again.variants] == ["Nhóm I, nhóm II", "Nhóm III"]


@pytest.mark.skipif(not SHARED.exists(), reason=f"the published procedures are not at {SHARED}")
def test_all_published_procedures_come_back_in_both_layouts() -> None:
    published = [p for p in read_procedures(SHARED.read_bytes(), "procedures.json").procedures if p.variants]
    assert sum(len(procedure.variants) for procedure in published) == 41
    for procedure in published:
        for layout in ALL_LAYOUTS:
            assert_comes_back(procedure, layout)


def test_the_parts_of_the_procedure_come_back_too() -> None:
    (again,) = read_procedures(write_word(BASE, cover=COVER), "x.docx").procedures
    assert (again.name, again.service_code, again.procedure_code) == (BASE.name, BASE.service_code, BASE.procedure_code)
    assert (again.committed, again.sets) == (BASE.committed, 1)
    assert [paper.name.split(" (")[0] for paper in again.components] == ["Đơn đề nghị cấp phép", "Giấy ủy quyền"]
    assert [(form.code, form.name) for form in again.forms] == [("BM.XD.03.02", "Biên bản kiểm tra thực địa")]
    assert [(kept.name, kept.place, kept.duration) for kept in again.records] == [
        ("Hồ sơ cấp phép", "Phòng Kinh tế", "05 năm")
    ]
    assert len(again.legal_basis) == 2


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_the_same_procedure_gives_the_same_bytes(layout: Layout) -> None:
    assert write_word(BASE, cover=COVER, layout=layout) == write_word(BASE, cover=COVER, layout=layout)
    assert write_pdf(BASE, COVER, layout=layout) == write_pdf(BASE, COVER, layout=layout)


def marked_pages(pdf: bytes) -> tuple[int, int]:
    """Pages that bear the pale mark, and all pages."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    drawn = [zlib.decompress(one) for one in streams if one.startswith(b"x")]
    return sum(PALE in one for one in drawn), len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_what_does_not_apply_says_so_across_every_page(layout: Layout) -> None:
    marked = replace(COVER, mark="DỰ THẢO")
    found, pages = marked_pages(write_pdf(BASE, marked, layout=layout))
    assert found == pages >= 2
    assert marked_pages(write_pdf(BASE, COVER, layout=layout))[0] == 0
    assert write_pdf(BASE, marked, layout=layout) == write_pdf(BASE, marked, layout=layout)
    word = write_word(BASE, cover=marked, layout=layout)
    (section,) = Document(BytesIO(word)).sections
    for header in (section.first_page_header, section.header):
        assert 'string="DỰ THẢO"' in etree.tostring(header._element, encoding="unicode")
    assert word == write_word(BASE, cover=marked, layout=layout)
    (again,) = read_procedures(word, "x.docx").procedures
    assert again == read_procedures(write_word(BASE, cover=COVER, layout=layout), "x.docx").procedures[0]


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_who_signed_the_decision_stands_under_the_name_of_the_procedure(layout: Layout) -> None:
    texts = printed_texts(write_word(BASE, cover=replace(COVER, signed_by="Đoàn Văn Sơn"), layout=layout))
    assert f"(Ban hành kèm theo {COVER.decision}, người ký: Đoàn Văn Sơn)" in texts


def test_nothing_of_the_hour_of_writing_is_in_the_file() -> None:
    with zipfile.ZipFile(BytesIO(write_word(BASE, cover=COVER))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-25T00:00:00Z" in archive.read("docProps/core.xml")


def test_page_and_type_follow_the_decree() -> None:
    document = Document(BytesIO(write_word(BASE, cover=COVER)))
    (section,) = document.sections
    assert [round(side.mm) for side in (section.page_width, section.page_height) if side] == [210, 297]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]
    normal = document.styles["Normal"].font
    assert normal.name == "Times New Roman" and normal.size is not None and 13 <= normal.size.pt <= 14
    assert section.different_first_page_header_footer
    header = "".join(section.header._element.itertext())
    assert "PAGE" in header and "NUMPAGES" in header
    assert "QT.XD.03" in header and "Lần ban hành 04, ngày 25/11/2026" in header


def test_the_seven_sections_cover_and_revisions_are_there() -> None:
    texts = printed_texts(write_word(BASE, cover=COVER))
    for title in ("1. MỤC ĐÍCH", "2. PHẠM VI", "3. TÀI LIỆU VIỆN DẪN", "5. NỘI DUNG QUY TRÌNH", "7. HỒ SƠ CẦN LƯU"):
        assert title in texts
    for words in (
        "SỬA ĐỔI TÀI LIỆU",
        "Soạn thảo",
        "Thư ký ISO",
        "23/11/2026",
        "XÃ THANH BÌNH",
        "ỦY BAN NHÂN DÂN TỈNH MẪU",
    ):
        assert words in texts
    assert "5.4. Thời gian xử lý: 12 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ." in texts


def test_ha_tinh_has_four_sections_and_its_own_numbers() -> None:
    texts = printed_texts(write_word(BASE, cover=COVER, layout="hatinh"))
    titles = ("1. KÝ HIỆU QUY TRÌNH: QT.XD.03", "2. NỘI DUNG QUY TRÌNH", "3. BIỂU MẪU", "4. HỒ SƠ LƯU")
    assert all(title in texts for title in titles)
    assert "2.6. Quy trình xử lý công việc" in texts


def test_a_table_repeats_its_heading_and_never_breaks_a_row() -> None:
    document = Document(BytesIO(write_word(BASE, cover=COVER)))
    steps = next(table for table in document.tables if "Trình tự" in [cell.text for cell in table.rows[0].cells])
    assert steps.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in steps.rows)


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_what_nobody_wrote_is_left_out_and_the_numbers_run_on(layout: Layout) -> None:
    bare = replace(BASE, fee="", legal_basis=(), sets=None, components=(), forms=(), records=(), committed=None)
    texts = printed_texts(write_word(bare, cover=Cover(), layout=layout))
    assert not any("Lệ phí" in text or "Cơ sở pháp lý" in text for text in texts)
    numbers = [int(found[1]) for text in texts if (found := re.match(r"[25]\.(\d+)\. ", text))]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 2
    assert texts.count("Không có.") == {"classic": 1, "hatinh": 0}[layout]
    assert texts.count("Chưa ghi.") == 2, "forms and records, as the pages say"
    (again,) = read_procedures(write_word(bare, cover=Cover(), layout=layout), "x.docx").procedures
    assert (again.fee, again.legal_basis, again.forms, again.records) == ("", (), (), ())


@pytest.mark.parametrize(("hours", "days"), [("12", "1,5 ngày làm việc"), ("1.5", ""), ("24", "03 ngày làm việc")])
def test_a_sum_of_hours_is_given_in_days_only_where_people_would(hours: str, days: str) -> None:
    one = Variant((step("B1", "Tiếp nhận", limit(hours, UNITS.WORKING_HOUR)),))
    document = Document(BytesIO(write_word(replace(BASE, variants=(one,)), cover=COVER)))
    steps = next(table for table in document.tables if "Trình tự" in [cell.text for cell in table.rows[0].cells])
    assert steps.rows[-1].cells[-1].text == days


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_markup_and_control_characters_in_the_words_stay_words(layout: Layout) -> None:
    nasty = "#panic() *đậm* $x$ @a [b] \\ <c> `z` \x0b\x00 ]] </w:t> {}"
    steps = (step(nasty[:9], nasty, limit("1", UNITS.WORKING_DAY), nasty, role=nasty),)
    procedure = replace(BASE, variants=(Variant(steps),), name=nasty, fee=nasty)
    cover = replace(COVER, agency=nasty, decision=nasty)
    assert write_pdf(procedure, cover, layout=layout).startswith(b"%PDF")
    texts = printed_texts(write_word(procedure, cover=cover, layout=layout))
    assert "#panic() *đậm* $x$ @a [b] \\ <c> `z` ]] </w:t> {}" in texts


def test_the_pdf_is_archival_and_uses_only_the_shipped_type() -> None:
    pdf = write_pdf(BASE, COVER)
    assert b"pdfaid:part>2<" in pdf
    again = [part.split(b"\n")[0] for part in pdf.split(b"/FontName /")[1:]]
    assert all(b"LiberationSerif" in name for name in again)


def test_the_shipped_type_sets_every_vietnamese_letter() -> None:
    letters = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ăâđêôơưĂÂĐÊÔƠƯ₫"
    procedure = replace(BASE, name=letters, fee=letters)
    fonts = sorted(path.name for path in (files("chuan.data") / "fonts").iterdir() if path.name.endswith(".ttf"))
    assert len(fonts) == 4
    assert write_pdf(procedure, replace(COVER, decision=letters)).startswith(b"%PDF")  # PDF/A refuses missing letters


def test_a_procedure_without_steps_is_refused_with_the_mend() -> None:
    for empty in (Procedure(()), Procedure((Variant(()),))):
        with pytest.raises(BadInput, match="Hãy nhập các bước"):
            write_word(empty, cover=COVER)
        with pytest.raises(BadInput):
            write_pdf(empty, COVER)


def test_the_blocks_of_a_layout_are_the_same_data_for_word_and_pdf() -> None:
    printed = classic(BASE, COVER)
    assert json.dumps(repr(printed)) == json.dumps(repr(classic(BASE, COVER)))
    assert all(sum(table.widths) == 165 for table in printed.blocks if hasattr(table, "widths"))
