"""The seven forms of the one-stop shop: what is printed, on how many pages, under which number, with which QR code."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from chuan.formats.document import Paragraph
from chuan.formats.docx import read_docx
from chuan.reading.law import load_forms
from chuan.text.messages import BadInput
from chuan.writing.one_stop import (
    Applicant,
    DayBook,
    Form,
    Letterhead,
    Numbering,
    Receipt,
    write_form_pdf,
    write_form_word,
)
from chuan.writing.one_stop.qr import MODULE, QUIET, qr_png

from .one_stop_cases import (
    APOLOGY,
    APPLICANT,
    BOOK,
    CODE,
    LETTERHEAD,
    NEW,
    OLD,
    PAPERS,
    RECEIPT,
    RECEIVED,
    REFUSAL,
    SERVICE,
    SHEET,
    STOP,
    SUPPLEMENT,
    USUAL,
)

every_form = pytest.mark.parametrize("form", USUAL.values(), ids=USUAL)


def streams(pdf: bytes) -> Iterator[bytes]:
    for one in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        yield zlib.decompress(one) if one.startswith((b"x", b"h")) else one


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def paper_of(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page, mm."""
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert box
    return round(float(box[1]) / 72 * 25.4), round(float(box[2]) / 72 * 25.4)


def word_text(data: bytes) -> str:
    lines: list[str] = []
    for block in read_docx(data).blocks:
        if isinstance(block, Paragraph):
            lines.append(block.visible)
        else:
            lines += ["|".join(cell.text.replace("\n", " / ") for cell in row) for row in block.rows]
    return "\n".join(lines)


def text_of(form: Form, numbering: Numbering = NEW) -> str:
    return word_text(write_form_word(form, numbering))


@every_form
def test_the_same_form_gives_the_same_bytes(form: Form) -> None:
    assert write_form_pdf(form, NEW) == write_form_pdf(form, NEW)
    assert write_form_word(form, NEW) == write_form_word(form, NEW)


@every_form
def test_forms_are_a5_or_on_request_a4_and_the_book_lies_on_a4(form: Form) -> None:
    book = isinstance(form, DayBook)
    assert paper_of(write_form_pdf(form, NEW)) == ((297, 210) if book else (148, 210))
    assert paper_of(write_form_pdf(form, NEW, "a4")) == ((297, 210) if book else (210, 297))


@pytest.mark.parametrize("name", ["receipt", "supplement", "refusal", "apology", "stop", "sheet"])
def test_a_usual_form_with_long_names_stands_on_one_page(name: str) -> None:
    assert pages(write_form_pdf(USUAL[name], NEW)) == 1


def test_ten_components_are_all_printed_and_the_second_page_says_whose_they_are() -> None:
    ten = replace(RECEIPT, components=tuple(replace(PAPERS[2], name=f"Giấy tờ thứ {at}") for at in range(10)))
    many = replace(RECEIPT, components=PAPERS * 4)
    text = text_of(ten)
    assert [f"Giấy tờ thứ {at}|Bản sao chứng thực|02" in text for at in range(10)] == [True] * 10
    assert pages(write_form_pdf(many, NEW)) == 2
    assert f"Mã hồ sơ: {CODE}" in read_docx(write_form_word(many, NEW)).headers[0]


NUMBERS = [
    (RECEIPT, "01", "01"),
    (SUPPLEMENT, "02", "02"),
    (REFUSAL, "03", "03"),
    (APOLOGY, "04", "04"),
    (STOP, "05", ""),
    (SHEET, "06", "05"),
    (BOOK, "07", "06"),
]


@pytest.mark.parametrize(("form", "new", "old"), NUMBERS, ids=USUAL)
def test_the_number_is_that_of_the_text_the_agency_uses(form: Form, new: str, old: str) -> None:
    assert f"Mẫu số {new} (Thông tư 03/2025/TT-VPCP)" in text_of(form, NEW)
    if old:
        assert f"Mẫu số {old} (Thông tư 01/2018/TT-VPCP)" in text_of(form, OLD)
    else:
        assert "Mẫu số" not in text_of(form, OLD)


def test_the_apology_bears_the_name_of_its_text() -> None:
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ / GIA HẠN THỜI GIAN GIẢI QUYẾT" in text_of(APOLOGY, NEW)
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in text_of(APOLOGY, OLD).replace(" / ", " ").replace("\n", " ")


