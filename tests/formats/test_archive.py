"""Zip files from outside: what is read, what is refused."""

import io
import unicodedata
import zipfile

import pytest

from chuan.formats.archive import Archive, Limits
from chuan.text.messages import BadInput


def packed(files: dict[str, bytes], flag: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    data = buffer.getvalue()
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00") if flag else data


def windows(name: str) -> bytes:
    """Return the name as cp1258 writes it: tones stand behind their letters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    spelled = ""
    for sign in name:
        parts = unicodedata.normalize("NFD", sign)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        spelled += letter + "".join(part for part in parts if part in tones)
    return spelled.encode("cp1258")


def all_of(archive: Archive) -> list[bytes]:
    return [archive.read(name) for name in archive.names]


def test_files_are_listed_and_read_by_name() -> None:
    archive = Archive(packed({"xã/a.docx": b"one", "b.docx": b"two"}))
    assert archive.names == ["xã/a.docx", "b.docx"]
    assert archive.read("xã/a.docx") == b"one"
    assert "b.docx" in archive


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04...", "not_a_zip"),
        (packed({"../x": b""}), "bad_name"),
        (packed({"/etc/x": b""}), "bad_name"),
        (packed({"C:\\x": b""}), "bad_name"),
        (packed({str(n): b"" for n in range(21)}), "too_many"),
        (packed({"a": b"0" * 3000}), "bomb"),
        (packed({"a": bytes(range(256)) * 3, "b": bytes(range(256)) * 3}), "too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unsafe_archives_are_refused_before_anything_is_unpacked(data: bytes, code: str) -> None:
    limits = Limits(members=20, member_bytes=2000, total_bytes=1400, ratio=50, free=1000)
    with pytest.raises(BadInput) as refusal:
        all_of(Archive(data, limits))
    assert refusal.value.message.code == f"archive.{code}"


def test_a_dangerous_member_does_not_stop_the_others() -> None:
    archive = Archive(packed({"bom.docx": b"0" * 3000, "../x.docx": b"x", "tot.docx": b"one"}), Limits(3, 2000))
    for name in ("bom.docx", "../x.docx"):
        with pytest.raises(BadInput):
            archive.read(name)
    assert archive.read("tot.docx") == b"one"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_vietnamese_names_without_the_mark_of_utf_8_are_understood(encoding: str) -> None:
    """As macOS (UTF-8) and the older Vietnamese Windows (cp1258) write them."""
    name = "Phường Bến Nghé/đăng ký.docx"
    written = name.encode() if encoding == "utf-8" else windows(name)
    data = packed({"x" * len(written): b"one"}).replace(b"x" * len(written), written)
    assert Archive(data).names == [name]


def test_a_locked_member_and_a_lying_size_are_refused_when_read() -> None:
    with pytest.raises(BadInput) as refusal:
        Archive(packed({"a": b"x" * 100}, flag=1)).read("a")
    assert refusal.value.message.code == "archive.locked"
    lying = bytearray(packed({"a": b"0" * 5000}))
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(BadInput):
        Archive(bytes(lying), Limits(member_bytes=2000)).read("a")
