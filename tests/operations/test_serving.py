"""One supervisor for all: what it starts ends with it, however it ends."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest

from .conftest import House
from .server import wait_until

pytestmark = [pytest.mark.real_clock, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]


def test_after_sigterm_everything_is_closed_within_five_seconds(demo: House) -> None:
    with demo.serving() as server:
        assert server.get() == 200
        wait_until(server.has_workers)
        started = time.monotonic()
        server.end(signal.SIGTERM)
        assert time.monotonic() - started < 5
        assert server.process.returncode == 0
        assert not server.is_listening()
        assert server.family() == set()


def test_killed_with_sigkill_it_leaves_nothing_on_the_port(demo: House) -> None:
    with demo.serving() as server:
        wait_until(server.has_workers)
        server.end(signal.SIGKILL)
        assert wait_until(lambda: not server.family(), seconds=5) < 5
        assert not server.is_listening()


def test_a_second_server_on_the_same_data_is_refused_and_told_who_holds_them(demo: House) -> None:
    with demo.serving() as server:
        second = demo.chuan("demo", "--data", demo.directory, "--port", "0")
        assert second.returncode == 2
        assert f"tiến trình {server.process.pid}" in second.stderr
        assert "Traceback" not in second.stderr


def test_a_port_in_use_is_told_at_once(demo: House, new_house: Callable[[str], House]) -> None:
    with demo.serving() as server:
        other = new_house("other")
        done = other.chuan("demo", "--data", other.directory, "--port", server.port)
        assert done.returncode == 2
        assert f"Không mở được cổng {server.port}" in done.stderr
        assert "cổng đang có chương trình khác dùng" in done.stderr
        assert not other.directory.exists()


def test_a_web_worker_that_dies_is_replaced(demo: House) -> None:
    with demo.serving() as server:
        wait_until(server.has_workers)
        before = server.family()
        victims = _gunicorn_masters(server.process.pid)
        assert len(victims) == 1
        subprocess.run(["kill", "-KILL", *map(str, victims)], check=True)
        wait_until(lambda: server.has_workers() and not victims & server.family())
        assert server.get() == 200
        assert server.family() != before


def test_work_cut_off_by_a_kill_is_finished_by_the_next_server(new_house: Callable[[str], House]) -> None:
    house = new_house("demo")
    with house.serving() as server:
        server.end(signal.SIGKILL)
        wait_until(lambda: not server.family())
    with house.serving() as server:
        wait_until(lambda: server.get("/tai-khoan/login/") == 200)
        wait_until(lambda: _run_state(house) == "done")
    done = house.chuan("doctor", "--data", house.directory)
    assert done.returncode == 0, done.stdout


def _gunicorn_masters(supervisor: int) -> set[int]:
    listed = subprocess.run(
        ["pgrep", "-P", str(supervisor), "-f", "web_process"], capture_output=True, text=True, check=True
    )
    return {int(line) for line in listed.stdout.split()}


def _run_state(house: House) -> str:
    url = house.environment["DATABASE_URL"]
    opened = psycopg.connect(url) if url else sqlite3.connect(house.directory / "chuan.sqlite3")
    with closing(opened) as database:
        rows = database.execute("SELECT state FROM jobs_run WHERE key = 'demo.fill:organisation'").fetchall()
    return rows[0][0] if rows else ""
