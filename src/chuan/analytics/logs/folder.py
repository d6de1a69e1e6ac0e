"""The folder of a source: what another system puts there is handed in like a file on the page.

    inbox/KEY/               in the data directory, KEY being the key of the source
    inbox/KEY/done/          files that were taken in, for KEPT_DONE days
    inbox/KEY/refused/       files that were not, each with NAME.ly-do.txt beside it, for KEPT_REFUSED days

A file is taken once it has not changed between two looks, and stays where it is until its upload is settled. What was
seen is written with the uploads in one transaction, and a file is moved last: cut off anywhere, the next look goes on.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from chuan.analytics.logs.actions import hand_in, hold
from chuan.analytics.logs.by_hand import refuse_living
from chuan.analytics.logs.models import LogSource, LogUpload
from chuan.files.actions import safe_name
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.text.messages import BadInput
from chuan.trail.actions import record

KEPT_DONE, KEPT_REFUSED = timedelta(days=7), timedelta(days=30)
"""How long files stay that nobody needs any more: they hold personal data."""
MOST_AT_ONCE = 200
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp")
DONE, REFUSED, REASON = "done", "refused", ".ly-do.txt"
Status = LogUpload.Status


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a folder found: uploads that wait to be taken in, how many files were moved to done and to
    refused."""

    waiting: tuple[LogUpload, ...] = ()
    done: int = 0
    refused: int = 0


def folder_of(source: LogSource) -> Path:
    """Return the folder of `source`; whether it is there is another matter."""
    return Path(settings.DATA_DIR) / "inbox" / source.key


def watch(source: LogSource, *, wanted: bool, by: Actor, at: datetime) -> None:
    """Let `source` take files from its folder (made if it is not there), or no longer. Raises NotByHand."""
    require(by, Permission.IMPORT_LOG, source.agency)
    refuse_living(source)
    if wanted:
        for folder in (folder_of(source), folder_of(source) / DONE, folder_of(source) / REFUSED):
            folder.mkdir(mode=0o770, parents=True, exist_ok=True)
    with transaction.atomic():
        source.change(watches_folder=wanted, seen_files={}, looked_at=None)
        record("log_source.watch" if wanted else "log_source.unwatch", by=by, at=at, subject=source)


def look(source: LogSource, *, by: Actor, at: datetime) -> Look:
    """Look into the folder of `source` once: hand in what is complete, move away what is settled."""
    folder = folder_of(source)
    there = dict(_files(folder))
    moved = {DONE: 0, REFUSED: 0}
    for name in _complete(source, there, at=at):
        if problem := _hand_in(source, name, by=by, at=at):
            moved[REFUSED] += _moved(folder, name, REFUSED, at, problem)
    uploads = _uploads(source)
    for name in uploads.keys() & there.keys():
        upload = uploads[name]
        if upload.status == Status.REFUSED:
            moved[REFUSED] += _moved(folder, name, REFUSED, at, upload.problem)
        elif upload.status in (Status.DONE, Status.WITHDRAWN):
            moved[DONE] += _moved(folder, name, DONE, at)
    _let_go(folder / DONE, at - KEPT_DONE)
    _let_go(folder / REFUSED, at - KEPT_REFUSED)
    waiting = tuple(upload for upload in uploads.values() if upload.status == Status.WAITING)
    return Look(waiting, moved[DONE], moved[REFUSED])


def _complete(source: LogSource, there: dict[str, list[int]], *, at: datetime) -> list[str]:
    """Remember what is there; return the files that were the same at the last look and are not handed in yet."""
    with transaction.atomic():
        before = hold(source).seen_files
        seen = {
            name: before[name] if before.get(name, {}).get("stamp") == stamp else {"stamp": stamp}
            for name, stamp in there.items()
        }
        LogSource.objects.within(source.agency).filter(pk=source.pk).update(seen_files=seen, looked_at=at)
    return [name for name in there if name in before and seen[name] is before[name] and "upload" not in seen[name]]


def _hand_in(source: LogSource, name: str, *, by: Actor, at: datetime) -> str:
    """Hand one file in and remember its upload; return what is wrong with it, "" for nothing."""
    try:
        with transaction.atomic(), _opened(folder_of(source) / name) as file:
            seen = hold(source).seen_files
            upload = hand_in(source, file, name, channel=LogUpload.Channel.FOLDER, by=by, at=at)
            seen[name] = seen[name] | {"upload": upload.key}
            LogSource.objects.within(source.agency).filter(pk=source.pk).update(seen_files=seen)
    except BadInput as problem:
        return str(problem)
    except (OSError, KeyError):
        return ""  # gone or locked meanwhile: the next look sees
    return ""


def _uploads(source: LogSource) -> dict[str, LogUpload]:
    """Return the uploads of the files that are remembered, by the name of the file."""
    seen = LogSource.objects.within(source.agency).get(pk=source.pk).seen_files
    keys = {name: one["upload"] for name, one in seen.items() if "upload" in one}
    rows = LogUpload.objects.within(source.agency).filter(source=source, key__in=keys.values())
    of_key = {row.key: row for row in rows.select_related("source__agency")}
    return {name: of_key[key] for name, key in keys.items() if key in of_key}


def _files(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Yield (name, [size, nanosecond of the last change]) of the files of `folder` that are files and seem whole."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    count = 0
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(UNFINISHED):
            continue
        if not entry.is_file(follow_symlinks=False) or count >= MOST_AT_ONCE:
            continue
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        count += 1
        yield entry.name, [found.st_size, found.st_mtime_ns]


def _opened(path: Path) -> BinaryIO:
    """Open a file of the folder, never what a link leads to."""
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


def _moved(folder: Path, name: str, into: str, at: datetime, problem: str = "") -> int:
    """Move a settled file away under a name that is free, its reason beside it; return how many were moved."""
    target = folder / into
    target.mkdir(mode=0o770, exist_ok=True)
    path = target / safe_name(name)
    number = 1
    while path.exists():
        number += 1
        path = target / f"{Path(safe_name(name)).stem} ({number}){Path(name).suffix}"
    now = (at.timestamp(), at.timestamp())
    if problem:
        reason = target / f"{path.name}{REASON}"
        reason.write_text(problem + "\n", encoding="utf-8")
        os.utime(reason, now)
    try:
        (folder / name).rename(path)
        os.utime(path, now)  # kept from now on, whenever it was written
    except FileNotFoundError:
        return 0  # taken away by whoever put it there
    return 1


def _let_go(folder: Path, before: datetime) -> None:
    """Delete files that lie there since before `before`."""
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < before.timestamp():
            Path(entry.path).unlink(missing_ok=True)
