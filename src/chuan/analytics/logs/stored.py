"""Dossiers and their events as stored JSON, and back; merging what several files say of one dossier.

Facts: {"received_at", "filed_at", "due_at", "earlier_due_at", "finished_at", "returned_at", "status", "whole_days"},
each present only when known. Events: [{"at", "activity", "kind", "number", "position", "id", "started_at",
"pushed"}], empty values left out; the row of the file is not kept, it is another in the next file. "pushed" ({"order",
"revision", "says"}) is there for an event that came alone (logs/telling.py). Moments are ISO 8601 with +07:00.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chuan.analytics.logs.models import LONGEST_CODE, LONGEST_SERVICE_CODE, LogSource
from chuan.rules.eventlog import BadRow, Dossier, Event, EventKind, EventLog, Pushed
from chuan.text.messages import message
from chuan.text.names import looks_like_person

_MOMENTS = {
    "received_at": "received_at",
    "filed_at": "filed_at",
    "due_at": "source_due_at",
    "finished_at": "finished_at",
    "returned_at": "returned_at",
}


def storable(log: EventLog) -> EventLog:
    """Return the log without the dossiers whose codes are longer than a code can be; they are among its bad rows."""
    found = [(one, _overlong(one)) for one in log.dossiers]
    bad = [
        BadRow(one.row, (log.columns or {}).get(fact, ""), value, message("analytics.code_too_long", most=most))
        for one, overlong in found
        for fact, value, most in overlong
    ]
    return replace(log, dossiers=tuple(one for one, overlong in found if not overlong), bad_rows=(*log.bad_rows, *bad))


def _overlong(dossier: Dossier) -> list[tuple[str, str, int]]:
    """Return (fact, value, how long it may be) of the codes that are too long."""
    codes = (("dossier", dossier.id, LONGEST_CODE), ("service_code", dossier.service_code, LONGEST_SERVICE_CODE))
    return [(fact, value, most) for fact, value, most in codes if len(value) > most]


def facts_of(dossier: Dossier) -> dict[str, Any]:
    """Return what the source says of the whole dossier."""
    facts: dict[str, Any] = {
        name: value.isoformat() for name, field in _MOMENTS.items() if (value := getattr(dossier, field)) is not None
    }
    if dossier.earlier_due_at:
        facts["earlier_due_at"] = [moment.isoformat() for moment in dossier.earlier_due_at]
    if dossier.status:
        facts["status"] = dossier.status
    if dossier.whole_days:
        facts["whole_days"] = sorted(dossier.whole_days)
    return facts


def events_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the events in time order."""
    return [_event(event) for event in dossier.events]


def settled(dossier: Dossier, whole_days: frozenset[str], source: LogSource) -> Dossier:
    """Return the dossier as it is kept: what the source says of all of them put to it, persons' names left out."""
    kept = dossier if source.keeps_names else without_names(dossier)
    return replace(kept, whole_days=whole_days, service_code=kept.service_code or source.service_code)


def without_names(dossier: Dossier) -> Dossier:
    """Return the dossier with the positions emptied that read as a person's name."""
    events = (
        replace(event, position="") if event.position and looks_like_person(event.position) else event
        for event in dossier.events
    )
    return replace(dossier, events=tuple(events))


def _event(event: Event) -> dict[str, Any]:
    stored: dict[str, Any] = {"at": event.at.isoformat(), "activity": event.activity}
    if event.kind is not EventKind.STEP:
        stored["kind"] = event.kind.value
    stored |= {name: value for name, value in (("number", event.number), ("id", event.id)) if value}
    if event.started_at is not None:
        stored["started_at"] = event.started_at.isoformat()
    if event.position is not None:
        stored["position"] = event.position
    if event.pushed is not None:
        stored["pushed"] = _pushed(event.pushed)
    return stored


def _pushed(pushed: Pushed) -> dict[str, Any]:
    stored: dict[str, Any] = {"says": dict(pushed.says)} if pushed.says else {}
    return stored | {name: value for name in ("order", "revision") if (value := getattr(pushed, name))}


