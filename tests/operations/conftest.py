"""Installations of their own for the tests of operations: real processes, real databases, loopback only."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from .server import Server

SMALL = ("--until", "organisation")  # of the demo's data: what these tests ask about needs no dossiers
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class House:
    """An installation: its data directory and the environment that its commands run in."""

    directory: Path
    environment: dict[str, str]

    def chuan(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run `chuan …` to its end."""
        command = [sys.executable, "-m", "chuan", *map(str, words)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    @contextmanager
    def serving(self, command: str = "demo") -> Iterator[Server]:
        """Serve on a free port; whatever is left at the end is killed."""
        server = Server.start(command, self.directory, self.environment, SMALL if command == "demo" else ())
        try:
            yield server
        finally:
            server.kill_all()


@contextmanager
def empty_database() -> Iterator[str]:
    """Give a DATABASE_URL: "" on SQLite, otherwise an empty database of our own on the server under test."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"operations_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(url: str) -> dict[str, str]:
    """Return our environment with that database and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHUAN_", "DJANGO_", "PYTHON"))}
    return {**kept, "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[Callable[[str], House]]:
    """Make houses that were never begun: `new_house("name")`."""
    databases = []

    def make(name: str) -> House:
        database = empty_database()
        databases.append(database)
        return House(tmp_path / name, environment(database.__enter__()))

    yield make
    for database in databases:
        database.__exit__(None, None, None)


@pytest.fixture(scope="session")
def complete_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A demo, complete as far as it is wanted here, made once; tests that change it work on `demo`."""
    with empty_database() as url:
        house = House(tmp_path_factory.mktemp("complete") / "demo", environment(url))
        done = house.chuan("demo", "--no-serve", "--data", house.directory, *SMALL)
        assert done.returncode == 0, done.stderr
        yield house


@pytest.fixture
def demo(complete_demo: House, tmp_path: Path) -> House:
    """A complete demo that the test may serve and kill (on PostgreSQL all share the database)."""
    directory = tmp_path / "demo"
    shutil.copytree(complete_demo.directory, directory)
    return House(directory, complete_demo.environment)
