"""Which upload told what of a dossier, so that a file can be withdrawn: the dossier is its pieces put together.

Stored (`LoggedDossier.told`): [] for a dossier that no upload told (the demo); [{"files": [number of an upload, …]}]
while one piece says all that the row says; else every piece in full, in the order in which they are put together:
[{"files", "service_code", "facts", "events"}].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from chuan.analytics.logs.models import LoggedDossier
from chuan.analytics.logs.stored import events_of, facts_of, merged, restored
from chuan.analytics.logs.telling import told, untold
from chuan.checking.check import service_key
from chuan.rules.eventlog import Dossier


@dataclass(frozen=True, slots=True)
class Piece:
    """What `files` (numbers of uploads) say of one dossier, all of them the same. No file: it was told otherwise."""

    files: tuple[int, ...]
    dossier: Dossier


def pieces_of(row: LoggedDossier) -> list[Piece]:
    """Return what was told of the dossier, in the order in which it is put together."""
    if len(row.told) <= 1:
        files = tuple(row.told[0]["files"]) if row.told else ()
        return [Piece(files, restored(row.code, row.service_code, row.facts, row.events))]
    return [
        Piece(tuple(one["files"]), restored(row.code, one["service_code"], one["facts"], one["events"]))
        for one in row.told
    ]


def put_together(row: LoggedDossier, pieces: Sequence[Piece]) -> None:
    """Write into `row` what `pieces` (at least one) say together."""
    whole = told(reduce(merged, (untold(piece.dossier) for piece in pieces)))
    row.facts, row.events, row.service_code = facts_of(whole), events_of(whole), whole.service_code
    row.national_code = service_key(row.service_code)
    if len(pieces) == 1:
        row.told = [{"files": list(pieces[0].files)}] if pieces[0].files else []
    else:
        row.told = [{"files": list(piece.files)} | _said(piece.dossier) for piece in pieces]


def place_of(pieces: Sequence[Piece], upload: int) -> int | None:
    """Return which of `pieces` the upload told, None for none."""
    return next((place for place, piece in enumerate(pieces) if upload in piece.files), None)


def without(pieces: Sequence[Piece], upload: int) -> list[Piece]:
    """Return the pieces that stand when the upload is withdrawn."""
    left = [replace(one, files=tuple(file for file in one.files if file != upload)) for one in pieces]
    return [after for before, after in zip(pieces, left, strict=True) if after.files or not before.files]


def with_told(pieces: Sequence[Piece], upload: int, dossier: Dossier, place: int) -> list[Piece]:
    """Return the pieces with what the upload says now, at `place`; beside a piece that says the same it joins it."""
    known = place_of(pieces, upload)
    if known is not None and _said(pieces[known].dossier) == _said(dossier):
        return list(pieces)
    found = without(pieces, upload)
    place = min(place, len(found))
    for near in range(max(place - 1, 0), min(place + 1, len(found))):
        if found[near].files and _said(found[near].dossier) == _said(dossier):
            found[near] = replace(found[near], files=(*found[near].files, upload))
            return found
    return [*found[:place], Piece((upload,), dossier), *found[place:]]


def _said(dossier: Dossier) -> dict[str, Any]:
    return {"service_code": dossier.service_code, "facts": facts_of(dossier), "events": events_of(dossier)}
