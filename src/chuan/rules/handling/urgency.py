"""What of a living dossier presses most: the order of a work queue, and the groups of a board.

Three limits are kept apart, and the graver one names the group: the law's, the agency's promise, that of the step at
hand. While the citizen has the next word, or the clock stands for another reason, nothing becomes late; what was late
before stays late.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from fractions import Fraction

from chuan.rules.deadlines import Counting, due_at
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import Calendar

CLOSE = Limit(Fraction(1), TimeUnit.WORKING_DAY)
"""How near a limit is called close: the time before it in which a delay must be told (R11). The usual setting."""


class Urgency(IntEnum):
    """The groups, the most pressing first."""

    LATE_BY_LAW = 0
    LATE = 1
    STEP_LATE = 2
    CLOSE = 3
    IN_TIME = 4
    WAITING = 5  # for the citizen: a supplement, a payment, the collection of the result
    PAUSED = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """When the three limits of a dossier end; None where there is none, or its clock has not begun."""

    legal: datetime | None = None
    promised: datetime | None = None
    step: datetime | None = None

    @property
    def next(self) -> datetime | None:
        """The first of them to end."""
        return min((one for one in (self.legal, self.promised, self.step) if one), default=None)


def urgency(
    limits: Limits,
    now: datetime,
    calendar: Calendar,
    *,
    waiting: bool = False,
    paused: bool = False,
    close: Limit = CLOSE,
) -> Urgency:
    """Return the group of an open dossier at `now`: `waiting` for its citizen, else `paused` otherwise."""
    passed = ((limits.legal, Urgency.LATE_BY_LAW), (limits.promised, Urgency.LATE))
    late = next((group for ends, group in passed if ends and ends < now), None)
    if late is not None:
        return late
    if waiting or paused:
        return Urgency.WAITING if waiting else Urgency.PAUSED
    if limits.step and limits.step < now:
        return Urgency.STEP_LATE
    soon = limits.next and limits.next <= due_at(now, close, calendar, counting=Counting.ROLLING)
    return Urgency.CLOSE if soon else Urgency.IN_TIME


def by_urgency(group: Urgency, limits: Limits, received_at: datetime) -> tuple[int, bool, datetime, datetime]:
    """Return the key of a queue: the group, then the first limit to end (those without one last), then the receipt."""
    return group, limits.next is None, limits.next or received_at, received_at
