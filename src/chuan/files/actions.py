"""Storing files: the bytes under their checksum in FILES_DIR, the facts in a row."""

import hashlib
import io
import os
import tempfile
import unicodedata
from collections.abc import Collection
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from django.conf import settings
from django.db import transaction

from chuan.files.kinds import TRAITS, Kind, agrees, sniff
from chuan.files.models import StoredFile
from chuan.text.messages import BadInput

LIMIT = 50 * 1024 * 1024
_CHUNK = 1024 * 1024
_LONGEST_NAME = 200


def store(
    source: bytes | BinaryIO,
    name: str,
    *,
    allowed: Collection[Kind],
    by: str,
    at: datetime,
    limit: int = LIMIT,
) -> StoredFile:
    """Store a file that was handed in as `name` and return its row. `by` is the `ref` of the actor.

    Raises BadInput: `files.empty`, `files.too_large`, `files.not_what_it_says` (a PDF named .docx),
    `files.kind_not_allowed`. Nothing is kept of a refused file.
    """
    shown = safe_name(name)
    folder = Path(settings.FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="incoming-") as incoming:
        checksum, size = _copy(source, incoming.file, shown, limit)
        kind = sniff(incoming.file)
        _refuse(shown, kind, allowed)
        incoming.flush()
        os.fsync(incoming.fileno())
        _keep(Path(incoming.name), place_of(checksum))
    return StoredFile.objects.create(
        sha256=checksum, size=size, kind=kind.value, name=shown, uploaded_at=at, uploaded_by=by
    )


def forget(stored: StoredFile) -> None:
    """Delete the row of `stored`, and its bytes once the transaction stands, unless an equal file is kept."""
    checksum = stored.sha256
    stored.delete()
    transaction.on_commit(lambda: _let_go(checksum))


def _let_go(checksum: str) -> None:
    if not StoredFile.objects.filter(sha256=checksum).exists():
        place_of(checksum).unlink(missing_ok=True)


def place_of(checksum: str) -> Path:
    """Return where the bytes with this checksum lie: two letters of folder keep folders small."""
    return Path(settings.FILES_DIR) / checksum[:2] / checksum


def safe_name(name: str) -> str:
    """Return the last part of `name` in NFC without control signs, at most 200 signs, its extension kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    stem, dot, extension = plain.strip().rpartition(".")
    if not dot or len(extension) > 10:
        return plain.strip()[:_LONGEST_NAME] or "tep"
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}.{extension}"


def _copy(source: bytes | BinaryIO, target: IO[bytes], name: str, limit: int) -> tuple[str, int]:
    reader = io.BytesIO(source) if isinstance(source, bytes) else source
    reader.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := reader.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise BadInput("files.too_large", name=name, limit=limit // (1024 * 1024))
        digest.update(chunk)
        target.write(chunk)
    if size == 0:
        raise BadInput("files.empty", name=name)
    return digest.hexdigest(), size


def _refuse(name: str, kind: Kind, allowed: Collection[Kind]) -> None:
    wanted = ", ".join(extension for one in allowed for extension in TRAITS[one].extensions)
    if kind is not Kind.UNKNOWN and not agrees(name, kind):
        raise BadInput("files.not_what_it_says", name=name, kind=kind.value.upper(), wanted=wanted)
    if kind not in allowed:
        raise BadInput("files.kind_not_allowed", name=name, wanted=wanted)


def _keep(incoming: Path, place: Path) -> None:
    """Give the bytes their lasting place. A hard link appears complete or not at all; equal bytes are there already."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        os.link(incoming, place)
    except FileExistsError:
        return
    place.chmod(0o400)
