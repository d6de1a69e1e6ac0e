"""The turns of a dossier's clock: what stops it (pause) and what begins it anew (restart). Facts R7, R8, R19.

`restart` is the general rule: the dossier went back for supplement, and the limit is counted again from zero after the
full dossier was received. `pause` stops the clock and goes on, as some special laws and the waiting for the citizen's
payment do. Which one holds is a setting per public service.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chuan.rules.workdays import as_local
from chuan.text.messages import BadInput


class PauseRule(StrEnum):
    """What the clock does when the dossier is complete again (R8)."""

    RESTART = "restart"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from `start` to `end` (None: still). `why` are the words of the source."""

    start: datetime
    end: datetime | None
    rule: PauseRule = PauseRule.PAUSE
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause that has an end, on Vietnamese clocks."""

    start: datetime
    end: datetime
    rule: PauseRule
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """The count that holds: it began at `begin` and stood during `stops` (in order, apart from each other).

    `dropped` are the earlier counts (from, until) that a restart took back.
    """

    begin: datetime
    stops: tuple[Stop, ...] = ()
    dropped: tuple[tuple[datetime, datetime], ...] = ()

    def after(self, stop: Stop) -> "Run":
        """Return the run with `stop` taken in; stops come in order of their start."""
        if stop.end <= self.begin:
            return self
        if stop.rule is PauseRule.RESTART:
            return Run(stop.end, (), (*self.dropped, (self.begin, stop.end)))
        start = max(stop.start, self.stops[-1].end if self.stops else self.begin)
        if stop.end <= start:
            return self
        return Run(self.begin, (*self.stops, Stop(start, stop.end, stop.rule, stop.why)), self.dropped)


def stops_of(pauses: Iterable[Pause], as_of: datetime | None) -> list[Stop]:
    """Return the pauses in order; an open one lasts until `as_of`. BadInput for an open pause without `as_of`."""
    stops = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        end = pause.end or as_of
        if end is None:
            raise BadInput("deadlines.open_pause", start=as_local(pause.start).strftime("%H:%M %d/%m/%Y"))
        if pause.start < end:
            stops.append(Stop(as_local(pause.start), as_local(end), pause.rule, pause.why))
    return stops


def run_until(start: datetime, end: datetime, pauses: Iterable[Pause]) -> Run:
    """Return the count that holds at `end`: pauses that begin later do not matter yet."""
    run = Run(as_local(start))
    for stop in stops_of((pause for pause in pauses if pause.start < end), end):
        run = run.after(stop)
    return run


def effective_start(received_at: datetime, pauses: Iterable[Pause], as_of: datetime | None = None) -> datetime:
    """Return where the limit is counted from: the receipt, or the last time the dossier became full again (R7)."""
    run = Run(as_local(received_at))
    for stop in stops_of(pauses, as_of):
        run = run.after(stop)
    return run.begin


def waiting_for_payment(asked_at: datetime, paid_at: datetime | None) -> Pause:
    """Return the pause for the citizen's financial obligation: it is never the agency's lateness (R19)."""
    return Pause(asked_at, paid_at, PauseRule.PAUSE)
