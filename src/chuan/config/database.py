"""DATABASE_URL -> Django's DATABASES entry. Two kinds: SQLite in the data directory, PostgreSQL by address."""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start of a transaction, without which
# two transactions that read first and write later meet "database is locked" whatever the timeout.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
}


def database(url: str, directory: Path) -> dict[str, Any]:
    """Return the entry for `url`: "" or sqlite:///path or postgres://user:password@host:port/name?option=value."""
    parts = urlsplit(url or "sqlite:///")
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path[1:])) if len(parts.path) > 1 else directory / "chuan.sqlite3")
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ValueError(f"DATABASE_URL: {parts.scheme}:// is not known; use sqlite:///path or postgres://user@host/name")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": SQLITE_OPTIONS,
        # Tests use a file as well: a database in memory has neither WAL nor locks between connections.
        "TEST": {"NAME": Path(tempfile.gettempdir()) / f"chuan-test-{os.getpid()}.sqlite3"},
    }
