"""Zip files from outside, opened with care: a `.docx`, an `.xlsx`, or a zip of a whole agency's procedures.

Nothing is ever written to disk; members are read into memory under limits that a real document does not reach. A member
that is dangerous is refused when it is asked for, so that it never stops the others. The sizes that a zip states are
not believed: reading stops when more bytes come out than allowed.
"""

import io
import lzma
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

from chuan.text.messages import BadInput

MEGABYTE = 1 << 20
_UTF8_NAME = 0x800
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError),
)
"""What the standard library raises on zips that were damaged on the way, or on purpose."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold: members, bytes of one member, bytes of all, growth by unpacking.

    `ratio` counts only for members above `free` bytes: a page of blanks packs very well and harms nobody.
    """

    members: int = 5_000
    member_bytes: int = 64 * MEGABYTE
    total_bytes: int = 256 * MEGABYTE
    ratio: int = 200
    free: int = 4 * MEGABYTE


def is_zip(data: bytes) -> bool:
    """Return whether `data` begins as a zip does (also an empty one)."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


class Archive:
    """The members of a zip, by name; its name and stated size are checked, every byte is counted when it is read."""

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._zip = _open(data)
        self._read = 0
        if (count := len(self._zip.infolist())) > self._limits.members:
            raise BadInput("archive.too_many", count=count, limit=self._limits.members)

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        return {_name(info): info for info in self._zip.infolist() if not info.is_dir()}

    @property
    def names(self) -> list[str]:
        """The files in the order of the archive, with `/` as separator; folders are left out."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of a member. KeyError when there is none; BadInput when damaged, locked or dangerous."""
        info = self._members[name]
        self._refuse(info, name)
        data = self._unpacked(info, name)
        self._read += len(data)
        if self._read > self._limits.total_bytes:
            raise BadInput("archive.too_big", limit=self._limits.total_bytes // MEGABYTE)
        return data

    def _refuse(self, info: zipfile.ZipInfo, name: str) -> None:
        """Refuse a member by what the zip says of it, before anything is unpacked."""
        limits = self._limits
        if _escapes(name) or (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise BadInput("archive.bad_name", name=name)
        if info.flag_bits & 0x1:
            raise BadInput("archive.locked", name=name)
        if info.file_size > limits.member_bytes or _swells(info.file_size, info.compress_size, limits):
            raise BadInput("archive.bomb", name=name)
        if self._read + info.file_size > limits.total_bytes:
            raise BadInput("archive.too_big", limit=limits.total_bytes // MEGABYTE)

    def _unpacked(self, info: zipfile.ZipInfo, name: str) -> bytes:
        try:
            with self._zip.open(info) as member:
                data = member.read(self._limits.member_bytes + 1)
        except _DAMAGED as error:
            raise BadInput("archive.damaged", name=name) from error
        if len(data) > self._limits.member_bytes or _swells(len(data), info.compress_size, self._limits):
            raise BadInput("archive.bomb", name=name)
        return data


def _open(data: bytes) -> zipfile.ZipFile:
    if not data:
        raise BadInput("archive.empty")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise BadInput("archive.not_a_zip") from error


def _name(info: zipfile.ZipInfo) -> str:
    return (info.filename if info.flag_bits & _UTF8_NAME else _regional(info.filename)).replace("\\", "/")


def _regional(name: str) -> str:
    """Return a name without the mark of UTF-8, which was taken for cp437: macOS writes UTF-8 all the same, older
    Vietnamese Windows cp1258."""
    if name.isascii():
        return name
    try:
        written = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp1258"):
        try:
            return unicodedata.normalize("NFC", written.decode(encoding))
        except UnicodeDecodeError:
            continue
    return name


def _escapes(name: str) -> bool:
    """Whether the name points outside the archive: absolute, with a drive, or climbing up."""
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or "\x00" in name


def _swells(size: int, packed: int, limits: Limits) -> bool:
    return size > limits.free and size > limits.ratio * max(packed, 1)
