"""`chuan doctor --data DIR`: one line for each thing that has to be right, and how to mend what is not."""

import shutil
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chuan.cli.arguments import Arguments
from chuan.cli.house import add_data_option, open_house
from chuan.text.messages import Message, message

LEAST_FREE_BYTES = 1_000_000_000


def main(argv: Sequence[str]) -> int:
    """Return 0 when everything is right, 1 otherwise."""
    parser = Arguments("chuan doctor", description=message("cli.about_doctor").text())
    add_data_option(parser)
    options = parser.parse_args(argv)
    open_house(options.data)
    found = [(examine, examine(Path(settings.DATA_DIR))) for examine in EXAMINATIONS]
    for examine, complaint in found:
        print(f"✗ {complaint.text()}" if complaint else "✓ " + message(f"cli.doctor_{examine.__name__}").text())
    wrong = sum(complaint is not None for _examine, complaint in found)
    print(message("cli.doctor_done", count=len(found) - wrong, wrong=wrong).text())
    return 1 if wrong else 0


def directory_is_private(directory: Path) -> Message | None:
    """Others on this machine cannot read the data."""
    mode = stat.S_IMODE(directory.stat().st_mode)
    return message("cli.doctor_open_directory", directory=directory, mode=f"{mode:o}") if mode & 0o077 else None


def disk_has_room(directory: Path) -> Message | None:
    """There is room for the work of the next weeks."""
    free = shutil.disk_usage(directory).free
    wanted, gigabytes = LEAST_FREE_BYTES / 1e9, f"{free / 1e9:.1f}"
    return message("cli.doctor_disk", free=gigabytes, wanted=wanted) if free < LEAST_FREE_BYTES else None


def database_is_up_to_date(directory: Path) -> Message | None:
    """The database has the tables of this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return message("cli.doctor_migrations", count=len(plan), directory=directory) if plan else None


def trail_is_whole(directory: Path) -> Message | None:
    """Nobody has changed the trail."""
    from chuan.trail.queries import broken_link  # a model: only after open_house()

    broken = broken_link()
    return message("cli.trail_broken", seq=broken.seq, reason=broken.reason) if broken else None


def no_work_has_failed(directory: Path) -> Message | None:
    """Background work goes through."""
    from chuan.jobs.queries import failed  # a model: only after open_house()

    runs = failed()
    return message("cli.doctor_failed_work", count=len(runs), key=runs[0].key, reason=runs[0].failure) if runs else None


EXAMINATIONS: tuple[Callable[[Path], Message | None], ...] = (
    directory_is_private,
    disk_has_room,
    database_is_up_to_date,
    trail_is_whole,
    no_work_has_failed,
)
