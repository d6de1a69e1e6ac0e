"""A copy of the test database with the cast in it, for tests that start processes: the trail cannot be flushed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection


@contextmanager
def copied(directory: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a copy made in `directory` (SQLite) or beside the original (PostgreSQL)."""
    if connection.vendor == "sqlite":
        yield _copied_file(directory)
    else:
        yield from _copied_on_server(directory.name)


def _copied_file(directory: Path) -> str:
    target = directory / "chuan.sqlite3"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
    return f"sqlite:///{quote(str(target))}"


def _copied_on_server(name: str) -> Iterator[str]:
    import psycopg
    from psycopg.sql import SQL, Identifier

    facts = connection.settings_dict
    connection.close()  # a template must have no visitors
    server = {
        "host": facts["HOST"],
        "port": facts["PORT"] or None,
        "user": facts["USER"],
        "password": facts["PASSWORD"],
    }
    copy, original = Identifier(f"{facts['NAME']}_{name}"), Identifier(facts["NAME"])
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        admin.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, original))
        try:
            user = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else quote(facts["USER"])
            yield f"postgres://{user}@{facts['HOST']}:{facts['PORT'] or 5432}/{quote(facts['NAME'] + '_' + name)}"
        finally:
            admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(copy))
