"""No process outlives the supervisor, however it ends: two independent nets.

1. `Lifeline`: a small process that leads the process group of all children and reads a pipe whose only writer is the
   supervisor. When the writer is gone (closed on purpose, or killed), it kills the whole group, itself included.
2. `die_with_parent`: on Linux the kernel kills each process when its parent dies (prctl(2), PR_SET_PDEATHSIG); also
   every process that it forks later, such as the workers of gunicorn and of django-q2.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


class Lifeline:
    """The leader of the children's process group. `group` is its id; `cut` ends every member at once."""

    def __init__(self) -> None:
        reader, self._writer = os.pipe()
        self.group = os.fork()
        if self.group == 0:
            os.close(self._writer)
            _kill_group_at_end_of(reader)
        os.close(reader)
        os.setpgid(self.group, self.group)

    def cut(self) -> None:
        """Kill what is left of the group and wait for the leader."""
        os.close(self._writer)
        os.waitpid(self.group, 0)


def _kill_group_at_end_of(reader: int) -> None:
    """Never returns. Signals meant for the group's other members are ignored here; SIGKILL comes from itself."""
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    try:
        os.read(reader, 1)
    finally:
        os.killpg(0, signal.SIGKILL)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process and its later forks with their parents; leave if `parent` is gone already."""
    if not sys.platform.startswith("linux"):
        return
    parents = [parent]
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def bind() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parents[-1]:
            os._exit(1)  # the parent died between the fork and this line

    bind()
    os.register_at_fork(before=lambda: parents.append(os.getpid()), after_in_child=bind)
