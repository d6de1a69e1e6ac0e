"""Stored files: told apart by their content, refused with a sentence, kept once, given out safely."""

import io
import zipfile
from pathlib import Path
from unicodedata import normalize

import pytest
from django.conf import settings

from chuan.files import kinds
from chuan.files.actions import place_of, safe_name, store
from chuan.files.kinds import TRAITS, Kind, sniff
from chuan.files.models import StoredFile
from chuan.files.queries import damaged, download, opened
from chuan.text.messages import BadInput

from ..cast import NOW

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
CONTENTS = {
    Kind.PDF: PDF,
    Kind.DOCX: DOCX,
    Kind.XLSX: XLSX,
    Kind.OLD_OFFICE: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    Kind.ZIP: archive("a.docx", "b.docx"),
    Kind.GZIP: b"\x1f\x8b\x08\x00rest",
    Kind.PARQUET: b"PAR1....PAR1",
    Kind.PNG: b"\x89PNG\r\n\x1a\n....",
    Kind.JPEG: b"\xff\xd8\xff\xe0....",
    Kind.XML: '\ufeff<?xml version="1.0"?><log/>'.encode(),
    Kind.JSON: b'  {"count": 1}',
    Kind.TEXT: "Mã hồ sơ;Ngày nhận\n".encode("utf-16"),
    Kind.UNKNOWN: b"MZ\x90\0\x03\0\0\0",
}


def keep(data: bytes, name: str, *allowed: Kind, limit: int = 1000) -> StoredFile:
    return store(data, name, allowed=allowed or tuple(Kind), by="account:an", at=NOW, limit=limit)


@pytest.mark.parametrize("kind", Kind)
def test_the_kind_is_what_the_content_says(kind: Kind) -> None:
    assert sniff(io.BytesIO(CONTENTS[kind])) is kind


def test_a_broken_archive_is_of_no_kind() -> None:
    assert sniff(io.BytesIO(DOCX[:40])) is Kind.UNKNOWN


def test_control_signs_make_no_text() -> None:
    assert sniff(io.BytesIO(b"\x01\x02\x03\x04 plain words")) is Kind.UNKNOWN


def test_text_in_the_old_vietnamese_code_page_is_text() -> None:
    assert sniff(io.BytesIO("Mã;Tên\n1;Hoà\n".encode("cp1258", "replace"))) is Kind.TEXT


def test_a_file_is_kept_with_its_facts() -> None:
    stored = keep(DOCX, "Quy trình.docx", Kind.DOCX)
    assert (stored.kind, stored.size, stored.name, stored.uploaded_by) == (
        "docx",
        len(DOCX),
        "Quy trình.docx",
        "account:an",
    )
    with opened(stored) as file:
        assert file.read() == DOCX
    assert place_of(stored.sha256).stat().st_mode & 0o777 == 0o400


def test_equal_bytes_lie_there_once() -> None:
    first, second = keep(PDF, "a.pdf"), keep(PDF, "b.pdf")
    assert first.sha256 == second.sha256
    assert [path.name for path in place_of(first.sha256).parent.iterdir()].count(first.sha256) == 1


def test_a_pdf_named_docx_is_told_so() -> None:
    with pytest.raises(BadInput, match=r"«x.docx» có nội dung là PDF, không đúng với đuôi tên tệp.*\.docx"):
        keep(PDF, "x.docx", Kind.DOCX)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "trong.csv", "trống, không có nội dung"),
        (b"x" * 2000, "to.csv", "lớn hơn"),
        (PDF, "anh.pdf", "không thuộc loại nhận được ở đây"),
        (CONTENTS[Kind.UNKNOWN], "cai-dat.docx", "không thuộc loại nhận được ở đây"),
        (DOCX, "bang.xlsx", "nội dung là DOCX"),
    ],
)
def test_a_refused_file_is_not_kept(data: bytes, name: str, sentence: str) -> None:
    before = sorted(Path(settings.FILES_DIR).rglob("*"))
    rows = StoredFile.objects.count()
    with pytest.raises(BadInput, match=sentence):
        keep(data, name, Kind.DOCX, Kind.XLSX, Kind.TEXT)
    assert sorted(Path(settings.FILES_DIR).rglob("*")) == before
    assert StoredFile.objects.count() == rows


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\Quy trình.docx", "Quy trình.docx"),
        (normalize("NFD", "Hồ sơ.xlsx"), "Hồ sơ.xlsx"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("\0", "tep"),
    ],
)
def test_names_are_made_harmless(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_a_download_is_never_shown_as_a_page() -> None:
    stored = keep(b"<html><script>alert(1)</script></html>", "trang.xml", Kind.XML)
    answer = download(stored)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer).startswith(b"<html>")
    answer.close()


def test_damaged_and_missing_bytes_are_found() -> None:
    whole, changed, missing = keep(PDF, "a.pdf"), keep(PDF + b"1", "b.pdf"), keep(PDF + b"2", "c.pdf")
    place_of(changed.sha256).chmod(0o600)
    place_of(changed.sha256).write_bytes(b"other")
    place_of(missing.sha256).unlink()
    assert list(damaged()) == [changed, missing]
    assert whole not in damaged()
    place_of(changed.sha256).unlink()


def test_every_kind_has_its_traits() -> None:
    assert set(TRAITS) == set(Kind)
    assert kinds.agrees("log.XES", Kind.XML)
    assert not kinds.agrees("log.xes", Kind.PDF)
