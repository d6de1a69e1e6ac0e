"""Word files in the layout families of the provinces, made from procedures in the shape of the published ones."""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import docx
from docx.document import Document
from docx.table import Table

Step = dict[str, Any]
UNITS = {"working_day": "ngày làm việc", "working_hour": "giờ làm việc", "calendar_day": "ngày", "hour": "giờ đồng hồ"}
SHORT = {"working_day": "ngày", "working_hour": "giờ", "calendar_day": "ngày", "hour": "giờ đồng hồ"}


def _blank() -> bytes:
    """Return an empty Word file without the hundred styles of the template: most of the time went into those."""
    document = docx.Document()
    for style in list(document.styles):
        if style.name not in ("Normal", "Normal Table", "Table Normal", "Default Paragraph Font"):
            style.delete()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_BLANK = _blank()


def new() -> Document:
    """Return an empty document."""
    return docx.Document(io.BytesIO(_BLANK))


def number(value: float) -> str:
    """Return 0.5 as "0,5", 3 as "03", a third as "1/3"."""
    if value == 0.333333:
        return "1/3"
    return f"{value:02d}" if isinstance(value, int) else f"{value:g}".replace(".", ",")


def time_text(step: Step, units: dict[str, str] = UNITS) -> str:
    """Return the time as tables print it."""
    if step["time"] is None:
        return str(step.get("time_label", ""))
    return f"{number(step['time'])} {units[step['time_unit']]}"


def saved(document: Document) -> bytes:
    """Return the bytes of the file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_table(document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Add a table with one heading row; a row of one cell covers all columns."""
    table: Table = document.add_table(1 + len(rows), len(heads))
    for row, texts in zip(table.rows, [heads, *rows], strict=True):
        cells = row.cells
        for cell, text in zip(cells, texts, strict=False):
            cell.text = text
        if len(texts) == 1:
            cells[0].merge(cells[-1])
    return table


Column = Callable[[Step], str]
TITLE: Column = lambda step: step["title"]  # noqa: E731 - a table of small functions reads best in this form
ROLE: Column = lambda step: step["role"]  # noqa: E731
NO: Column = lambda step: step["no"]  # noqa: E731
FORM: Column = lambda step: step.get("output_or_form", "")  # noqa: E731


def rows_of(steps: Sequence[Step], columns: Sequence[Column]) -> Iterator[list[str]]:
    """Yield the rows with a row for every phase."""
    for phase, group in groupby(steps, key=lambda step: step.get("phase", "")):
        if phase:
            yield [phase]
        yield from ([column(step) for column in columns] for step in group)


def steps_table(document: Document, variant: dict[str, Any], heads: Sequence[str], columns: Sequence[Column]) -> Table:
    """Add the table of steps of a variant, time cells of a shared budget merged."""
    rows = list(rows_of(variant["steps"], columns))
    table = add_table(document, heads, rows)
    merge_budgets(table, variant["steps"], rows, len(heads), heads)
    return table


def merge_budgets(table: Table, steps: Sequence[Step], rows: list[list[str]], width: int, heads: Sequence[str]) -> None:
    """Merge the time cells of steps that have neither time nor label with the one above."""
    column = next(place for place, head in enumerate(heads) if head.startswith(("Thời gian", "Thời hạn")))
    wide = [row + 1 for row, texts in enumerate(rows) if len(texts) == width]
    start = None
    for step, row in zip(steps, wide, strict=True):
        if step["time"] is not None:
            start = row
        elif not step.get("time_label") and start is not None:
            table.cell(start, column).merge(table.cell(row, column))


def total_text(procedure: dict[str, Any]) -> str:
    """Return the words of the time limit as the source prints them."""
    return str(procedure["total_time"]["text"])


