"""What has to be true of the database before the first page: its tables are there, and it is for this purpose."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from chuan.cli.backup import save
from chuan.config import data_directory
from chuan.jobs.models import Installation, Run, State
from chuan.jobs.queries import DEMO_RUN
from chuan.jobs.queue import enqueue
from chuan.kernel.actor import machine
from chuan.organisations.agencies.loading import UNNAMED, named_inside
from chuan.organisations.founding import found_province
from chuan.organisations.people.accounts import one_time_password
from chuan.organisations.people.models import Account
from chuan.reading.administrative_units import provinces
from chuan.text.messages import BadInput, message
from chuan.trail.queries import head

_FIRST_NAME = "Người quản trị"
_FIRST_ACCOUNT = "quantri"


def prepare() -> None:
    """Bring the database up to date, and ask for the demo data where they belong. Safe to repeat; fast when done."""
    bring_up_to_date(back_up=not settings.DEMO)
    claim_database(data_directory.DEMO if settings.DEMO else data_directory.REAL)
    if settings.DEMO:
        ask_for_demo()
    elif not Account.objects.exists():
        found_first_province(os.environ.get("CHUAN_PROVINCE", ""))


def ask_for_demo() -> Run:
    """Ask for the demo's data, to the stage that CHUAN_DEMO_UNTIL names or all of them; return the run.

    However often a server was stopped while it filled, whoever starts one wants it to go on.
    """
    until = os.environ.get("CHUAN_DEMO_UNTIL", "")
    run = enqueue(DEMO_RUN, key=f"{DEMO_RUN}:{until}", until=until) if until else enqueue(DEMO_RUN, key=DEMO_RUN)
    Run.objects.filter(pk=run.pk).exclude(state=State.DONE).update(attempts=0)
    return run


def bring_up_to_date(*, back_up: bool) -> Path | None:
    """Apply the migrations that are missing, to data that are there after a backup. Return the backup, if one was made.

    A database newer than the program raises BadInput.
    """
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    replaced = {name for one in known.values() for name in one.replaces}
    newer = sorted(set(executor.loader.applied_migrations) - set(known) - replaced)
    ours = [f"{app}.{name}" for app, name in newer if app in executor.loader.migrated_apps]
    if ours:
        raise BadInput("cli.database_is_newer", migration=ours[0])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    copy = _back_up() if back_up and executor.loader.applied_migrations else None
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0, stdout=sys.stderr)
    return copy


def _back_up() -> Path:
    """Save everything beside the data, as they are before the migrations."""
    now = timezone.localtime()
    folder = Path(settings.DATA_DIR) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{now:%Y%m%d-%H%M%S}.backup"
    save(target, at=now)
    return target


def found_first_province(code: str) -> None:
    """Make the province (`code` of the shipped list, or "" for one to be named later) and its first administrator.

    The one-time password is printed here and kept nowhere.
    """
    now = timezone.now()
    password = one_time_password()
    founded = found_province(
        code=code or UNNAMED[0],
        name=named_inside(provinces()[code]) if code else UNNAMED[1],
        administrator=_FIRST_NAME,
        username=_FIRST_ACCOUNT,
        password=password,
        since=timezone.localdate(now),
        by=machine("set-up", now),
        at=now,
    )
    words = {"username": founded.administrator.username, "password": password, "directory": settings.DATA_DIR}
    print(message("cli.first_administrator", **words).text(), flush=True)


def claim_database(kind: str) -> None:
    """Write into the database what it is for, once. Demo data never get into a database with real ones (BadInput)."""
    found = Installation.objects.first()
    if found is None:
        if kind == data_directory.DEMO and (Account.objects.exists() or head() is not None):
            raise BadInput("cli.database_has_real_data")
        values = {"kind": kind, "begun_at": timezone.now()}
        found, _ = Installation.objects.get_or_create(only=True, defaults=values)
    if found.kind != kind:
        raise BadInput(f"cli.database_is_{found.kind}")
