"""The supervisor: small, without Django. It starts the web server, then the job workers, and ends them all together.

The listening socket is its own, so a browser that comes while the server is still starting waits instead of failing,
and a port in use is told before anything is touched.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from chuan.cli.reasons import reason_of
from chuan.config.serving.lifeline import Lifeline
from chuan.text.messages import BadInput

GRACE_SECONDS = 3.5  # then the rest is killed: all is closed within 5 s
RESTARTS = 5  # of one program within RESTART_WINDOW seconds; then everything stops
RESTART_WINDOW = 60.0
WEB, JOBS = "chuan.config.serving.web_process", "chuan.config.serving.jobs_process"


def listen(host: str, port: int) -> socket.socket:
    """Return a socket listening on `host`:`port` (0: any free port). A port in use raises BadInput."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        raise BadInput("cli.port_in_use", port=port, reason=reason_of(problem)) from None
    listener.listen(128)
    return listener


@dataclass
class Supervisor:
    """Runs until a signal or a hopeless child. `environment` is what the children get beside our own."""

    listener: socket.socket
    environment: Mapping[str, str]
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _starts: dict[str, list[float]] = field(default_factory=dict)
    _stopping: bool = False

    def run(self) -> int:
        """Return the exit code: 0 after a signal, otherwise that of the child which could not go on."""
        lifeline = Lifeline()
        self._group = lifeline.group
        self._wake = self._listen_to_signals()
        self._ready, ready = os.pipe()
        try:
            self._start(WEB, str(self.listener.fileno()), str(ready), inherit=(self.listener.fileno(), ready))
            os.close(ready)
            return self._watch()
        finally:
            self._end(lifeline)

    def _listen_to_signals(self) -> socket.socket:
        """Return a socket that becomes readable at every signal; SIGTERM, SIGINT and SIGHUP ask to stop."""
        inner, outer = socket.socketpair()
        outer.setblocking(False)
        inner.setblocking(False)
        self._outer = outer
        signal.set_wakeup_fd(outer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        return inner

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stopping = True

    def _start(self, module: str, *arguments: str, inherit: tuple[int, ...] = ()) -> None:
        self._starts.setdefault(module, []).append(time.monotonic())
        self._children[module] = subprocess.Popen(  # noqa: S603  # our own modules
            [sys.executable, "-m", module, str(os.getpid()), *arguments],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            pass_fds=inherit,
            process_group=self._group,
        )

    def _watch(self) -> int:
        """Start the job workers once the web server is ready, and mend what dies, until it is time to stop."""
        is_ready = False
        while not self._stopping:
            waiting = [self._wake.fileno()] if is_ready else [self._wake.fileno(), self._ready]
            readable, _, _ = select.select(waiting, [], [], 1.0)
            self._forget_wakeups()
            if self._ready in readable and os.read(self._ready, 1):
                is_ready = True
                self._start(JOBS)
            for module, child in list(self._children.items()):
                code = child.poll()
                if code is not None and not self._stopping and not (is_ready and self._restart(module)):
                    return code if code > 0 else 1
        return 0

    def _restart(self, module: str) -> bool:
        """Start a child that died again; return False when it has died too often."""
        recent = [start for start in self._starts[module] if time.monotonic() - start < RESTART_WINDOW]
        if len(recent) > RESTARTS:
            return False
        handle = self.listener.fileno()
        if module == WEB:
            self._start(WEB, str(handle), "-1", inherit=(handle,))
        else:
            self._start(module)
        return True

    def _forget_wakeups(self) -> None:
        try:
            while self._wake.recv(64):
                pass
        except BlockingIOError:
            return

    def _end(self, lifeline: Lifeline) -> None:
        """Ask all children to end, wait for the grace period, kill the rest."""
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._children.values():
            child.terminate()
        while any(child.poll() is None for child in self._children.values()) and time.monotonic() < deadline:
            select.select([self._wake], [], [], max(0.0, min(0.1, deadline - time.monotonic())))
            self._forget_wakeups()
        lifeline.cut()
        self.listener.close()
