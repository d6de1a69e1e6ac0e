"""A running `chuan serve` or `chuan demo`, seen from outside."""

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_ADDRESS = re.compile(r"http://localhost:(\d+)")
DEADLINE = 60.0


def wait_until(is_so: "object", seconds: float = DEADLINE) -> float:
    """Ask `is_so()` again and again; return after how many seconds it was true, or fail."""
    assert callable(is_so)
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        threading.Event().wait(0.02)
    return time.monotonic() - started


@dataclass
class Server:
    """The supervisor's process, what it printed, and everybody in its family."""

    process: subprocess.Popen[str]
    lines: "queue.Queue[str]"
    printed: list[str] = field(default_factory=list)
    port: int = 0
    reader: threading.Thread | None = None

    @classmethod
    def start(cls, command: str, directory: Path, environment: dict[str, str], more: Sequence[str]) -> "Server":
        """Start on a free port and return when it says that it answers."""
        words = [sys.executable, "-m", "chuan", command, "--data", str(directory), "--port", "0", *more]
        process = subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        server = cls(process, queue.Queue())
        assert process.stdout is not None
        server.reader = threading.Thread(target=_read, args=(process.stdout, server.lines), daemon=True)
        server.reader.start()
        while not server.port:
            line = server.lines.get(timeout=DEADLINE)
            assert line, "".join(server.printed)
            server.printed.append(line)
            found = _ADDRESS.search(line)
            server.port = int(found.group(1)) if found else 0
        return server

    def get(self, path: str = "/") -> int:
        """Return the status of a page, redirects followed."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code

    def is_listening(self) -> bool:
        """Return whether anybody takes connections on the port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def family(self) -> set[int]:
        """Return the living processes of the supervisor's session (Linux: /proc)."""
        return {pid for pid in _pids() if _session(pid) == self.process.pid}

    def has_workers(self) -> bool:
        """Return whether web server and job workers are all there: two + four and those who lead them."""
        return len(self.family()) >= 10

    def end(self, number: signal.Signals) -> None:
        """Send a signal to the supervisor alone and wait for its end."""
        self.process.send_signal(number)
        self.process.wait(timeout=30)

    def kill_all(self) -> None:
        """Leave nothing behind, whatever the test has found."""
        for pid in self.family():
            with suppress(ProcessLookupError):  # it ended by itself meanwhile
                os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=30)
        if self.reader is not None:
            self.reader.join(timeout=30)


def _read(output: IO[str], lines: "queue.Queue[str]") -> None:
    with output:
        for line in output:
            lines.put(line)
    lines.put("")


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _session(pid: int) -> int:
    """Return the session of a living process; 0 of a dead one (also one that nobody has waited for yet)."""
    try:
        state, _, _, session = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[:4]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state in "ZX" else int(session)
