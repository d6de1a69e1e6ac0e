"""Benchmark `clerks`: eight clerks at once against the real server, which is killed in the middle and started again.

    python bench/clerks.py [--clerks 8] [--seconds 120] [--kill-after 60] [--data DIR]

The database is a new SQLite file, or the empty one that DATABASE_URL names (PostgreSQL). The clerks receive dossiers,
do steps, take back and return results on the same few dossiers; one press in ten is made twice at once, one answer in
twenty is lost and pressed again. Without --kill-after nobody kills. Then all data are proved: every press that was
answered with yes stands once, none that was refused stands, numbers have no gap, columns are what the acts come to, the
trail holds. 1 when anything is wrong, or when a page answered 5xx.
"""

import argparse
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import clerks_world as world
from clerks_desk import Answers, Clerk

_ADDRESS = re.compile(r"http://localhost:(\d+)")
_UNWANTED = ("database is locked", "Traceback", "deadlock detected", "Internal Server Error")


class Server:
    """`chuan serve` on a port of its own; what it printed is kept."""

    def __init__(self, data: Path) -> None:
        self.data, self.port, self.printed = data, 0, [""]
        self.start()

    def start(self) -> None:
        """Start and return when it answers; a second start takes the same port."""
        words = [sys.executable, "-m", "chuan", "serve", "--data", str(self.data), "--port", str(self.port)]
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        ready = threading.Event()
        threading.Thread(target=self._read, args=(self.process, ready), daemon=True).start()
        if not ready.wait(90):
            raise SystemExit("".join(self.printed))

    def _read(self, process: "subprocess.Popen[str]", ready: threading.Event) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.printed.append(line)
            if found := _ADDRESS.search(line):
                self.port = int(found[1])
                ready.set()

    def kill(self) -> None:
        """End all of its processes as a power cut would."""
        for pid in _session_of(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as an administrator does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def _session_of(leader: int) -> list[int]:
    """Return the living processes of the session that `leader` leads (Linux: /proc)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(session) == leader and state not in "ZX":
                found.append(int(entry.name))
    return found


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clerks", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--kill-after", type=float, default=0)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chuan-clerks-") as scratch:
        return _run(asked, asked.data or Path(scratch))


def _run(asked: argparse.Namespace, data: Path) -> int:
    from django.db import connection, connections

    world.open_house(data)
    service, sessions = world.furnish(asked.clerks)
    connections.close_all()
    server, answers = Server(data), Answers()
    end = time.monotonic() + asked.seconds
    clerks = [
        Clerk(name, session, service, lambda: server.port, lambda: time.monotonic() > end, answers)
        for name, session in sessions.items()
    ]
    threads = [threading.Thread(target=clerk.work) for clerk in clerks]
    for thread in threads:
        thread.start()
    if asked.kill_after:
        time.sleep(asked.kill_after)
        server.kill()
        server.start()
    for thread in threads:
        thread.join()
    server.stop()
    wrong = world.faults(answers.acknowledged, answers.refused)
    wrong += [f"{count} answers {status}" for status, count in answers.statuses.items() if status >= 500]
    wrong += [f"the server said: {word}" for word in _UNWANTED if any(word in line for line in server.printed)]
    _tell(answers, connection.vendor)
    for line in [*wrong[:20], *answers.bodies[:3]]:
        print("WRONG:", line)
    print("nothing lost, nothing doubled" if not wrong else f"{len(wrong)} faults")
    return 1 if wrong else 0


def _tell(answers: Answers, vendor: str) -> None:
    print(f"Python {platform.python_version()}, {vendor}, {os.cpu_count()} cores: {world.totals()}")
    shown = ", ".join(f"{status}: {count}" for status, count in sorted(answers.statuses.items()))
    print(f"answers {shown}; lines lost {answers.lost}; acknowledged {len(set(answers.acknowledged))} presses")
    cuts = statistics.quantiles(answers.seconds, n=100)
    print(f"seconds of an answer: median {cuts[49]:.3f}, 95 % {cuts[94]:.3f}, longest {max(answers.seconds):.3f}")


if __name__ == "__main__":
    sys.exit(main())
