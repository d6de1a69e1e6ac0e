"""What commands leave behind: a folder that is complete or absent, and progress on long input."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Self

from chuan.cli.reasons import reason_of
from chuan.text.messages import BadInput, message
from chuan.text.numbers import number

_QUIET_SECONDS = 2.0


class Progress:
    """Says on the error output how far the work is, from the second second on, at most once a second.

    As a context it ends the line it began, so that what is said next stands on its own.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._said_at = time.monotonic() + _QUIET_SECONDS - 1
        self._said = False

    def reading(self, done: int, of: int) -> None:
        """Tell that `done` rows (of `of`, 0 unknown) are read."""
        self._say("report.progress_reading", done, of)

    def judging(self, done: int, of: int) -> None:
        """Tell that `done` of `of` dossiers are judged."""
        self._say("report.progress_judging", done, of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._said:
            print(file=sys.stderr)

    def _say(self, code: str, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self._said_at < 1:
            return
        self._said_at, self._said = now, True
        words = {name: number(count, language=self._language) for name, count in (("done", done), ("of", of))}
        said = message(code, **words).text(self._language)
        print(f"\r{said}", end="", file=sys.stderr, flush=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` beside `folder` and rename: the folder is complete or absent.

    An earlier folder of the same files is replaced (of a link, the folder it points to). Raises BadInput when it holds
    anything else or cannot be written.
    """
    folder = folder.resolve()
    refuse_occupied(folder, files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as problem:
        raise BadInput("checking.cannot_write", name=str(folder), reason=reason_of(problem)) from problem
    try:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)
        _replace(folder, fresh)
    except OSError as problem:
        raise BadInput("checking.cannot_write", name=str(folder), reason=reason_of(problem)) from problem
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def refuse_occupied(folder: Path, names: Collection[str]) -> None:
    """Raise BadInput when `folder` is a file, or holds anything but files of these `names`."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BadInput("checking.out_is_a_file", name=str(folder))
    others = sorted(entry.name for entry in folder.iterdir() if entry.name not in names)
    if others:
        raise BadInput("checking.out_is_occupied", name=str(folder), other=", ".join(others[:3]))


def _replace(folder: Path, fresh: Path) -> None:
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
