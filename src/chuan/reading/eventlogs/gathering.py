"""Puts the rows of a source together: one dossier out of many rows, one event out of equal rows, all in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from chuan.rules.eventlog import BadRow, Dossier, Event, EventKind, EventLog
from chuan.text.messages import BadInput, Message, message
from chuan.text.vietnamese import fold_words

_Told = TypeVar("_Told")
_BY_TIME = attrgetter("at")


@dataclass(slots=True)
class _Draft:
    """A dossier in the making. `dues` and `states` keep the moment of their row, None in exports without one."""

    row: int
    events: list[Event] = field(default_factory=list)
    keys: set[tuple[str, str, datetime, str | None]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    received: list[datetime] = field(default_factory=list)
    dues: list[tuple[datetime | None, datetime]] = field(default_factory=list)
    states: list[tuple[datetime | None, str]] = field(default_factory=list)
    moments: dict[str, datetime] = field(default_factory=dict)
    service_code: str = ""


class _Folded(dict[str, str]):
    """Words by their folded form, each distinct text folded once."""

    def __missing__(self, text: str) -> str:
        self[text] = folded = fold_words(text) or text
        return folded


class Gathering:
    """Collects events and facts in the order of the source, then gives the log. `granularity` as in EventLog.

    `join_equal`: events equal in step (folded words), time and position are one (the same id always is).
    """

    def __init__(self, granularity: str, *, join_equal: bool = True) -> None:
        self.granularity = granularity
        self._join_equal = join_equal
        self.bad_rows: list[BadRow] = []
        self.notes: list[Message] = []
        self.whole_days: set[str] = set()
        self._duplicates: list[BadRow] = []
        self._drafts: dict[str, _Draft] = {}
        self._folded = _Folded()

    def dossier(self, dossier: str, row: int) -> None:
        """Make sure that `dossier` exists; `row` is where it was first seen."""
        if dossier not in self._drafts:
            self._drafts[dossier] = _Draft(row)

    def event(self, dossier: str, event: Event) -> None:
        """Add an event, unless one equal in step, time and position, or with the same id, is there already."""
        draft = self._drafts.get(dossier)
        if draft is None:
            draft = self._drafts[dossier] = _Draft(event.row)
        key = (self._folded[event.activity], event.number, event.at, event.position)
        if (self._join_equal and key in draft.keys) or (event.id and event.id in draft.ids):
            again = message("eventlogs.same_event", dossier=dossier, activity=event.activity)
            self._duplicates.append(BadRow(event.row, "", event.id or event.activity, again))
            return
        draft.keys.add(key)
        if event.id:
            draft.ids.add(event.id)
        draft.events.append(event)

    def moment(self, dossier: str, fact: str, at: datetime, row_at: datetime | None = None) -> None:
        """Add what a row says of the whole dossier; `row_at` is the time of that row, when it is an event."""
        draft = self._drafts[dossier]
        if fact == "received_at":
            draft.received.append(at)
        elif fact == "due_at":
            draft.dues.append((row_at, at))
        else:
            draft.moments[fact] = at

    def word(self, dossier: str, fact: str, text: str, row_at: datetime | None = None) -> None:
        """Add a state or the code of the public service."""
        if fact == "status":
            self._drafts[dossier].states.append((row_at, text))
        else:
            self._drafts[dossier].service_code = text

    def bad(self, row: int, column: str, value: str, reason: Message) -> None:
        """List a row that was kept out or a value that was dropped."""
        self.bad_rows.append(BadRow(row, column, value, reason))

    def log(self, columns: dict[str, str], source: str) -> EventLog:
        """Return the log. Raises BadInput when nothing usable came together."""
        dues_are_of_steps = self.granularity == "event" and self._dues_vary()
        if dues_are_of_steps:
            self.whole_days.discard("due_at")
            self.notes.append(message("eventlogs.due_of_steps", column=columns.pop("due_at")))
        dossiers = tuple(_dossier(name, draft, not dues_are_of_steps) for name, draft in self._drafts.items())
        if not any(dossier.events for dossier in dossiers) and self.granularity != "dossier":
            raise self._nothing_usable("eventlogs.no_events")
        if not dossiers:
            raise self._nothing_usable("eventlogs.no_dossiers")
        self._note_order(dossiers)
        self._note_whole_days(columns)
        return EventLog(
            dossiers=dossiers,
            granularity=self.granularity,
            columns=columns,
            recorded=_recorded(dossiers, columns),
            bad_rows=tuple(self.bad_rows),
            duplicates=tuple(self._duplicates),
            notes=tuple(self.notes),
            source=source,
            whole_days=frozenset(self.whole_days),
        )

    def _nothing_usable(self, code: str) -> BadInput:
        if not self.bad_rows:
            return BadInput("eventlogs.only_headings")
        first = self.bad_rows[0]
        return BadInput(code, bad=len(self.bad_rows), row=first.row, value=first.value)

    def _dues_vary(self) -> bool:
        """Tell whether most dossiers of several rows have a new due date on every row: then it is each step's own."""
        several = [draft.dues for draft in self._drafts.values() if len(draft.dues) >= 2]
        return bool(several) and 2 * sum(_all_differ(dues) for dues in several) > len(several)

    def _note_order(self, dossiers: Iterable[Dossier]) -> None:
        early = sum(1 for dossier in dossiers if self._starts_early(dossier))
        if early:
            self.notes.append(message("eventlogs.events_before_reception", count=early))

    def _note_whole_days(self, columns: dict[str, str]) -> None:
        named = [f"«{columns[fact]}»" for fact in sorted(self.whole_days) if fact in columns]
        if named:
            self.notes.append(message("eventlogs.whole_days", columns=", ".join(named)))
        if len(named) < len(self.whole_days):
            self.notes.append(message("eventlogs.whole_days_of_steps"))

    def _starts_early(self, dossier: Dossier) -> bool:
        if dossier.received_at is None or not dossier.events:
            return False
        first = dossier.events[0].at
        if {"at", "received_at"} & self.whole_days:
            return first.date() < dossier.received_at.date()
        return first < dossier.received_at


