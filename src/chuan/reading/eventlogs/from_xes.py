"""XES traces as a log: every trace is a dossier of its own, whatever its name."""

from collections.abc import Sequence

from chuan.formats.xes import Trace
from chuan.reading.eventlogs.facts import MOMENTS, recognise
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.kinds import Kinds
from chuan.reading.eventlogs.mapping import LogMapping
from chuan.reading.eventlogs.table import Words
from chuan.reading.timestamps import DateColumn
from chuan.rules.eventlog import Event, EventKind, EventLog
from chuan.text.messages import message

_TRANSITION = "lifecycle:transition"
_USUAL = {"dossier": "concept:name", "activity": "concept:name", "at": "time:timestamp", "event_id": "identity:id"}
_POSITIONS = ("org:role", "org:group")  # org:resource is a person


def log_of_traces(traces: Sequence[Trace], mapping: LogMapping, source: str, *, join_equal: bool = True) -> EventLog:
    """Return the log. If any event is `complete`, only those are events. Raises BadInput when none is usable."""
    gathering = Gathering("event", join_equal=join_equal)
    columns = _columns(traces, mapping)
    reader = _Events(columns, mapping, gathering, _any_complete(traces))
    names: dict[str, int] = {}
    number = 0
    for index, trace in enumerate(traces, start=1):
        dossier = _own_name(trace.attributes.get(columns["dossier"], "") or f"#{index}", names)
        first, bad_before = number + 1, len(gathering.bad_rows)
        for attributes in trace.events:
            number += 1
            reader.take(dossier, number, attributes)
        if trace.events and len(gathering.bad_rows) - bad_before == len(trace.events):
            continue  # nothing of it could be read: no steps were seen to be left out
        gathering.dossier(dossier, first)
        reader.tell_of_the_dossier(dossier, number, trace.attributes)
    reader.note()
    return gathering.log({fact: key for fact, key in columns.items() if fact != "event_id" or reader.saw_id}, source)


def _own_name(name: str, names: dict[str, int]) -> str:
    """Return `name`, or `name (2)` when another trace has it: two traces are two cases."""
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name} ({names[name]})"


def _any_complete(traces: Sequence[Trace]) -> bool:
    return any(event.get(_TRANSITION, "").casefold() == "complete" for trace in traces for event in trace.events)


def _columns(traces: Sequence[Trace], mapping: LogMapping) -> dict[str, str]:
    """Return fact -> key: the usual keys, what the attributes of the traces announce, and the mapping over both."""
    found = dict(_USUAL)
    keys = dict.fromkeys(key for trace in traces for key in trace.attributes)
    for key in keys:
        known = recognise(key)
        if known and known.fact in (*MOMENTS, "status", "service_code") and not known.weak:
            found.setdefault(known.fact, key)
    events = [event for trace in traces for event in trace.events]
    position = next((key for key in _POSITIONS if any(key in event for event in events)), None)
    if position:
        found["position"] = position
    return found | dict(mapping.columns)


class _Events:
    """Understands the attributes of one event at a time."""

    def __init__(self, columns: dict[str, str], mapping: LogMapping, gathering: Gathering, complete: bool) -> None:
        self._columns = columns
        self._gathering = gathering
        self._only_complete = complete
        self._kinds = Kinds(mapping.kinds)
        self._dates = {fact: DateColumn(key, mapping.date_order or "dmy") for fact, key in columns.items()}
        self._words = Words()
        self._not_complete = 0
        self.saw_id = False

    def take(self, dossier: str, number: int, attributes: dict[str, str]) -> None:
        """Add the event; without a time or a name it is listed."""
        if self._only_complete and attributes.get(_TRANSITION, "").casefold() != "complete":
            self._not_complete += 1
            return
        key = self._columns["at"]
        reading = self._dates["at"].read(attributes.get(key, ""))
        activity = self._text(attributes, "activity")
        if reading.at is None:
            reason = reading.problem or message("eventlogs.row_without_time", dossier=dossier)
            self._gathering.bad(number, key, attributes.get(key, "") or dossier, reason)
        elif not activity:
            self._gathering.bad(number, "", dossier, message("eventlogs.row_without_activity", dossier=dossier))
        else:
            kind = self._kinds.of_activity(activity) or EventKind.STEP
            step_number, event_id = self._text(attributes, "number"), self._text(attributes, "event_id")
            position = self._text(attributes, "position") if "position" in self._columns else None
            self.saw_id = self.saw_id or bool(event_id)
            event = Event(reading.at, activity, kind, step_number, position, event_id, number)
            self._gathering.event(dossier, event)

    def _text(self, attributes: dict[str, str], fact: str) -> str:
        return self._words[attributes.get(self._columns.get(fact, ""), "")]

    def tell_of_the_dossier(self, dossier: str, number: int, attributes: dict[str, str]) -> None:
        """Add what the attributes of the trace say of the whole dossier."""
        for fact in MOMENTS:
            key = self._columns.get(fact)
            if key is None or not attributes.get(key):
                continue
            reading = self._dates[fact].read(attributes[key])
            if reading.problem is not None:
                self._gathering.bad(number, key, attributes[key], reading.problem)
            if reading.at is not None:
                self._gathering.moment(dossier, fact, reading.at)
        for fact in ("status", "service_code"):
            if text := self._text(attributes, fact):
                self._gathering.word(dossier, fact, text)

    def note(self) -> None:
        """Note what was left out, and which moments are days only."""
        if self._not_complete:
            self._gathering.notes.append(message("eventlogs.not_complete", count=self._not_complete))
        self._gathering.whole_days |= {fact for fact, column in self._dates.items() if column.whole_days}