def test_a_text_without_forms_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match=r"01/2018/TT-VPCP, 03/2025/TT-VPCP"):
        Numbering(load_forms(), "118/2025/NĐ-CP")


@pytest.mark.parametrize(
    ("form", "number"),
    [(RECEIPT, "07/TNHS"), (SUPPLEMENT, "07/PBS"), (REFUSAL, "07/PTC"), (APOLOGY, "07/PXL"), (SHEET, "07/PKS")],
    ids=["receipt", "supplement", "refusal", "apology", "sheet"],
)
def test_number_and_symbol_are_those_of_the_form_or_the_agencys_own(form: Form, number: str) -> None:
    assert f"Số: {number}|" in text_of(form)
    own = replace(form, letterhead=replace(LETTERHEAD, number=112, symbol="MC-TB"))
    assert "Số: 112/MC-TB|" in text_of(own)


def test_the_heading_follows_the_decree() -> None:
    text = text_of(RECEIPT)
    assert "ỦY BAN NHÂN DÂN / XÃ THANH BÌNH / TRUNG TÂM PHỤC VỤ / HÀNH CHÍNH CÔNG" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc" in text
    february = replace(RECEIPT, letterhead=replace(LETTERHEAD, issued_on=date(2027, 2, 3)))
    assert "Thanh Bình, ngày 03 tháng 02 năm 2027" in text_of(february)


def test_the_receipt_says_all_its_fields_on_vietnamese_clocks() -> None:
    text = text_of(RECEIPT)
    for line in (
        f"Tiếp nhận hồ sơ của: {APPLICANT.name}",
        "Số định danh: 1801234567",
        f"Nội dung yêu cầu giải quyết: {SERVICE}",
        "2|Giấy chứng nhận (khai thác từ Cơ sở dữ liệu quốc gia về đất đai)||",
        "Số lượng hồ sơ: 01 bộ",
        "Thời gian giải quyết hồ sơ theo quy định: 12 ngày làm việc",
        "Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian trả kết quả: 17 giờ 00 phút, ngày 09 tháng 12 năm 2026",
    ):
        assert line in text
    assert "quyển số: 01" in text and "Số thứ tự: 1432" in text
    assert "Nguyễn Thị Kim Ngân|" in text and text.rstrip().endswith("Trần Văn An")


def test_what_nobody_handed_in_is_left_out() -> None:
    bare = Receipt(Letterhead("UBND xã Thanh Bình"), CODE, Applicant("Y Moan"), SERVICE, RECEIVED)
    text = text_of(bare)
    for label in ("Số định danh", "Địa chỉ", "Email", "ủy quyền", "Thành phần", "Đăng ký", "Sổ theo dõi", "trả"):
        assert f"{label}:" not in text and f"{label} " not in text.replace("HẸN TRẢ", "")
    assert "None" not in text
    assert pages(write_form_pdf(bare, NEW)) == 1


def test_the_supplement_request_numbers_everything_that_is_missing() -> None:
    text = text_of(SUPPLEMENT)
    assert "1. Bản vẽ mặt cắt móng.\n2. Số tầng của công trình.\nLý do: Thiếu bản vẽ" in text


def test_a_refusal_without_a_code_has_neither_code_nor_qr() -> None:
    assert "Mã hồ sơ" not in text_of(REFUSAL)
    with zipfile.ZipFile(BytesIO(write_form_word(REFUSAL, NEW))) as archive:
        assert not [name for name in archive.namelist() if name.startswith("word/media/")]


def test_the_apology_says_the_old_day_the_reason_and_the_new_day() -> None:
    text = text_of(APOLOGY)
    assert f"Kính gửi: {APPLICANT.name}" in text
    assert "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 09 tháng 12 năm 2026" in text
    assert "Lý do chậm: Chưa có ý kiến của Sở Xây dựng" in text
    assert "Thời gian hẹn trả kết quả mới: 17 giờ 00 phút, ngày 05 tháng 01 năm 2027" in text
    assert "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Đoàn Văn Sơn" in text


def test_the_control_sheet_lists_every_hand_over_with_its_result() -> None:
    text = text_of(SHEET)
    assert "1|Bộ phận Một cửa / Trần Văn An|Phòng Kinh tế / Phạm Bảo|08:05 / 23/11/2026|Đúng hạn|" in text
    assert "2|Phòng Kinh tế / Phạm Bảo|Lãnh đạo xã / Đoàn Văn Sơn|17:00 / 09/12/2026|Quá hạn|Chậm 1 ngày" in text
    assert "Chưa có lần giao nhận nào." in text_of(replace(SHEET, hand_overs=()))


