"""Word files made by hand: a small procedure with a doubtful place, and the 15 steps of a published one."""

import io
import json
from pathlib import Path
from typing import Any

import docx

HEADS = ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả")
STEPS = (
    ("B1", "Tiếp nhận hồ sơ", "Công chức tiếp nhận", "0,5 ngày làm việc", "Mẫu 01"),
    ("B2", "Thẩm định hồ sơ", "Chuyên viên", "2 ngày làm việc", "Mẫu 02"),
    ("B3", "Xem xét; nếu không đạt thì quay lại B2", "Lãnh đạo phòng", "0,5 ngày làm việc", "Dự thảo"),
    ("B4", "Ký giấy phép", "Chủ tịch UBND xã", "1 ngày làm việc", "Giấy phép"),
    ("B5", "Trả kết quả", "Công chức tiếp nhận", "Không tính", "Mẫu 06"),
)


CLEAR = tuple((*step[:1], "Xem xét", *step[2:]) if step[0] == "B3" else step for step in STEPS)
"""The same without the doubtful place."""
LIMIT = "5.5. Thời gian xử lý: 4 ngày làm việc"


def word_file(
    code: str = "QT.XD.03",
    name: str = "Cấp giấy phép xây dựng",
    steps: Any = STEPS,
    limit: str = LIMIT,
    before: tuple[str, ...] = (),
) -> bytes:
    """Return a Word file of a procedure; the "quay lại B2" in it is a doubt, `before` stands over all."""
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    document.add_paragraph("QUY TRÌNH").runs[0].bold = True
    document.add_paragraph(f"Tên quy trình: {name}")
    document.add_paragraph(f"Mã hiệu: {code}")
    document.add_paragraph(limit)
    document.add_paragraph("5.7. Quy trình xử lý công việc")
    table = document.add_table(rows=1 + len(steps), cols=len(HEADS))
    for row, texts in zip(table.rows, (HEADS, *steps), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def clear_word_file(code: str) -> bytes:
    """Return a Word file that leaves no question about its steps."""
    return word_file(code, steps=CLEAR)


def nghean() -> dict[str, Any]:
    """Return the 15 steps of procedure 2.002755 of Nghệ An (QĐ 3854/QĐ-UBND, 2025), in the JSON shape."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "nghean_steps.json").read_text(encoding="utf-8"))
    return found
