"""Why the operating system refused, in words: what an administrator can mend is never told as a traceback."""

import errno
from typing import Final

from chuan.text.messages import Message, message

_KNOWN: Final = {
    errno.EADDRINUSE: "port_taken",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
    errno.ENOENT: "not_there",
    errno.EEXIST: "no_directory",
    errno.ENOTDIR: "no_directory",
    errno.EISDIR: "is_directory",
    errno.ENAMETOOLONG: "name_too_long",
}


def reason_of(problem: OSError) -> Message | str:
    """Return the reason in words; one that we have no words for as the system says it."""
    name = _KNOWN.get(problem.errno or 0)
    return message(f"cli.reason_{name}") if name else problem.strerror or str(problem)


def refusal_of(problem: OSError) -> Message | None:
    """Return what to tell of a place that cannot be read or written; None when it is about something else."""
    if problem.filename is None and problem.errno != errno.ENOSPC:
        return None
    return message("cli.place_refused", file=problem.filename or "", reason=reason_of(problem))