def restored(code: str, service_code: str, facts: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> Dossier:
    """Return the dossier as the check wants it."""
    moments = {field: datetime.fromisoformat(facts[name]) for name, field in _MOMENTS.items() if name in facts}
    dossier = Dossier(
        id=code,
        events=tuple(_restored_event(event) for event in events),
        earlier_due_at=tuple(datetime.fromisoformat(moment) for moment in facts.get("earlier_due_at", ())),
        status=facts.get("status", ""),
        service_code=service_code,
        whole_days=frozenset(facts.get("whole_days", ())),
    )
    return replace(dossier, **moments)  # type: ignore[arg-type]  # the names are those of moments


def _restored_event(event: Mapping[str, Any]) -> Event:
    return Event(
        at=datetime.fromisoformat(event["at"]),
        activity=event["activity"],
        kind=EventKind(event.get("kind", "step")),
        number=event.get("number", ""),
        position=event.get("position"),
        id=event.get("id", ""),
        started_at=datetime.fromisoformat(event["started_at"]) if "started_at" in event else None,
        pushed=_restored_pushed(event["pushed"]) if "pushed" in event else None,
    )


def _restored_pushed(stored: Mapping[str, Any]) -> Pushed:
    says = tuple(sorted(stored.get("says", {}).items()))
    return Pushed(stored.get("order", 0), stored.get("revision", 0), says)


def merged(known: Dossier, fresh: Dossier) -> Dossier:
    """Return `known` with what `fresh` adds: events by identity, facts by the newer word, an old due date kept.

    Merging the same file again changes nothing; the order of files matters only where they contradict each other.
    """
    old, new = (_told_better(one, other) for one, other in ((known, fresh), (fresh, known)))
    in_order = in_time_order(events_once((*old, *new)).values())
    due_at, earlier = _due(known, fresh)
    return replace(
        fresh,
        events=in_order,
        received_at=fresh.received_at or known.received_at,
        filed_at=fresh.filed_at or known.filed_at,
        source_due_at=due_at,
        earlier_due_at=earlier,
        finished_at=fresh.finished_at or known.finished_at,
        returned_at=fresh.returned_at or known.returned_at,
        status=fresh.status or known.status,
        service_code=fresh.service_code or known.service_code,
        whole_days=known.whole_days | fresh.whole_days,
    )


def events_once(events: Iterable[Event]) -> dict[tuple[str, ...], Event]:
    """Return each event once, by its identity: the newest word, and of what was pushed the highest revision."""
    found: dict[tuple[str, ...], Event] = {}
    for event in events:
        known = found.get(identity(event))
        if known is None or rank(known) <= rank(event):
            found[identity(event)] = event
    return found


def rank(event: Event) -> int:
    """Return how strong the word of `event` is beside others of the same identity; what files tell is the weakest."""
    return -1 if event.pushed is None else event.pushed.revision


def in_time_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return `events` by time. Of one moment those of files stay as they stood; what was pushed has an order of its
    own, whenever it came."""
    return tuple(sorted(events, key=lambda event: (event.at, _place_in_moment(event))))


def _place_in_moment(event: Event) -> tuple[Any, ...]:
    if event.pushed is None:
        return ()
    return (event.pushed.order, len(event.number), event.number, event.kind is not EventKind.STEP, *identity(event))


def _told_better(one: Dossier, other: Dossier) -> list[Event]:
    """Return the events of `one` without those that `other` tells with a position where `one` has none."""
    with_position = {_without_position(event) for event in other.events if event.position}
    said = {identity(event) for event in other.events}
    return [
        event
        for event in one.events
        if event.position or identity(event) in said or _without_position(event) not in with_position
    ]


def _without_position(event: Event) -> tuple[str, ...]:
    return identity(replace(event, position=None))


def identity(event: Event) -> tuple[str, ...]:
    """Return what tells the event from others of its dossier: its id, else all that is known of it."""
    if event.id:
        return (event.id,)
    return (event.activity, event.number, event.at.isoformat(), event.position or "", event.kind.value)


def _due(known: Dossier, fresh: Dossier) -> tuple[datetime | None, tuple[datetime, ...]]:
    """Return the due date that holds and those that were moved, each once, in time order."""
    said = [*known.earlier_due_at, known.source_due_at, *fresh.earlier_due_at, fresh.source_due_at]
    holds = fresh.source_due_at or known.source_due_at
    return holds, tuple(sorted({moment for moment in said if moment not in (None, holds)}))
