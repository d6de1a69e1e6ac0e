"""Tables with one row per event: a step that was completed, or a turn of the clock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from chuan.reading.eventlogs.cells import Cells, Progress
from chuan.reading.eventlogs.facts import MOMENTS
from chuan.reading.eventlogs.gathering import Gathering
from chuan.reading.eventlogs.kinds import Kinds
from chuan.rules.eventlog import Event, EventKind
from chuan.text.messages import message

TURNS = frozenset(
    {
        EventKind.SUPPLEMENT,
        EventKind.RESUBMITTED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.PAYMENT,
        EventKind.PAID,
        EventKind.WITHDRAWN,
        EventKind.STOPPED,
        EventKind.NOT_RECEIVED,
    }
)
"""States that, beside an activity, say that the row is not that activity's completion but a turn of the clock."""


class _Happening(NamedTuple):
    activity: str
    kind: EventKind


def gather_events(cells: Cells, kinds: Kinds, gathering: Gathering, progress: Progress | None) -> None:
    """Add every row of `cells` to `gathering`; rows that cannot be used are listed there with the reason."""
    reader = _EventRows(cells, kinds, gathering)
    for index in cells.indexes(progress):
        reader.take(index)
    if reader.unfinished:
        gathering.notes.append(message("eventlogs.unfinished", count=reader.unfinished))
    if reader.not_complete:
        gathering.notes.append(message("eventlogs.not_complete", count=reader.not_complete))
    cells.note_dates(gathering)


class _EventRows:
    """Understands one row at a time. `unfinished`: begun, not completed; `not_complete`: other transitions."""

    def __init__(self, cells: Cells, kinds: Kinds, gathering: Gathering) -> None:
        self._cells = cells
        self._kinds = kinds
        self._gathering = gathering
        self._dossiers, self._activities = cells.texts("dossier"), cells.texts("activity")
        self._states, self._kind_texts = cells.texts("status"), cells.texts("kind")
        self._numbers, self._ids = cells.texts("number"), cells.texts("event_id")
        self._positions = cells.texts("position") if cells.has("position") else None
        self._times = cells.readings("at")
        self._begun = cells.readings("started_at") if cells.has("started_at") else None
        self._moments = {fact: cells.readings(fact) for fact in MOMENTS if cells.has(fact)}
        self._words = {fact: cells.texts(fact) for fact in ("status", "service_code") if cells.has(fact)}
        self._has_activity = cells.has("activity")
        self._understood: dict[tuple[str, str, str, str], _Happening | None] = {}
        self._transitions = [text.casefold() for text in cells.texts("transition")]
        self._only_complete = "complete" in self._transitions
        self._state_is_of_the_event = self._has_activity and _states_change(self._dossiers, self._states)
        self.unfinished = 0
        self.not_complete = 0

    def take(self, index: int) -> None:
        """Add the event of a row and what the row says of its dossier."""
        dossier, gathering = self._dossiers[index], self._gathering
        if not dossier:
            gathering.bad(self._cells.row(index), "", "", message("eventlogs.row_without_dossier"))
        elif self._only_complete and self._transitions[index] != "complete":
            self.not_complete += 1
        elif (at := self._times[index].at) is None:
            self._take_without_time(dossier, index)
        elif (happening := self._happening(index)) is None:
            reason = message("eventlogs.row_without_activity", dossier=dossier)
            gathering.bad(self._cells.row(index), "", dossier, reason)
        else:
            gathering.event(dossier, self._event(index, at, happening))
            self._tell_of_the_dossier(dossier, index, at)

    def _event(self, index: int, at: datetime, happening: _Happening) -> Event:
        position = None if self._positions is None else self._positions[index]
        activity, kind = happening
        begun = None if self._begun is None else self._begun[index].at
        row = self._cells.row(index)
        return Event(at, activity, kind, self._numbers[index], position, self._ids[index], row, begun)

    def _take_without_time(self, dossier: str, index: int) -> None:
        """List the row, or count it as begun and not completed when it has a beginning or says so."""
        reading = self._times[index]
        begun = self._cells.texts("started_at")[index] or self._cells.texts("received_at")[index]
        if reading.problem is not None:
            self._cells.list_problem("at", index, reading, self._gathering)
        elif begun or self._kinds.of_state(self._states[index]) is EventKind.STATUS:
            self.unfinished += 1
        else:
            reason = message("eventlogs.row_without_time", dossier=dossier)
            self._gathering.bad(self._cells.row(index), "", dossier, reason)

    def _happening(self, index: int) -> _Happening | None:
        """Return what happened, the same for equal words; None when the row has none."""
        words = (self._kind_texts[index], self._states[index], self._activities[index], self._numbers[index])
        if words not in self._understood:
            self._understood[words] = self._understand(*words)
        return self._understood[words]

    def _understand(self, kind_text: str, state: str, activity: str, number: str) -> _Happening | None:
        """Go by the column of kinds, else by a state of this event, else by the activity."""
        kinds = self._kinds
        if kind_text and (kind := kinds.of_kind(kind_text) or EventKind.STEP) is not EventKind.STEP:
            return _Happening(activity or state or kind_text, kind)
        if state and not self._has_activity:
            return _Happening(state, kinds.of_state(state) or EventKind.STEP)
        if state and self._state_is_of_the_event and (turn := kinds.of_state(state) or EventKind.STEP) in TURNS:
            return _Happening(state, turn)
        words = activity or number or ("" if self._has_activity else kind_text)
        return _Happening(words, kinds.of_activity(words) or EventKind.STEP) if words else None

    def _tell_of_the_dossier(self, dossier: str, index: int, at: datetime) -> None:
        for fact, readings in self._moments.items():
            reading = readings[index]
            if reading.at is not None:
                self._gathering.moment(dossier, fact, reading.at, at)
            elif reading.problem is not None:
                self._cells.list_problem(fact, index, reading, self._gathering)
        for fact, texts in self._words.items():
            if text := texts[index]:
                self._gathering.word(dossier, fact, text, at)


def _states_change(dossiers: Sequence[str], states: Sequence[str]) -> bool:
    """Tell whether the state differs between rows of one dossier: then it is the event's, else the dossier's."""
    seen: dict[str, set[str]] = defaultdict(set)
    for dossier, state in zip(dossiers, states, strict=True):
        if state:
            seen[dossier].add(state)
    return any(len(several) > 1 for several in seen.values())
