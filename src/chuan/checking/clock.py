"""The clock of one dossier: when it began, when the citizen held it, when the result was ready.

Source: facts R1 (the clock starts at reception), R7 and R8 (supplement: counted again from zero, or paused), R19
(waiting for the citizen's payment is not lateness); docs/check.md, "What the words mean".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chuan.reading.eventlogs import names_reception
from chuan.rules.deadlines import Pause, PauseRule
from chuan.rules.eventlog import Dossier, Event, EventKind
from chuan.rules.procedure.structure import Step
from chuan.text.vietnamese import fold_words

OPENS = {EventKind.SUPPLEMENT: "supplement", EventKind.PAUSED: "paused", EventKind.PAYMENT: "payment"}
CLOSES = {
    EventKind.RESUBMITTED: ("supplement",),
    EventKind.RECEIVED: ("supplement",),
    EventKind.RESUMED: ("supplement", "paused", "payment"),
    EventKind.PAID: ("payment",),
}
ENDS_WITHOUT_RESULT = (EventKind.WITHDRAWN, EventKind.STOPPED, EventKind.NOT_RECEIVED)
ENDS_EARLY = (*ENDS_WITHOUT_RESULT, EventKind.REFUSED)
HAS_RESULT = (EventKind.RESULT_READY, EventKind.RETURNED)


@dataclass(frozen=True, slots=True)
class Start:
    """When the clock of the dossier began and what says so: "column", "event" or "first_event"."""

    at: datetime | None
    source: str


def is_clock_event(event: Event) -> bool:
    """Return whether `event` turns the clock (or only changes a status) and so leaves before alignment."""
    return event.kind is not EventKind.STEP


def received(dossier: Dossier, events: Sequence[Event], steps: Sequence[Step] = ()) -> Start:
    """Return the reception: the column, else a reception event, else the completion of the first event.

    A reception event is a state ("Được tiếp nhận") or a work event of that whole name, unless the procedure has later
    `steps` of the same title: what stands before it (filing, registration) does not start the clock (facts R1).
    """
    if dossier.received_at is not None:
        return Start(dossier.received_at, "column")
    at = next((event.at for event in events if event.kind is EventKind.RECEIVED), None)
    at = at or _reception_after_the_first(events, steps)
    if at is not None:
        return Start(at, "event")
    if any(event.kind is EventKind.NOT_RECEIVED for event in events):
        return Start(None, "")
    return Start(events[0].at if events else None, "first_event" if events else "")


def _reception_after_the_first(events: Sequence[Event], steps: Sequence[Step]) -> datetime | None:
    if not events or names_reception(events[0].activity):
        return None
    found = next((event for event in events if names_reception(event.activity)), None)
    later = found is not None and any(fold_words(step.title) == fold_words(found.activity) for step in steps[1:])
    return None if found is None or later else found.at


def pauses(events: Sequence[Event], supplement: PauseRule) -> tuple[Pause, ...]:
    """Return the times in which the citizen or a stop held the dossier, in order.

    A wait that the source never closes ends with the next step that it records (work went on), or with the dossier
    itself when that is refused, stopped or withdrawn; without either it is open.
    `supplement` says whether completing the dossier restarts the count (general rule) or resumes it.
    """
    found: list[Pause] = []
    open_until: dict[str, datetime | None] = {}
    for place, event in enumerate(events):
        what = OPENS.get(event.kind)
        if what is None or _is_open(what, event.at, open_until):
            continue
        end = _end_of_wait(what, events[place + 1 :])
        open_until[what] = end
        found.append(Pause(event.at, end, supplement if what == "supplement" else PauseRule.PAUSE))
    return tuple(found)


def until_ready(waits: tuple[Pause, ...], finished: datetime | None) -> tuple[Pause, ...]:
    """Return the waits that move the due moment: those that began before the result was ready at `finished`.

    A payment that the citizen owes for a finished result (R19) gives the agency no later due day.
    """
    return waits and tuple(wait for wait in waits if finished is None or wait.start < finished)


def _is_open(what: str, at: datetime, open_until: Mapping[str, datetime | None]) -> bool:
    if what not in open_until:
        return False
    end = open_until[what]
    return end is None or at < end


def _end_of_wait(what: str, later: Sequence[Event]) -> datetime | None:
    """Return when the source closes the wait, else its next step: also where the same wait opens again after it."""
    went_on: datetime | None = None
    for event in later:
        if what in CLOSES.get(event.kind, ()):
            return event.at
        if event.kind in ENDS_EARLY and went_on is None:
            return event.at
        if event.kind is EventKind.STEP and went_on is None:
            went_on = event.at
        if OPENS.get(event.kind) == what and went_on is not None:
            return went_on
    return went_on


def ended_without_result(events: Iterable[Event]) -> bool:
    """Return whether it was withdrawn, stopped or never received: its time is not judged."""
    return any(event.kind in ENDS_WITHOUT_RESULT for event in events)


def ended_early(events: Iterable[Event]) -> bool:
    """Return whether it was withdrawn, stopped or refused: the steps that were still to come are not left out."""
    return any(event.kind in ENDS_EARLY for event in events)


def result_ready(dossier: Dossier, events: Sequence[Event]) -> datetime | None:
    """Return when the source itself says that the result (or a refusal, R10) was ready; None if it does not say."""
    if dossier.finished_at is not None:
        return dossier.finished_at
    return _last(events, (EventKind.RESULT_READY, EventKind.REFUSED))


def collected(dossier: Dossier, events: Sequence[Event]) -> datetime | None:
    """Return when the citizen was handed the result, by the column or a state ("Đã trả kết quả")."""
    return dossier.returned_at or _last(events, (EventKind.RETURNED,))


def _last(events: Sequence[Event], kinds: Collection[EventKind]) -> datetime | None:
    return next((event.at for event in reversed(events) if event.kind in kinds), None)
