"""Tables with one row per event: a step that was completed, or a turn of the clock."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from chuan.reading.eventlogs.cells import Cells, Progress, Row
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
    }
)
"""States that, beside an activity, say that the row is not that activity's completion but a turn of the clock."""


@dataclass(frozen=True, slots=True)
class _Happening:
    activity: str
    kind: EventKind


def gather_events(cells: Cells, kinds: Kinds, gathering: Gathering, progress: Progress | None) -> None:
    """Add every row of `cells` to `gathering`; rows that cannot be used are listed there with the reason."""
    reader = _EventRows(cells, kinds, gathering)
    for number, row in cells.rows(progress):
        reader.take(number, row)
    if reader.unfinished:
        gathering.notes.append(message("eventlogs.unfinished", count=reader.unfinished))
    if reader.not_complete:
        gathering.notes.append(message("eventlogs.not_complete", count=reader.not_complete))
    cells.note_whole_days(gathering)


class _EventRows:
    """Understands one row at a time. `unfinished`: begun, not completed; `not_complete`: other transitions."""

    def __init__(self, cells: Cells, kinds: Kinds, gathering: Gathering) -> None:
        self._cells = cells
        self._kinds = kinds
        self._gathering = gathering
        self._state_is_of_the_event = _states_change(cells)
        self._only_complete = cells.has("transition") and any(
            cells.text(row, "transition").casefold() == "complete" for _, row in cells.rows(None)
        )
        self._facts = tuple(fact for fact in MOMENTS if cells.has(fact))
        self._has_position = cells.has("position")
        self.unfinished = 0
        self.not_complete = 0

    def take(self, number: int, row: Row) -> None:
        """Add the event of `row` and what the row says of its dossier."""
        cells, gathering = self._cells, self._gathering
        dossier = cells.text(row, "dossier")
        if not dossier:
            gathering.bad(number, "", "", message("eventlogs.row_without_dossier"))
            return
        if self._only_complete and cells.text(row, "transition").casefold() != "complete":
            self.not_complete += 1
            return
        at = self._moment(number, row)
        happening = self._happening(row)
        if at is None:
            return
        if happening is None:
            gathering.bad(number, "", dossier, message("eventlogs.row_without_activity", dossier=dossier))
            return
        gathering.event(dossier, self._event(number, row, at, happening))
        self._tell_of_the_dossier(dossier, number, row, at)

    def _event(self, number: int, row: Row, at: datetime, happening: _Happening) -> Event:
        text = self._cells.text
        position = text(row, "position") if self._has_position else None
        return Event(
            at, happening.activity, happening.kind, text(row, "number"), position, text(row, "event_id"), number
        )

    def _moment(self, number: int, row: Row) -> datetime | None:
        """Return when the row happened; without a time it is listed, or counted as begun and not completed."""
        listed = len(self._gathering.bad_rows)
        at = self._cells.moment(row, "at", number, self._gathering)
        if at is None and len(self._gathering.bad_rows) == listed:
            if self._cells.text(row, "started_at"):
                self.unfinished += 1
            else:
                dossier = self._cells.text(row, "dossier")
                self._gathering.bad(number, "", dossier, message("eventlogs.row_without_time", dossier=dossier))
        return at

    def _happening(self, row: Row) -> _Happening | None:
        """Return what happened: by the column of kinds, else by a state of this event, else by the activity."""
        cells, kinds = self._cells, self._kinds
        activity, state, kind_text = cells.text(row, "activity"), cells.text(row, "status"), cells.text(row, "kind")
        if kind_text and (kind := kinds.of_kind(kind_text)) not in (None, EventKind.STEP):
            return _Happening(activity or state or kind_text, kind or EventKind.STEP)
        if state and not cells.has("activity"):
            return _Happening(state, kinds.of_state(state) or EventKind.STEP)
        if state and self._state_is_of_the_event and (turn := kinds.of_state(state)) in TURNS:
            return _Happening(state, turn or EventKind.STEP)
        words = activity or cells.text(row, "number") or ("" if cells.has("activity") else kind_text)
        return _Happening(words, kinds.of_activity(words) or EventKind.STEP) if words else None

    def _tell_of_the_dossier(self, dossier: str, number: int, row: Row, at: datetime) -> None:
        for fact in self._facts:
            moment = self._cells.moment(row, fact, number, self._gathering)
            if moment is not None:
                self._gathering.moment(dossier, fact, moment, at)
        for fact in ("status", "service_code"):
            if text := self._cells.text(row, fact):
                self._gathering.word(dossier, fact, text, at)


def _states_change(cells: Cells) -> bool:
    """Tell whether the state differs between rows of one dossier: then it is the event's, else the dossier's."""
    if not (cells.has("status") and cells.has("activity")):
        return False
    seen: dict[str, set[str]] = defaultdict(set)
    for _, row in cells.rows(None):
        if state := cells.text(row, "status"):
            seen[cells.text(row, "dossier")].add(state)
    return any(len(states) > 1 for states in seen.values())