def _all_differ(dues: list[tuple[datetime | None, datetime]]) -> bool:
    return len({due for _, due in dues}) == len(dues) >= 2


def _dossier(name: str, draft: _Draft, with_due: bool) -> Dossier:
    draft.events.sort(key=_BY_TIME)
    dues = _in_time_order(draft.dues) if with_due else []
    earlier = tuple(due for due, following in pairwise(dues) if due != following)
    states = _in_time_order(draft.states)
    return Dossier(
        id=name,
        events=tuple(draft.events),
        received_at=min(draft.received, default=None),
        filed_at=draft.moments.get("filed_at"),
        source_due_at=dues[-1] if dues else None,
        earlier_due_at=earlier,
        finished_at=draft.moments.get("finished_at"),
        returned_at=draft.moments.get("returned_at"),
        status=states[-1] if states else "",
        service_code=draft.service_code,
        row=draft.row,
    )


def _in_time_order(told: Sequence[tuple[datetime | None, _Told]]) -> list[_Told]:
    """Return what rows told in the order of their moments; of rows without one in the order of the source."""
    if len(told) < 2:
        return [what for _, what in told]
    timed = [(at, what) for at, what in told if at is not None]
    if len(timed) == len(told):
        return [what for _, what in sorted(timed, key=lambda pair: pair[0])]
    return [what for _, what in told]


def _recorded(dossiers: Iterable[Dossier], columns: dict[str, str]) -> frozenset[str]:
    told = {fact for fact in columns if fact not in ("dossier", "activity", "at", "started_at", "transition", "kind")}
    if any(event.kind is EventKind.STEP for dossier in dossiers for event in dossier.events):
        told.add("steps")
    return frozenset(told)
