"""The clock of one dossier: when it began, when the citizen held it, when the result was ready.

Source: facts R1 (the clock starts at reception), R7 and R8 (supplement: counted again from zero, or paused), R19
(waiting for the citizen's payment is not lateness); docs/check.md, "What the words mean".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chuan.rules.deadlines import Pause, PauseRule
from chuan.rules.eventlog import Dossier, Event, EventKind

OPENS = {EventKind.SUPPLEMENT: "supplement", EventKind.PAUSED: "paused", EventKind.PAYMENT: "payment"}
CLOSES = {
    EventKind.RESUBMITTED: ("supplement",),
    EventKind.RECEIVED: ("supplement",),
    EventKind.RESUMED: ("supplement", "paused", "payment"),
    EventKind.PAID: ("payment",),
}
ENDS_WITHOUT_RESULT = (EventKind.WITHDRAWN, EventKind.STOPPED)


@dataclass(frozen=True, slots=True)
class Start:
    """When the clock of the dossier began and what says so: "column", "event" or "first_event"."""

    at: datetime | None
    source: str


def is_clock_event(event: Event) -> bool:
    """Return whether `event` turns the clock (or only changes a status) and so leaves before alignment."""
    return event.kind is not EventKind.STEP


def received(dossier: Dossier, events: Sequence[Event]) -> Start:
    """Return the reception: the column, else a reception event, else the completion of the first event."""
    if dossier.received_at is not None:
        return Start(dossier.received_at, "column")
    at = next((event.at for event in events if event.kind is EventKind.RECEIVED), None)
    if at is not None:
        return Start(at, "event")
    return Start(events[0].at if events else None, "first_event" if events else "")


def pauses(events: Iterable[Event], supplement: PauseRule) -> tuple[Pause, ...]:
    """Return the times in which the citizen or a stop held the dossier, in order.

    A wait that the source never closes ends with the next step that it records (work went on); without one it is open.
    `supplement` says whether completing the dossier restarts the count (general rule) or resumes it.
    """
    found: list[Pause] = []
    opened: dict[str, datetime] = {}
    for event in events:
        for what in _closed_by(event, opened):
            rule = supplement if what == "supplement" else PauseRule.PAUSE
            found.append(Pause(opened.pop(what), event.at, rule))
        if event.kind in OPENS:
            opened.setdefault(OPENS[event.kind], event.at)
    found.extend(
        Pause(start, None, supplement if what == "supplement" else PauseRule.PAUSE) for what, start in opened.items()
    )
    return tuple(sorted(found, key=lambda pause: pause.start))


def _closed_by(event: Event, opened: dict[str, datetime]) -> tuple[str, ...]:
    closing = tuple(opened) if event.kind is EventKind.STEP else CLOSES.get(event.kind, ())
    return tuple(what for what in closing if what in opened)


def ended_without_result(events: Iterable[Event]) -> bool:
    """Return whether the citizen withdrew or the agency stopped the dossier: its time is not judged."""
    return any(event.kind in ENDS_WITHOUT_RESULT for event in events)


def result_ready(dossier: Dossier, events: Sequence[Event]) -> datetime | None:
    """Return when the source itself says that the result (or a refusal, R10) was ready; None if it does not say."""
    if dossier.finished_at is not None:
        return dossier.finished_at
    ready = (EventKind.RESULT_READY, EventKind.REFUSED)
    return next((event.at for event in reversed(events) if event.kind in ready), None)
