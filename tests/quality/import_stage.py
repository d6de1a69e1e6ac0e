"""A batch of imported files, in the database of every test beside the stage: one doubtful, one clear, one refused."""

import io

from chuan.organisations.agencies.models import Agency
from chuan.quality.procedures.import_intake import read_file, take_in
from chuan.quality.procedures.models import ImportedFile

from .stage import BEGAN_AT, BY
from .word_files import clear_word_file, word_file

FILES = (("a.docx", word_file("QT.NHAP.01")), ("b.docx", clear_word_file("QT.NHAP.02")), ("c.docx", b""))
KEYS = ("tep-a", "tep-b", "tep-c")


def furnish_imports() -> None:
    """Hand the files in for Thanh Bình and read them."""
    agency = Agency.objects.everywhere(reason="tests").get(key="thanhbinh")
    handed_in = [(name, io.BytesIO(content)) for name, content in FILES]
    batch = take_in(handed_in, agency=agency, name="Quy trình cũ của xã", by=BY, at=BEGAN_AT)
    batch.key = "lo-nhap"
    batch.save(update_fields=["key"])
    for row, key in zip(ImportedFile.objects.within(agency).filter(batch=batch).order_by("id"), KEYS, strict=True):
        row.key = key
        row.save(update_fields=["key"])
        read_file(key, at=BEGAN_AT)
