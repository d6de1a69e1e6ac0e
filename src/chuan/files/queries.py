"""Reading stored files."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse

from chuan.files.actions import place_of
from chuan.files.kinds import TRAITS, Kind
from chuan.files.models import StoredFile


def opened(stored: StoredFile) -> BinaryIO:
    """Return the bytes of `stored` as an open file."""
    return place_of(stored.sha256).open("rb")


def download(stored: StoredFile) -> FileResponse:
    """Return the answer that downloads `stored`: always as a file, never shown as a page of this site."""
    content_type = TRAITS[Kind(stored.kind)].content_type
    response = FileResponse(opened(stored), as_attachment=True, filename=stored.name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def damaged() -> Iterator[StoredFile]:
    """Yield the files whose bytes are missing or differ from their checksum."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        place = place_of(stored.sha256)
        if not place.exists():
            yield stored
            continue
        with place.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != stored.sha256:
                yield stored
