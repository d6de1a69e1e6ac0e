"""What kind a file is, by its content; its name only may agree or lie."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

HEAD = 8192  # bytes that are looked at to tell text and magic numbers


class Kind(StrEnum):
    """The kinds that are told apart. ZIP is any archive that is no Office document."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    OLD_OFFICE = "old_office"  # .doc, .xls: kept as evidence, never read
    ZIP = "zip"
    GZIP = "gzip"
    PARQUET = "parquet"
    PNG = "png"
    JPEG = "jpeg"
    XML = "xml"
    JSON = "json"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Traits:
    """The extensions that go with a kind, and the type it is downloaded as."""

    extensions: tuple[str, ...]
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
TRAITS: Mapping[Kind, Traits] = {
    Kind.PDF: Traits((".pdf",), "application/pdf"),
    Kind.DOCX: Traits((".docx",), _OFFICE + "wordprocessingml.document"),
    Kind.XLSX: Traits((".xlsx",), _OFFICE + "spreadsheetml.sheet"),
    Kind.OLD_OFFICE: Traits((".doc", ".xls", ".ppt"), "application/octet-stream"),
    Kind.ZIP: Traits((".zip",), "application/zip"),
    Kind.GZIP: Traits((".gz",), "application/gzip"),
    Kind.PARQUET: Traits((".parquet",), "application/octet-stream"),
    Kind.PNG: Traits((".png",), "image/png"),
    Kind.JPEG: Traits((".jpg", ".jpeg"), "image/jpeg"),
    Kind.XML: Traits((".xml", ".xes", ".bpmn", ".ptree"), "application/xml"),
    Kind.JSON: Traits((".json",), "application/json"),
    Kind.TEXT: Traits((".csv", ".txt", ".tsv"), "text/plain; charset=utf-8"),
    Kind.UNKNOWN: Traits((), "application/octet-stream"),
}

_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"PAR1", Kind.PARQUET),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
)


def sniff(file: IO[bytes]) -> Kind:
    """Return the kind of `file`, read from its beginning; the file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK"):
        return _kind_of_zip(file)
    return _kind_of_text(head)


def _kind_of_zip(file: IO[bytes]) -> Kind:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.UNKNOWN
    finally:
        file.seek(0)
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):  # the main part need not be word/document.xml
            return Kind.DOCX
        if "xl/workbook.xml" in names:
            return Kind.XLSX
    return Kind.ZIP


def _kind_of_text(head: bytes) -> Kind:
    """UTF-16 is told by its mark; otherwise a zero byte or many control signs mean that it is no text."""
    if not head:
        return Kind.UNKNOWN
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
        if b"\0" in head or control > len(head) // 100:
            return Kind.UNKNOWN
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return Kind.XML
    return Kind.JSON if start in (b"{", b"[") else Kind.TEXT


def agrees(name: str, kind: Kind) -> bool:
    """Return whether the extension of `name` goes with `kind`; a process tree may be written as text as well."""
    lower = name.lower()
    if kind in (Kind.TEXT, Kind.JSON) and lower.endswith((".csv", ".txt", ".ptree")):
        return True
    return lower.endswith(TRAITS[kind].extensions)
