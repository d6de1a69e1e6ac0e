"""Zip files from outside: what is read, what is refused."""

import io
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
        Archive(data, limits)
    assert refusal.value.message.code == f"archive.{code}"


def test_a_locked_member_and_a_lying_size_are_refused_when_read() -> None:
    with pytest.raises(BadInput) as refusal:
        Archive(packed({"a": b"x" * 100}, flag=1)).read("a")
    assert refusal.value.message.code == "archive.locked"
    lying = bytearray(packed({"a": b"0" * 5000}))
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(BadInput):
        Archive(bytes(lying), Limits(member_bytes=2000)).read("a")
