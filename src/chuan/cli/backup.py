"""`chuan backup --data DIR [--out FILE]`: everything an installation owns in one file, also while it is serving."""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from chuan import __version__
from chuan.cli import archive
from chuan.cli.arguments import Arguments
from chuan.cli.database_copy import copy_to, vendor
from chuan.cli.house import add_data_option, open_house
from chuan.text.messages import BadInput, message

SINGLE_FILES = ("kind", "secret_key")


def main(argv: Sequence[str]) -> int:
    """Return 0 when the file is written."""
    parser = Arguments("chuan backup", description=message("cli.about_backup").text())
    add_data_option(parser)
    parser.add_argument("--out", type=Path, metavar="FILE")
    options = parser.parse_args(argv)
    open_house(options.data)
    if "trail_entry" not in connection.introspection.table_names():  # its first start has not got that far
        raise BadInput("cli.no_installation", directory=options.data)
    now = timezone.localtime()
    target = options.out or Path(f"chuan-{now:%Y%m%d-%H%M%S}.backup")
    save(target, at=now)
    print(message("cli.backup_done", file=target, size=f"{target.stat().st_size / 1e6:.1f}").text())
    return 0


def save(target: Path, *, at: datetime) -> None:
    """Write the backup of the installation that Django was set up for to the new file `target`.

    The database is copied first: files are only ever added, so every file that the copy names is there afterwards.
    """
    from chuan.trail.queries import head  # a model: only after open_house()

    newest = head()
    directory = settings.DATA_DIR
    with tempfile.TemporaryDirectory(prefix="chuan-backup-") as place:
        copy = copy_to(Path(place))
        parts = {name: directory / name for name in SINGLE_FILES if (directory / name).exists()}
        parts |= {
            f"files/{file.relative_to(settings.FILES_DIR).as_posix()}": file
            for file in settings.FILES_DIR.rglob("*")
            if file.is_file()
        }
        facts = {
            "program": __version__,
            "kind": (directory / "kind").read_text().strip(),
            "database": vendor(),
            "made_at": at.isoformat(timespec="seconds"),
            "trail_head": newest.hash if newest else "",
        }
        archive.write(target, {copy.name: copy, **parts}, facts)
