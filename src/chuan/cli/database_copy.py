"""Copies of the database, consistent while it is in use: SQLite by its backup interface, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from chuan.text.messages import BadInput

COPY = {"sqlite": "chuan.sqlite3", "postgresql": "database.pgdump"}
_DEBIAN = Path("/usr/lib/postgresql")


def vendor() -> str:
    """Return "sqlite" or "postgresql": the database of the settings."""
    return connection.vendor


def copy_to(directory: Path) -> Path:
    """Write a copy of the database as it is at one moment into `directory` and return the file."""
    target = directory / COPY[connection.vendor]
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))
        return target
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    return target


def load_postgresql(file: Path) -> None:
    """Load a copy into the database of the settings, all or nothing. One with tables in it raises BadInput."""
    if connection.introspection.table_names():
        raise BadInput("cli.database_not_empty")
    connection.close()
    _run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "-d", "", str(file))


def _run(program: str, *arguments: str) -> None:
    """Run a PostgreSQL program against the database of the settings; the password goes by the environment."""
    settings = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    access = {variable: str(settings[name]) for variable, name in names.items() if settings.get(name)}
    words = [_find(program), *(access["PGDATABASE"] if word == "" else word for word in arguments)]
    done = subprocess.run(words, env={**os.environ, **access}, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if done.returncode != 0:
        raise BadInput("cli.program_failed", program=program, reason=done.stderr.strip()[-500:])


def _find(program: str) -> str:
    """Return the newest installed one: a dump is readable only by its own version or a later one."""
    installed = sorted(_DEBIAN.glob(f"*/bin/{program}"), key=lambda path: path.parts[-3].zfill(4))
    found = str(installed[-1]) if installed else shutil.which(program)
    if found is None:
        raise BadInput("cli.program_missing", program=program)
    return found
