"""`chuan restore FILE --data DIR`: a backup into an empty directory (and an empty PostgreSQL database), verified."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from chuan.cli import archive
from chuan.cli.arguments import Arguments
from chuan.cli.database_copy import COPY, load_postgresql, vendor
from chuan.cli.house import set_up
from chuan.text.messages import BadInput, message

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main(argv: Sequence[str]) -> int:
    """Return 0 when DIR is complete; after a refusal DIR is as it was."""
    parser = Arguments("chuan restore", description=message("cli.about_restore").text())
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(argv)
    entries = restore(options.file, options.data)
    print(message("cli.restore_done", directory=options.data, entries=entries).text())
    return 0


def restore(source: Path, directory: Path) -> int:
    """Restore `source` to `directory`, absent or empty, and return the number of trail entries that were verified."""
    source.stat()  # one that is not there is told as such, not as damaged
    if directory.exists() and any(directory.iterdir()):
        raise BadInput("cli.not_empty", directory=directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        manifest = archive.read(source, draft)
        set_up(draft)
        _load(manifest["database"], draft)
        entries = _verify(manifest["trail_head"])
        connection.close()
        if directory.exists():
            directory.rmdir()
        draft.rename(directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    os.environ["CHUAN_DATA"] = str(directory)
    return entries


def _load(kind: str, draft: Path) -> None:
    if kind != vendor():
        raise BadInput(
            "cli.backup_other_database", kind={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(kind, kind)
        )
    if kind == "postgresql":
        load_postgresql(draft / COPY[kind])
        (draft / COPY[kind]).unlink()


def _verify(head_at_backup: str) -> int:
    """Read the whole trail; one that is broken, or lacks its head of then, raises BadInput."""
    from chuan.trail.queries import broken_link, head, holds  # models: only after set_up()

    broken = broken_link()
    if broken is not None:
        raise BadInput("cli.trail_broken", seq=broken.seq, reason=broken.reason)
    if head_at_backup and holds(head_at_backup) is None:
        raise BadInput("cli.trail_broken", seq="?", reason="missing")
    newest = head()
    return newest.seq if newest else 0
