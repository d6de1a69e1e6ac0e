"""R21: when the system is down for longer than a day, dossiers go on paper and are entered later with both times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chuan.rules.deadlines import Counting, due_at
from chuan.rules.handling.setting import DEFAULT_HANDLING, HandlingSetting
from chuan.rules.handling.verdicts import Alert, Rule, Violation, told
from chuan.rules.workdays import Calendar, as_local
from chuan.text.messages import message


@dataclass(frozen=True, slots=True)
class Outage:
    """The system was down from `start` to `end` (None: still)."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class LateEntry:
    """A dossier received on paper and entered later; the clock runs from `received_at` (R1)."""

    received_at: datetime | None
    entered_at: datetime


def paper_alert(outage: Outage, calendar: Calendar, setting: HandlingSetting = DEFAULT_HANDLING) -> Alert | None:
    """Return from when dossiers are printed and handled on paper; None when the outage ended within the day (R21)."""
    at = due_at(outage.start, setting.paper_after_outage, calendar, counting=Counting.ROLLING)
    if outage.end is not None and outage.end <= at:
        return None
    return Alert(Rule.R21, at, message("handling.on_paper", start=told(outage.start), at=told(at)))


def entry_alert(outage: Outage) -> Alert | None:
    """Return from when what was received on paper is entered: the end of the outage; None while it lasts (R21)."""
    if outage.end is None:
        return None
    at = as_local(outage.end)
    return Alert(Rule.R21, at, message("handling.enter_paper", start=told(outage.start), end=told(at)))


def entry_violations(entry: LateEntry, outages: Iterable[Outage]) -> tuple[Violation, ...]:
    """Return what is wrong with a late entry: a time missing, the times in the wrong order, or no outage (R21)."""
    at, received = as_local(entry.entered_at), entry.received_at
    if received is None:
        return (Violation(Rule.R21, at, message("handling.entry_without_receipt", entered=told(at))),)
    if received > entry.entered_at:
        reason = message("handling.entered_before_receipt", received=told(received), entered=told(at))
        return (Violation(Rule.R21, at, reason),)
    if any(outage.start <= received and (outage.end is None or received <= outage.end) for outage in outages):
        return ()
    reason = message("handling.paper_without_outage", received=told(received))
    return (Violation(Rule.R21, as_local(received), reason),)
