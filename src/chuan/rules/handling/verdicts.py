"""What a rule of handling says: something is due, something should be told now, something was not kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chuan.rules.workdays import as_local
from chuan.text import numbers
from chuan.text.messages import Message


class Rule(StrEnum):
    """The rules of handling that this package holds; the limits themselves are `chuan.rules.deadlines`."""

    R2 = "R2"
    R4 = "R4"
    R5 = "R5"
    R7 = "R7"
    R9 = "R9"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R14 = "R14"
    R21 = "R21"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule was not kept at `at`. A record, not a judgement of a person; `reason.code` is its key."""

    rule: Rule
    at: datetime
    reason: Message


@dataclass(frozen=True, slots=True)
class Alert:
    """From `at` on somebody should know, or may act; `reason` says what about."""

    rule: Rule
    at: datetime
    reason: Message

    def open_at(self, moment: datetime) -> bool:
        """Whether the time has come."""
        return moment >= self.at


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done until `until` (that moment included); `missed` is the reason of the violation."""

    rule: Rule
    until: datetime
    reason: Message
    missed: Message

    def violation(self, done_at: datetime | None, as_of: datetime) -> Violation | None:
        """Return the violation when it was done too late, or not at all while `as_of` lies behind its end."""
        late = (as_of if done_at is None else done_at) > self.until
        return Violation(self.rule, self.until, self.missed) if late else None


def told(moment: datetime) -> str:
    """Return a moment as messages write it: 16:30 06/03/2026."""
    return numbers.moment(as_local(moment))
