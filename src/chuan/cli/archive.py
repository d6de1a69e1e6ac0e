"""The file of a backup: a gzipped tar whose first member, `manifest.json`, has the checksum of every other.

{"format": 1, "program": "0.1.0", "kind": "real", "database": "sqlite", "made_at": "…+07:00",
 "trail_head": "…64 hex digits or empty…", "parts": {"files/ab/cd…": {"size": 12, "sha256": "…"}}}
"""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Mapping
from gzip import BadGzipFile
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from chuan.cli.reasons import reason_of
from chuan.text.messages import BadInput, Message, message

FORMAT = 1
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 256 * 1024 * 1024


def write(target: Path, parts: Mapping[str, Path], facts: Mapping[str, Any]) -> None:
    """Write `parts` (name in the archive -> file) and `facts` to `target`: complete or absent, readable by its owner.

    An existing `target` raises BadInput.
    """
    if target.exists():
        raise BadInput("cli.file_exists", file=target)
    listing = {name: {"size": file.stat().st_size, "sha256": _sha256(file)} for name, file in sorted(parts.items())}
    manifest = json.dumps({"format": FORMAT, **facts, "parts": listing}, ensure_ascii=False).encode()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                head = tarfile.TarInfo(_MANIFEST)
                head.size = len(manifest)
                tar.addfile(head, io.BytesIO(manifest))
                for name in listing:
                    tar.add(parts[name], arcname=name, recursive=False)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


def read(source: Path, directory: Path) -> dict[str, Any]:
    """Unpack `source` into the empty `directory` and return its manifest; whatever does not fit raises BadInput."""
    try:
        with tarfile.open(source, mode="r:gz") as tar:
            manifest = _manifest(tar, source)
            missing = dict(manifest["parts"])
            for member in islice(tar, 1, None):
                _unpack(tar, member, missing.pop(member.name, None), source, directory)
    except (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise BadInput("cli.not_a_backup", file=source, reason=_why(problem)) from None
    if missing:
        raise BadInput("cli.backup_changed", file=source, part=min(missing))
    return manifest


def _why(problem: Exception) -> Message | str:
    """Return in words why an archive cannot be read."""
    if isinstance(problem, tarfile.TarError | EOFError | zlib.error | BadGzipFile):
        return message("cli.reason_no_archive")
    return reason_of(problem) if isinstance(problem, OSError) else message("cli.reason_no_contents")


def _manifest(tar: tarfile.TarFile, source: Path) -> dict[str, Any]:
    member = tar.next()
    content = tar.extractfile(member) if member is not None and member.name == _MANIFEST else None
    if member is None or content is None or member.size > _LARGEST_MANIFEST:
        raise BadInput("cli.not_a_backup", file=source, reason=_MANIFEST)
    manifest: dict[str, Any] = json.loads(content.read())
    if manifest["format"] != FORMAT:
        raise BadInput("cli.not_a_backup", file=source, reason=f"format {manifest['format']}")
    return manifest


def _unpack(
    tar: tarfile.TarFile, member: tarfile.TarInfo, expected: Mapping[str, Any] | None, source: Path, directory: Path
) -> None:
    """Write one part: listed, an ordinary file, inside `directory`, with the listed size and checksum."""
    path = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isreg() else None
    if expected is None or content is None or path.is_absolute() or ".." in path.parts:
        raise BadInput("cli.backup_changed", file=source, part=member.name)
    target = directory / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(1 << 20):
            file.write(block)
    if member.size != expected["size"] or _sha256(target) != expected["sha256"]:
        raise BadInput("cli.backup_changed", file=source, part=member.name)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