def test_the_book_runs_by_number_and_says_what_it_holds_when_closed() -> None:
    text = text_of(BOOK)
    assert re.findall(r"^(143\d)\|", text, re.MULTILINE) == ["1431", "1432", "1433"]
    assert "Sổ này ghi các hồ sơ từ số 1431 đến số 1433. Khóa sổ ngày 31/12/2026." in text
    assert "Khóa sổ" not in text_of(replace(BOOK, closed_on=None, closed_by=None))
    assert "không ghi hồ sơ nào" in text_of(replace(BOOK, entries=()))


@every_form
def test_markup_and_control_characters_in_the_words_stay_words(form: Form) -> None:
    nasty = "#panic() *đậm* $x$ @a [b] \\ <c> `z` \x0b\x00 ]] </w:t> {}"
    odd = replace(form, letterhead=replace(LETTERHEAD, place=nasty))
    assert write_form_pdf(odd, NEW).startswith(b"%PDF")
    assert "#panic() *đậm* $x$ @a [b] \\ <c> `z` ]] </w:t> {}, ngày 23" in text_of(odd)


def png_modules(png: bytes) -> list[list[bool]]:
    """The QR code of our PNG (one bit a pixel, no filter) without its quiet zone; True is dark."""
    (side,) = struct.unpack(">I", png[16:20])
    lines = zlib.decompress(png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8])
    width = side // 8
    rows = [lines[at * (width + 1) + 1 : (at + 1) * (width + 1)] for at in range(0, side, MODULE)]
    return [[byte == 0 for byte in row[QUIET:-QUIET]] for row in rows[QUIET:-QUIET]]


MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def is_data(row: int, column: int, side: int) -> bool:
    """Outside finders with their formats, timing lines and the one alignment pattern of versions 2 to 6."""
    finder = (row < 9 and (column < 9 or column >= side - 8)) or (row >= side - 8 and column < 9)
    alignment = side > 21 and abs(row - (side - 7)) <= 2 and abs(column - (side - 7)) <= 2
    return not (finder or alignment or row == 6 or column == 6)


def qr_text(modules: list[list[bool]]) -> str:
    """Read an alphanumeric QR code of one block (ISO/IEC 18004, versions 1 to 3), undamaged."""
    side = len(modules)
    mask = MASKS[int("".join("01"[modules[8][at]] for at in (2, 3, 4)), 2) ^ 0b101]
    bits = ""
    upward = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for row in range(side - 1, -1, -1) if upward else range(side):
            for column in (right, right - 1):
                if is_data(row, column, side):
                    bits += "01"[modules[row][column] ^ (mask(row, column) == 0)]
        upward = not upward
    assert bits[:4] == "0010", "alphanumeric"
    length, at, text = int(bits[4:13], 2), 13, ""
    for _ in range(length // 2):
        pair = int(bits[at : at + 11], 2)
        text, at = text + LETTERS[pair // 45] + LETTERS[pair % 45], at + 11
    return text + LETTERS[int(bits[at : at + 6], 2)] if length % 2 else text


@pytest.mark.parametrize("code", [CODE, "000.00.64.H10-230515-0011", "H61.12-1"])
def test_the_qr_code_holds_the_code_of_the_dossier(code: str) -> None:
    form = replace(RECEIPT, dossier_code=code)
    assert qr_text(png_modules(qr_png(code))) == code
    with zipfile.ZipFile(BytesIO(write_form_word(form, NEW))) as archive:
        (picture,) = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert qr_text(png_modules(archive.read(picture))) == code


def test_the_pdf_is_archival_and_its_one_picture_is_the_qr_code() -> None:
    pdf = write_form_pdf(RECEIPT, NEW)
    assert b"pdfaid:part>2<" in pdf
    side = len(png_modules(qr_png(CODE))) + 2 * QUIET
    pixels = side * MODULE
    (drawn,) = [one for one in streams(pdf) if len(one) == pixels * pixels]
    at = range(QUIET * MODULE, (side - QUIET) * MODULE, MODULE)
    assert qr_text([[drawn[row * pixels + column] == 0 for column in at] for row in at]) == CODE
    assert not re.findall(rb"/Subtype\s*/Image", write_form_pdf(REFUSAL, NEW))
