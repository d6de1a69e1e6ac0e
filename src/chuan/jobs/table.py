"""All background work, one line each. A job calls one action; it may be delivered twice or cut off anywhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chuan.jobs import (
    demo_fill,
    load_norms,
    read_dossiers,
    read_procedures,
    send_mail,
    take_effect,
    take_in_log,
    take_log_out,
)


@dataclass(frozen=True, slots=True)
class Job:
    """`work(progress, **arguments)` where asked for by key, or `work()` every so many minutes."""

    name: str
    work: Callable[..., None]
    every_minutes: int = 0


_ALL = (
    Job("logs.take_in", take_in_log.work),
    Job("logs.take_out", take_log_out.take_file_out),
    Job("logs.bring_back", take_log_out.bring_file_back),
    Job("dossiers.read", read_dossiers.work),
    Job("dossiers.read_stale", read_dossiers.read_stale, every_minutes=10),
    Job("demo.fill", demo_fill.fill),
    Job("procedures.take_in", read_procedures.take_in),
    Job("procedures.read_file", read_procedures.read),
    Job("norms.load", load_norms.load_norms, every_minutes=360),
    Job("procedures.take_effect", take_effect.take_effect, every_minutes=60),
    Job("notices.send", send_mail.send, every_minutes=1),
)

JOBS: Mapping[str, Job] = {job.name: job for job in _ALL}
