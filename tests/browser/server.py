"""A server of its own for the browser tests, on a copy of the test database.

The trail refuses DELETE and TRUNCATE, so the usual live server, which empties all tables, cannot be used. The copy has
the cast in it and one open session for each of them; what the browser does stays in the copy.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from ..cast import sessions

SECONDS_TO_START = 30
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """Where the server answers, and the session of each member of the cast."""

    address: str
    sessions: dict[str, str]


@contextmanager
def running(directory: Path) -> Iterator[Server]:
    """Serve a copy of the test database from `directory` until the block ends."""
    signed_in = sessions()  # by the real clock
    directory.mkdir(exist_ok=True)
    shutil.copy(settings.DATA_DIR / "secret_key", directory / "secret_key")
    (directory / "kind").write_text("demo\n")
    with _copied_database(directory) as url, _free_port() as listener:
        port = listener.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", "--log-level", "error"]
        environment = os.environ | {"CHUAN_DATA": str(directory), "DATABASE_URL": url}
        environment |= {"DJANGO_SETTINGS_MODULE": "chuan.config.settings", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        process = subprocess.Popen(
            [*command, "tests.browser.wsgi:application"], env=environment, pass_fds=[listener.fileno()]
        )
        try:
            address = f"http://localhost:{port}"
            _wait_for(address)
            yield Server(address, signed_in)
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def _copied_database(directory: Path) -> Iterator[str]:
    """Copy the test database; yield the DATABASE_URL of the copy."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(directory / "chuan.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield ""
        return
    name, values = f"chuan_browser_{os.getpid()}", connection.settings_dict
    source = connection.ops.quote_name(values["NAME"])
    connection.close()
    with connection._nodb_cursor() as cursor:  # as Django's own test runner does it
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
    try:
        credentials = f"{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT'] or 5432}"
        yield f"postgres://{credentials}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _free_port() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.set_inheritable(True)
        yield listener


def _wait_for(address: str) -> None:
    """Return when the server answers."""
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urlopen(f"{address}/tai-khoan/login/", timeout=SECONDS_TO_START):  # noqa: S310  # our own server
                return
        except OSError:
            if time.monotonic() > until:
                raise
