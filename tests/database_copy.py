"""Copies of the test database with the cast in it, for tests that start processes: the trail cannot be flushed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection


@contextmanager
def template() -> Iterator[None]:
    """Keep a database beside the test database that others can be copied from (PostgreSQL; SQLite needs none)."""
    if connection.vendor == "sqlite":
        yield
        return
    original = connection.settings_dict["NAME"]
    connection.close()  # what is copied must have no visitors
    with _created(_template_name(), original):
        yield


@contextmanager
def copied(directory: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a copy made in `directory` (SQLite) or on the server (PostgreSQL)."""
    if connection.vendor == "sqlite":
        target = directory / "chuan.sqlite3"
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy)
        yield f"sqlite:///{quote(str(target))}"
        return
    with _created(f"{connection.settings_dict['NAME']}_{directory.name}"[:60], _template_name()) as url:
        yield url


def _template_name() -> str:
    return f"{connection.settings_dict['NAME']}_template"


@contextmanager
def _created(name: str, original: str) -> Iterator[str]:
    import psycopg
    from psycopg.sql import SQL, Identifier

    facts: dict[str, Any] = connection.settings_dict
    server: dict[str, Any] = {key: facts[key.upper()] or None for key in ("host", "port", "user", "password")}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        admin.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        admin.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(original)))
        try:
            password = f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else ""
            yield f"postgres://{quote(facts['USER'])}{password}@{facts['HOST']}:{facts['PORT'] or 5432}/{quote(name)}"
        finally:
            admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
