"""Events as systems push them: JSON, or one JSON object a line -> events, each good or refused with place and reason.

The protocol is docs/push.md. Fields that it does not name are dropped unread: they may be about a person.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chuan.reading.eventlogs.by_event import TURNS
from chuan.reading.eventlogs.kinds import Kinds
from chuan.rules.dossier_status import status_of, statuses
from chuan.rules.eventlog import Event, EventKind, Pushed
from chuan.rules.workdays import VIETNAM
from chuan.text.messages import BadInput, Message, message
from chuan.text.names import looks_like_person
from chuan.text.vietnamese import clean

MOST_EVENTS = 5_000
FIRST_YEAR, LAST_YEAR = 1950, 2100
AHEAD = timedelta(hours=24)
"""How far the clock of a system may be ahead of ours."""
LONGEST = {"dossier": 100, "service_code": 40, "activity": 300, "number": 40, "position": 200, "status": 200, "id": 100}
HAPPENED = ("received_at", "filed_at", "finished_at", "returned_at")
"""Facts of a dossier that are no plans: they cannot lie ahead."""
NUMBERS = ("order", "revision")
FIELDS = frozenset({*LONGEST, *HAPPENED, *NUMBERS, "at", "started_at", "due_at"})
_MOST_NUMBER = 1_000_000_000
_DONE_WITH_STEP = {
    EventKind.RECEIVED: "received_at",
    EventKind.RESULT_READY: "finished_at",
    EventKind.REFUSED: "finished_at",
    EventKind.RETURNED: "returned_at",
}
"""What a state beside a completed step says of the dossier, at the moment of the step."""


@dataclass(frozen=True, slots=True)
class PushedEvent:
    """One good event: its place in the push (from 1), its dossier, and the event."""

    place: int
    dossier: str
    event: Event


@dataclass(frozen=True, slots=True)
class BadEvent:
    """One refused event: its place, the field that is wrong ("" for the whole), what stood there, why, and its dossier
    as far as that can be read."""

    place: int
    field: str
    value: str
    reason: Message
    dossier: str = ""


@dataclass(slots=True)
class Push:
    """What one push held. `ignored` are the names of fields that were dropped unread."""

    events: list[PushedEvent] = field(default_factory=list)
    bad: list[BadEvent] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)


class _Wrong(Exception):
    """One field is wrong."""

    def __init__(self, name: str, value: object, reason: Message) -> None:
        super().__init__(reason.code)
        self.name, self.value, self.reason = name, value, reason


def read_push(body: bytes, *, now: datetime, kinds: Kinds | None = None, keeps_names: bool = False) -> Push:
    """Return the events of `body`: a JSON list, {"events": […]}, one event, or one JSON object a line.

    `now` is the moment of receipt; `kinds` the words of the source for states. Positions that read as a person's name
    are emptied unless `keeps_names`. Raises BadInput when the whole cannot be read (push.*).
    """
    push, reader = Push(), _Reader(now, kinds or Kinds(), keeps_names)
    for place, item in _items(_text(body)):
        if place > MOST_EVENTS:
            raise BadInput("push.too_many", most=MOST_EVENTS)
        try:
            if isinstance(item, _Wrong):
                raise item
            if not isinstance(item, dict):
                raise _Wrong("", item, message("push.not_an_object"))
            push.ignored |= item.keys() - FIELDS
            push.events.append(reader.read(place, item))
        except _Wrong as wrong:
            dossier = _shown(item.get("dossier")) if isinstance(item, dict) else ""
            push.bad.append(BadEvent(place, wrong.name, _shown(wrong.value), wrong.reason, dossier))
    if not push.events and not push.bad:
        raise BadInput("push.empty")
    return push


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("push.not_utf8", byte=error.start + 1) from None
    if not text.strip():
        raise BadInput("push.empty")
    return text


def _items(text: str) -> Iterator[tuple[int, object]]:
    """Yield (place, value); of lines that are no JSON a _Wrong."""
    try:
        whole = json.loads(text)
    except RecursionError:
        raise BadInput("push.not_json", line=1, column=1) from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{") or not lines[0].rstrip().endswith("}"):
            raise _not_json(error) from None
        yield from enumerate(map(_of_line, lines), start=1)
        return
    if isinstance(whole, dict) and isinstance(whole.get("events"), list):
        whole = whole["events"]
    yield from enumerate(whole if isinstance(whole, list) else [whole], start=1)


def _of_line(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return _Wrong("", line, message("push.line_not_json"))


def _not_json(error: ValueError) -> BadInput:
    line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
    return BadInput("push.not_json", line=line, column=column)


def _shown(value: object) -> str:
    """Return what stood there, short and without signs that no database keeps."""
    text = value if isinstance(value, str) else "" if value is None else repr(value)
    return "".join(sign for sign in text[:100] if unicodedata.category(sign)[0] != "C")


class _Reader:
    """Reads one event at a time."""

    def __init__(self, now: datetime, kinds: Kinds, keeps_names: bool) -> None:
        self._latest = now + AHEAD
        self._kinds = kinds
        self._keeps_names = keeps_names

    def read(self, place: int, item: Mapping[str, Any]) -> PushedEvent:
        """Return the event, or raise _Wrong for its first wrong field."""
        words = {name: _words(item, name) for name in LONGEST}
        if not words["dossier"]:
            raise _Wrong("dossier", None, message("push.no_dossier"))
        at = self._past(item, "at")
        if at is None:
            raise _Wrong("at", None, message("push.no_moment"))
        if len(at) == len("2026-11-22"):
            raise _Wrong("at", item["at"], message("push.no_time_of_day"))
        started_at = self._past(item, "started_at")
        moment = datetime.fromisoformat(at)
        event = self._event(words, moment)
        if event is None:
            raise _Wrong("activity", None, message("push.nothing_happened"))
        said = self._said(item, words, event, at)
        numbers = {name: _number(item, name) for name in NUMBERS}
        event.number, event.id = words["number"], words["id"]
        event.pushed = Pushed(**numbers, says=said)
        if started_at is not None and len(started_at) > len("2026-11-22"):
            event.started_at = datetime.fromisoformat(started_at)
        return PushedEvent(place, words["dossier"], event)

    def _event(self, words: Mapping[str, str], at: datetime) -> Event | None:
        """Return what happened: a turn of the clock, else the step, else any other state; None for nothing."""
        position = words["position"] or None
        if position and not self._keeps_names and looks_like_person(position):
            position = None
        kind = self._kind_of(words["status"]) if words["status"] else EventKind.STEP
        if words["status"] and (kind in TURNS or not words["activity"]):
            return Event(at, _name_of(words["status"]), kind, position=position)
        if not words["activity"] and not words["number"]:
            return None
        activity = words["activity"] or words["number"]
        own = self._kinds.of_activity(activity) if not words["status"] else None
        return Event(at, activity, own or EventKind.STEP, position=position)

    def _kind_of(self, status: str) -> EventKind:
        named = next((one.kind for one in statuses() if one.name == status), None)
        kind = named or self._kinds.of_kind(status)
        if kind is None or kind is EventKind.STEP:
            codes = ", ".join(f"{one.code} {one.vietnamese}" for one in statuses() if one.is_national)
            raise _Wrong("status", status, message("push.unknown_status", codes=codes))
        return kind

    def _said(self, item: Mapping[str, Any], words: Mapping[str, str], event: Event, at: str) -> Any:
        """Return what the event says of the whole dossier, as Pushed keeps it."""
        said = {"service_code": words["service_code"]}
        if words["status"]:
            said["status"] = _name_of(words["status"])
            if event.kind is EventKind.STEP and (fact := _DONE_WITH_STEP.get(self._kind_of(words["status"]))):
                said[fact] = at
        said |= {name: value for name in HAPPENED if (value := self._past(item, name))}
        said["due_at"] = _moment(item, "due_at") or ""
        return tuple(sorted((name, value) for name, value in said.items() if value))

    def _past(self, item: Mapping[str, Any], name: str) -> str | None:
        found = _moment(item, name)
        if found is not None and datetime.fromisoformat(found).replace(tzinfo=VIETNAM) > self._latest:
            raise _Wrong(name, item[name], message("push.ahead"))
        return found


def _name_of(status: str) -> str:
    """Return the words for a state: those of the catalogue for its codes and our names, else as given."""
    known = status_of(status) or next((one for one in statuses() if one.name == status), None)
    return known.vietnamese if known else status


def _words(item: Mapping[str, Any], name: str) -> str:
    """Return the cleaned text of a field, "" for none; whole numbers are taken as their digits."""
    value = item.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**20 else None
    if not isinstance(value, str):
        raise _Wrong(name, item[name], message("push.not_text", field=name))
    if len(value) > 4 * LONGEST[name] or len(text := clean(value)) > LONGEST[name]:
        raise _Wrong(name, value, message("push.too_long", field=name, most=LONGEST[name]))
    if not text.isprintable() and any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise _Wrong(name, value, message("push.control_signs", field=name))
    return text


def _number(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_NUMBER:
        raise _Wrong(name, value, message("push.not_a_number", field=name))
    return value


def _moment(item: Mapping[str, Any], name: str) -> str | None:
    """Return the moment in ISO 8601 on Vietnamese clocks, to the second; a day without a time stays a day."""
    value = item.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _Wrong(name, value, message("push.not_a_moment", field=name))
    text = value.strip()
    try:
        if len(text) <= len("2026-11-22"):
            day = date.fromisoformat(text)
            moment, said = datetime(day.year, day.month, day.day, tzinfo=VIETNAM), day.isoformat()
        else:
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
            moment = moment.replace(microsecond=0)
            said = moment.isoformat()
    except (ValueError, OverflowError):
        raise _Wrong(name, value, message("push.not_a_moment", field=name)) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _Wrong(name, value, message("push.impossible_year", field=name))
    return said
