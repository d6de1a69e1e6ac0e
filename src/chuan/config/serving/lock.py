"""One lock per data directory: two servers never work on the same data. The kernel drops it when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chuan.text.messages import BadInput


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the directory, or raise BadInput that names the process which does."""
    handle = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 20).decode() or "?"
            raise BadInput("cli.directory_in_use", directory=directory, pid=holder) from None
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
