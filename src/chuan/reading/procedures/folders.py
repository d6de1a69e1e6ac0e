"""Many procedures at once: a folder, or a zip, of Word files. One bad file never stops the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chuan.formats.archive import Archive, is_zip
from chuan.reading.procedures.files import read_procedures
from chuan.reading.procedures.reading import Reading
from chuan.text.messages import BadInput, Message

KINDS = (".docx", ".docm", ".doc", ".xlsx", ".xls", ".json", ".bpmn", ".pdf")
"""Files that are tried; a `.doc`, `.xls` or `.pdf` is refused with advice, anything else there is passed over."""

_OFFICE_PARTS = ("[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml")
_JUNK = ("thumbs.db", "desktop.ini")
LARGEST_FILE = 64 << 20


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file of many: what was read, or why not."""

    name: str
    reading: Reading | None = None
    problem: Message | None = None


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; BadInput when it is missing, unreadable or unreasonably large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("procedures.file_too_big", name=path.name, limit=LARGEST_FILE >> 20)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput("procedures.file_missing", name=str(path)) from error
    except (OSError, ValueError) as error:
        raise BadInput("procedures.file_unreadable", name=str(path)) from error


def read_folder(folder: Path) -> Iterator[FileReading]:
    """Read every procedure file below the folder, in the order of their names."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and _is_wanted(path.name)):
        name = path.relative_to(folder).as_posix()
        if is_junk(name):
            continue
        try:
            yield _read(name, read_file(path))
        except BadInput as refusal:
            yield FileReading(name, problem=refusal.message)


def is_collection(data: bytes) -> bool:
    """Whether the bytes are a zip of files, not itself a Word or Excel file. BadInput for a zip that is unsafe."""
    if not is_zip(data):
        return False
    return not any(name in _OFFICE_PARTS for name in Archive(data).names)


def read_archive(data: bytes) -> Iterator[FileReading]:
    """Read every procedure file in a zip, in the order of their names."""
    archive = Archive(data)
    for name in sorted(archive.names):
        if is_junk(name) or not _is_wanted(name):
            continue
        try:
            content = archive.read(name)
        except BadInput as refusal:
            yield FileReading(name, problem=refusal.message)
            continue
        yield _read(name, content)


def is_junk(name: str) -> bool:
    """Whether a path is what systems leave behind: Word's locks ("~$…"), hidden files, macOS's and Windows' own."""
    last = PurePosixPath(name).name
    return last.startswith(("~", ".")) or last.lower() in _JUNK or "__MACOSX" in name


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(KINDS)


def _read(name: str, content: bytes) -> FileReading:
    try:
        return FileReading(name, read_procedures(content, name))
    except BadInput as refusal:
        return FileReading(name, problem=refusal.message)
