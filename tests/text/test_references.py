"""Legal instruments as officers write them, recognised in free text."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.text.references import find_references, first_reference


def normals(text: str) -> list[str]:
    return [reference.normal for reference in find_references(text)]


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("NĐ 118/2025/NĐ-CP", "decree", "118/2025/NĐ-CP"),
        ("Nghị định số 118/2025/NĐ-CP", "decree", "118/2025/NĐ-CP"),
        ("nghị định số: 118 / 2025 / NĐ - CP", "decree", "118/2025/NĐ-CP"),
        ("118/2025/NĐ–CP", "decree", "118/2025/NĐ-CP"),
        ("NĐ 63/2010", "decree", "63/2010/NĐ-CP"),
        ("Nghị định của Chính phủ số 63/2010", "decree", "63/2010/NĐ-CP"),
        ("ND 118/2025/ND-CP", "decree", "118/2025/NĐ-CP"),
        ("Thông tư số 03/2025/TT-VPCP", "circular", "03/2025/TT-VPCP"),
        ("TT 4/2025/TT-VPCP", "circular", "04/2025/TT-VPCP"),
        ("TT 01/2018", "circular", "01/2018/TT"),
        ("Thông tư liên tịch 01/2014/TTLT-BTP-BTNMT", "joint_circular", "01/2014/TTLT-BTP-BTNMT"),
        ("Thông tư 12/2023/TT-BLDTBXH", "circular", "12/2023/TT-BLĐTBXH"),
        ("QĐ 1594/QĐ-TTPVHCC", "decision", "1594/QĐ-TTPVHCC"),
        ("Quyết định 62/2011/QĐ-TTg", "decision", "62/2011/QĐ-TTg"),
        ("QĐ 163/2025/QĐ-CTUBND", "decision", "163/2025/QĐ-CTUBND"),
        ("Luật 72/2025/QH15", "law", "72/2025/QH15"),
        ("Luật 72/2025", "law", "72/2025/QH15"),
        ("Luật Hộ tịch 60/2014/QH13", "law", "60/2014/QH13"),
        ("Bộ luật Dân sự số 91/2015/QH13", "code", "91/2015/QH13"),
        ("VBHN 6050/2026/VBHN-BTP", "consolidated", "6050/2026/VBHN-BTP"),
        ("NQ 28/2026/QH16", "resolution", "28/2026/QH16"),
        ("Nghị quyết 12/2025/NQ-HDND", "resolution", "12/2025/NQ-HĐND"),
        ("Pháp lệnh 02/2022/UBTVQH15", "ordinance", "02/2022/UBTVQH15"),
        ("Công văn 12729/VPCP-KGVX", "letter", "12729/VPCP-KGVX"),
        ("Thông báo 5015/TB-LĐTBXH", "announcement", "5015/TB-LĐTBXH"),
        ("Kế hoạch số 05/KH-UBND", "plan", "05/KH-UBND"),
    ],
)
def test_an_instrument_is_recognised_as_it_is_usually_written(text: str, kind: str, normal: str) -> None:
    (reference,) = find_references(text)
    assert (reference.kind, reference.normal) == (kind, normal)
    assert reference.span == (0, len(text))
    assert normals(unicodedata.normalize("NFD", text)) == [normal]


# From published procedures: every way in which their legal basis is written.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Tín ngưỡng, tôn giáo 02/2016/QH14", ["02/2016/QH14"]),
        ("Luật Phòng, chống ma túy 73/2021/QH14", ["73/2021/QH14"]),
        ("NĐ 95/2023/NĐ-CP", ["95/2023/NĐ-CP"]),
        ("QĐ 660/QĐ-BDTTG (18/9/2025)", ["660/QĐ-BDTTG"]),
        ("QĐ 1535/QĐ-TTPVHCC (03/11/2025)", ["1535/QĐ-TTPVHCC"]),
        ("QĐ 62/2011/QĐ-TTg", ["62/2011/QĐ-TTg"]),
        ("TT 104/2024/TT-BQP (27/11/2024)", ["104/2024/TT-BQP"]),
        ("Luật Nghĩa vụ quân sự 2015", ["Luật Nghĩa vụ quân sự 2015"]),
        ("Luật Giám định tư pháp 2012, sửa đổi 2020", ["Luật Giám định tư pháp 2012"]),
        ("Luật Địa chất và khoáng sản 2024", ["Luật Địa chất và khoáng sản 2024"]),
        ("Luật Xây dựng 2014 (sửa 2020)", ["Luật Xây dựng 2014"]),
        ("NĐ 07/2025/NĐ-CP", ["07/2025/NĐ-CP"]),
        ("NĐ 123/2015/NĐ-CP (sửa bởi NĐ 07/2025)", ["123/2015/NĐ-CP", "07/2025/NĐ-CP"]),
        (
            "Luật Hộ tịch 60/2014/QH13 (thay bằng Luật Hộ tịch 03/2026/QH16 từ 01/3/2027)",
            ["60/2014/QH13", "03/2026/QH16"],
        ),
        ("NĐ 140/2025/NĐ-CP (phân cấp) [memory]", ["140/2025/NĐ-CP"]),
    ],
)
def test_the_legal_basis_of_published_procedures_is_recognised(text: str, expected: list[str]) -> None:
    assert normals(text) == expected
    assert normals(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NĐ 63/2010, 92/2017", ["63/2010/NĐ-CP", "92/2017/NĐ-CP"]),
        ("NĐ 118/2025 + 367/2025 + 309/2026", ["118/2025/NĐ-CP", "367/2025/NĐ-CP", "309/2026/NĐ-CP"]),
        (
            "Nghị định số 63/2010/NĐ-CP, 48/2013/NĐ-CP và 92/2017/NĐ-CP",
            ["63/2010/NĐ-CP", "48/2013/NĐ-CP", "92/2017/NĐ-CP"],
        ),
        ("NĐ 23/2015 và số 07/2025; TT 01/2020/TT-BTP", ["23/2015/NĐ-CP", "07/2025/NĐ-CP", "01/2020/TT-BTP"]),
        ("Luật Xây dựng 2014, Nghị định 175/2024/NĐ-CP", ["Luật Xây dựng 2014", "175/2024/NĐ-CP"]),
        ("Căn cứ Luật Đất đai 31/2024/QH15; căn cứ Luật Nhà ở 2023;", ["31/2024/QH15", "Luật Nhà ở 2023"]),
    ],
)
def test_several_instruments_in_one_line_are_told_apart(text: str, expected: list[str]) -> None:
    assert normals(text) == expected


def test_a_law_keeps_its_title_as_written() -> None:
    first = first_reference("Căn cứ Luật Phòng, chống ma túy số 73/2021/QH14;")
    assert first is not None
    assert (first.name, first.year, first.issuer) == ("Phòng, chống ma túy", 2021, "QH14")


@pytest.mark.parametrize(
    "text",
    [
        "QĐ 660/QĐ-BDTTG (18/9/2025)",
        "QĐ 660/QĐ-BDTTG ngày 18/9/2025",
        "Quyết định số 660/QĐ-BDTTG, ngày 18 tháng 9 năm 2025 của Bộ Dân tộc và Tôn giáo",
    ],
)
def test_the_date_after_a_number_gives_its_year(text: str) -> None:
    first = first_reference(text)
    assert first is not None
    assert (first.issued_on, first.year) == (date(2025, 9, 18), 2025)


def test_a_date_that_does_not_exist_is_no_date() -> None:
    first = first_reference("QĐ 660/QĐ-BDTTG (31/02/2025)")
    assert first is not None
    assert (first.issued_on, first.year) == (None, 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ngày 18/9/2025",
        "từ tháng 9/2025 đến 12/2025",
        "Trang 3/2025",
        "tỷ lệ 1/4, 2/3 ngày",
        "000.00.64.H10-230515-0011",
        "Thành phần hồ sơ: 01 bản chính và/hoặc 02 bản sao",
        "mã 1.013225.H61",
        "Luật sư 2 người",
        "3/nhà-đất",
        "NĐ 12/9999/NĐ-CP",
        "Công dân theo luật định trong 2025 ngày",
    ],
)
def test_what_only_looks_like_a_number_of_law_is_left_alone(text: str) -> None:
    assert find_references(text) == ()


def test_spans_point_into_the_text_as_given() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Theo Nghị định số 118/2025/NĐ-CP và QĐ 19/2014/QĐ-TTg của Thủ tướng")
        words = [unicodedata.normalize("NFC", text[slice(*found.span)]) for found in find_references(text)]
        assert words == ["Nghị định số 118/2025/NĐ-CP", "QĐ 19/2014/QĐ-TTg"]


@settings(deadline=None)
@given(
    st.integers(1, 99999), st.integers(1990, 2030), st.sampled_from(["NĐ-CP", "TT-BTP", "QĐ-TTg", "NQ-HĐND", "QĐ-UBND"])
)
def test_any_number_survives_being_written_out_and_read_again(number: int, year: int, symbol: str) -> None:
    normal = f"{number:02}/{year}/{symbol}"
    assert normals(f"căn cứ {normal}, và các văn bản khác") == [normal]


@settings(deadline=None)
@given(st.text(alphabet="NĐQTLuậtsố0123456789/-–( ),.CPg ", max_size=60))
def test_no_text_breaks_the_search_and_spans_are_in_order(text: str) -> None:
    spans = [reference.span for reference in find_references(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
