"""Word files of procedures that were handed in and wait for somebody to look, from `data/demo/everyday.toml`."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.db import transaction

from chuan.demo.days import morning
from chuan.demo.staff import acting
from chuan.organisations.models import Agency
from chuan.quality.models import ImportBatch
from chuan.quality.procedures.import_intake import files_waiting, read_file, take_in

_HEADS = ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả")


def hand_in(batch: Mapping[str, Any], agency: Agency) -> None:
    """Hand the files of `batch` in for `agency` and read them, unless they were handed in before."""
    if ImportBatch.objects.within(agency).filter(name=batch["name"]).exists():
        return
    at = morning(batch["on"])
    files = [(file["name"], BytesIO(_bytes_of(file))) for file in batch["file"]]
    with transaction.atomic():
        taken = take_in(files, agency=agency, name=batch["name"], by=acting(batch["by"], at), at=at)
        for key in files_waiting(taken.key):
            read_file(key, at=at)


def _bytes_of(file: Mapping[str, Any]) -> bytes:
    """Return a Word file as an office types it, or what somebody saved under the name of one."""
    if "scan" in file:
        return str(file["scan"]).encode()
    from docx import Document  # heavy: the server's workers know this job and seldom do it

    document = Document()
    document.add_paragraph("QUY TRÌNH").runs[0].bold = True
    document.add_paragraph(f"Tên quy trình: {file['title']}")
    document.add_paragraph(f"Mã hiệu: {file['code']}")
    document.add_paragraph(f"Thời gian giải quyết: {file['total']}")
    table = document.add_table(rows=0, cols=len(_HEADS), style="Table Grid")
    for texts in (_HEADS, *file["steps"]):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()