def each_variant(document: Document, procedure: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the variants, their names written above when there are several."""
    for variant in procedure["variants"]:
        if len(procedure["variants"]) > 1:
            document.add_paragraph(variant["name"])
        yield variant


def classic(procedure: dict[str, Any]) -> bytes:
    """Seven sections, legal basis first; the revision page and the signature table are there to be skipped."""
    document = new()
    document.add_paragraph("ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH").runs[0].bold = True
    document.add_paragraph("QUY TRÌNH").runs[0].bold = True
    document.add_paragraph(procedure["name_vi"].upper()).runs[0].bold = True
    document.add_paragraph("Mã hiệu: QT.XD.03")
    document.add_paragraph("Lần ban hành: 02")
    document.add_paragraph("Ngày ban hành: 01/07/2025")
    add_table(
        document, ["Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"], [["Họ tên", "", "", ""], ["Chữ ký", "", "", ""]]
    )
    add_table(
        document,
        ["Yêu cầu sửa đổi/bổ sung", "Trang/Phần liên quan", "Mô tả nội dung sửa đổi", "Lần ban hành", "Ngày ban hành"],
        [["Luật phí", "5.6", "Bỏ lệ phí", "02", "17/01/2017"]],
    )
    for heading, text in (
        ("1. MỤC ĐÍCH", "Quy định cách xử lý."),
        ("2. PHẠM VI", "Áp dụng cho bộ phận TN&TKQ."),
        ("3. TÀI LIỆU VIỆN DẪN", "TCVN ISO 9001:2015."),
        ("4. ĐỊNH NGHĨA/VIẾT TẮT", "UBND: Ủy ban nhân dân"),
        ("5. NỘI DUNG QUY TRÌNH", ""),
        ("5.1 Cơ sở pháp lý", "- Luật Hộ tịch 60/2014/QH13"),
        ("5.2 Thành phần hồ sơ", ""),
    ):
        document.add_paragraph(heading).runs[0].bold = True
        if text:
            document.add_paragraph(text)
    add_table(
        document,
        ["TT", "Tên giấy tờ", "Bản chính", "Bản sao"],
        [["1", "Tờ khai", "x", ""], ["2", "Giấy chứng sinh", "", "x"]],
    )
    document.add_paragraph("5.3 Số lượng hồ sơ: 01 bộ")
    document.add_paragraph("5.4 Thời gian xử lý")
    document.add_paragraph(total_text(procedure))
    document.add_paragraph("5.5 Nơi tiếp nhận và trả kết quả: Trung tâm Phục vụ hành chính công")
    document.add_paragraph("5.6 Lệ phí: Không")
    document.add_paragraph("5.7 Quy trình xử lý công việc")
    heads = ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"]
    for variant in each_variant(document, procedure):
        steps_table(document, variant, heads, [NO, TITLE, ROLE, time_text, FORM])
    document.add_paragraph("6. BIỂU MẪU").runs[0].bold = True
    add_table(document, ["TT", "Mã hiệu", "Tên biểu mẫu"], [["1", "BM.01", "Giấy tiếp nhận"]])
    document.add_paragraph("7. HỒ SƠ CẦN LƯU").runs[0].bold = True
    add_table(
        document, ["TT", "Hồ sơ lưu", "Nơi lưu", "Thời gian lưu"], [["1", "Hồ sơ đầu vào", "Phòng VH-XH", "05 năm"]]
    )
    return saved(document)


def one_table(procedure: dict[str, Any]) -> bytes:
    """The whole of section 5 in one table, as many offices do."""
    document = new()
    document.add_paragraph(f"QUY TRÌNH: {procedure['name_vi']}").runs[0].bold = True
    table = document.add_table(0, 5)

    def wide(first: str, rest: str) -> None:
        cells = table.add_row().cells
        cells[0].text = first
        cells[1].merge(cells[4]).text = rest

    wide("5.1", "Cơ sở pháp lý")
    wide("", "Luật Hộ tịch 60/2014/QH13")
    wide("5.4", "Thời gian xử lý")
    wide("", total_text(procedure))
    wide("5.7", "Quy trình xử lý công việc")
    for cell, text in zip(
        table.add_row().cells, ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"], strict=True
    ):
        cell.text = text
    for step in procedure["variants"][0]["steps"]:
        for cell, text in zip(
            table.add_row().cells, [step["no"], step["title"], step["role"], time_text(step), FORM(step)], strict=True
        ):
            cell.text = text
    wide("5.8", "Biểu mẫu")
    wide("", "Tờ khai")
    return saved(document)


def hatinh(procedure: dict[str, Any]) -> bytes:
    """Hà Tĩnh: four sections."""
    document = new()
    document.add_paragraph(procedure["name_vi"])
    document.add_paragraph("1. KÝ HIỆU QUY TRÌNH")
    document.add_paragraph("QT.GĐ.01")
    document.add_paragraph("2. NỘI DUNG QUY TRÌNH")
    document.add_paragraph("2.1 Điều kiện thực hiện thủ tục hành chính: Không")
    document.add_paragraph("2.4 Số lượng hồ sơ: 01 (bộ)")
    document.add_paragraph(f"2.5 Thời hạn giải quyết: {total_text(procedure)}")
    document.add_paragraph("2.8 Đối tượng thực hiện: Tổ chức, cá nhân")
    document.add_paragraph("2.9 Kết quả thực hiện: Quyết định")
    document.add_paragraph("2.10 Quy trình xử lý công việc")
    heads = ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"]
    for variant in each_variant(document, procedure):
        steps_table(document, variant, heads, [NO, TITLE, ROLE, time_text, FORM])
    document.add_paragraph("3. BIỂU MẪU")
    document.add_paragraph("Mẫu 01 Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    document.add_paragraph("4. HỒ SƠ LƯU")
    document.add_paragraph("Hồ sơ đầu vào")
    document.add_paragraph("Hồ sơ được lưu tại phòng chuyên môn, thời gian lưu 05 năm, sau đó chuyển lưu trữ cơ quan.")
    return saved(document)


def simple(heads: Sequence[str], columns: Sequence[Column], limit_label: str) -> Callable[[dict[str, Any]], bytes]:
    """Return a builder for families that differ only in the table's columns."""

    def build(procedure: dict[str, Any]) -> bytes:
        document = new()
        title = document.add_paragraph(
            f"1. Thủ tục: {procedure['name_vi']} ({procedure.get('tthc_code') or '1.000001'})"
        )
        title.runs[0].bold = True
        document.add_paragraph(f"{limit_label}: {total_text(procedure)}")
        for variant in each_variant(document, procedure):
            steps_table(document, variant, heads, columns)
        return saved(document)

    return build


def prose(procedure: dict[str, Any]) -> bytes:
    """Cà Mau: steps as paragraphs, split by body."""
    document = new()
    document.add_paragraph(f"Thủ tục: {procedure['name_vi']}").runs[0].bold = True
    document.add_paragraph(f"Thời hạn giải quyết: {total_text(procedure)}")
    document.add_paragraph("Trình tự thực hiện:")
    for variant in each_variant(document, procedure):
        for phase, group in groupby(variant["steps"], key=lambda step: step.get("phase", "")):
            if phase:
                document.add_paragraph(phase).runs[0].bold = True
            for step in group:
                time = time_text(step)
                text = f"{step['no']}: {step['title']}. Trách nhiệm: {step['role']}."
                document.add_paragraph(f"{text} Thời gian: {time}." if time else text)
    return saved(document)


FAMILIES: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "classic_iso_7_sections": classic,
    "one_table": one_table,
    "hatinh_iso_4_sections": hatinh,
    "hanoi_2025": simple(
        ["Tên bước", "Đơn vị/Người thực hiện", "Nội dung", "Thời hạn", "Biểu mẫu/Kết quả"],
        [NO, ROLE, TITLE, time_text, FORM],
        "4. Thời gian",
    ),
    "nghean_hours": simple(
        ["Thứ tự", "Đơn vị/người thực hiện", "Nội dung", "Thời gian (8 giờ/ngày)", "Mức DVC"],
        [NO, ROLE, TITLE, time_text, lambda step: "Toàn trình"],
        "Tổng thời gian",
    ),
    "sonla_quarter_days": simple(
        ["TT", "Trình tự", "Trách nhiệm", "Sản phẩm", "Thời gian"],
        [NO, TITLE, ROLE, FORM, time_text],
        "Thời hạn giải quyết",
    ),
    "bacninh_5cot": simple(
        ["Thứ tự", "Nội dung cụ thể", "Đơn vị/Người thực hiện", "Thời gian", "Sản phẩm"],
        [NO, TITLE, ROLE, time_text, FORM],
        "Thời hạn giải quyết",
    ),
    "caobang_4cot": simple(
        ["Bước", "Nội dung công việc", "Trách nhiệm", "Thời gian"], [NO, TITLE, ROLE, time_text], "Thời gian giải quyết"
    ),
    "qd_danhmuc_noidung_quytrinh": simple(
        ["STT", "Nội dung", "Phân công thực hiện", "Thời gian"],
        [NO, TITLE, ROLE, time_text],
        "1.4. Thời hạn giải quyết",
    ),
    "luu_do_gio": simple(
        ["Các bước", "Trình tự thực hiện", "Đơn vị", "Thời gian", "Phí, lệ phí"],
        [NO, TITLE, ROLE, time_text, lambda step: "Không"],
        "Thời hạn",
    ),
    "byt": simple(
        ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu"],
        [NO, TITLE, ROLE, time_text, FORM],
        "5.4 Thời gian xử lý",
    ),
    "van_xuoi_buoc": prose,
}
