"""What pushed events together say of their dossier: it is its events, in whatever order they came and however often.

A file says what holds of the whole dossier when it was made; an event that was pushed says it as of its own moment. So
what was derived before is taken away first (`untold`) and derived again from all events that are there now (`told`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chuan.analytics.logs.stored import events_once, identity, in_time_order
from chuan.rules.eventlog import Dossier, Event
from chuan.rules.workdays import VIETNAM

_FIELDS = {
    "received_at": "received_at",
    "filed_at": "filed_at",
    "due_at": "source_due_at",
    "finished_at": "finished_at",
    "returned_at": "returned_at",
}
A_DAY = len("2026-11-22")
"""A moment of this length names the whole day."""


def of_events(code: str, events: Iterable[Event]) -> Dossier:
    """Return what pushed `events` alone say of the dossier `code`: each once, one without a position only where none
    that is otherwise the same has one."""
    once = events_once(events)
    with_position = {identity(replace(event, position=None)) for event in once.values() if event.position}
    kept = [event for event in once.values() if event.id or event.position or identity(event) not in with_position]
    return Dossier(code, in_time_order(kept))


def untold(dossier: Dossier) -> Dossier:
    """Return the dossier without what its events say of it, when they were pushed."""
    if not any(event.pushed for event in dossier.events):
        return dossier
    return replace(Dossier(dossier.id, dossier.events), service_code=dossier.service_code)


def told(dossier: Dossier) -> Dossier:
    """Return the dossier with what its pushed events say of it: the first reception, else the word of the latest."""
    said = [pair for event in dossier.events if event.pushed for pair in event.pushed.says]
    if not said:
        return dossier
    last = dict(said)
    moments = {_FIELDS[name]: moment_of(value) for name, value in last.items() if name in _FIELDS}
    if "received_at" in last:
        moments["received_at"] = min(moment_of(value) for name, value in said if name == "received_at")
    whole_days = {name for name, value in said if name in _FIELDS and len(value) == A_DAY}
    due_at = moments.get("source_due_at", dossier.source_due_at)
    dues = {moment_of(value) for name, value in said if name == "due_at"} | {dossier.source_due_at}
    return replace(
        dossier,
        **moments,  # type: ignore[arg-type]  # the names are those of moments
        earlier_due_at=tuple(sorted({*dossier.earlier_due_at, *(due for due in dues if due)} - {due_at})),
        status=last.get("status", dossier.status),
        service_code=last.get("service_code", dossier.service_code),
        whole_days=dossier.whole_days | whole_days,
    )


def moment_of(text: str) -> datetime:
    """Return the moment; of a day its midnight."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
