"""The log of real dossiers as plain values: what a source recorded, after its columns were understood.

Moments are aware datetimes in Asia/Ho_Chi_Minh. Nothing here is judged; see `chuan.checking`. Nobody changes these
values; events and dossiers alone are not declared frozen, because making a frozen one takes four times as long and
there are hundreds of thousands of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chuan.text.messages import Message


class EventKind(StrEnum):
    """What an event does: a step of the work, or a turn of the clock that leaves before alignment (facts 3.9)."""

    STEP = "step"
    RECEIVED = "received"  # status "Được tiếp nhận": the complete dossier was received
    SUPPLEMENT = "supplement"  # asked the citizen to complete the dossier
    RESUBMITTED = "resubmitted"  # the citizen completed it
    PAUSED = "paused"
    RESUMED = "resumed"
    PAYMENT = "payment"  # waits for the citizen's financial obligation
    PAID = "paid"
    RESULT_READY = "result_ready"  # "Đã xử lý xong"
    RETURNED = "returned"  # "Đã trả kết quả"
    REFUSED = "refused"
    NOT_RECEIVED = "not_received"  # the dossier was refused before it was received: no clock ever ran
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    STATUS = "status"  # any other status change: no turn of the clock


@dataclass(frozen=True, slots=True)
class Pushed:
    """What an event that a system sent by itself brings along, so that a dossier is its events, in whatever order they
    came. `order` tells events of one moment apart; of one event the highest `revision` counts. `says` is what the
    event tells of the whole dossier: (fact, moment or day in ISO 8601, or words), by fact.
    """

    order: int = 0
    revision: int = 0
    says: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class Event:
    """One recorded event. `row` is the place in the source (1-based; 0 unknown); `position` is None when the source
    has no such column and "" when the cell is empty.

    `kind` comes from a column of states or kinds; from `activity` only when the whole of it names a state ("Yêu cầu bổ
    sung"). `activity` keeps the words of the source, so that a step of exactly that title can be preferred to the kind.
    `started_at` is when the work on it began, where the source says so: what came before was waiting.
    """

    at: datetime
    activity: str
    kind: EventKind = EventKind.STEP
    number: str = ""
    position: str | None = None
    id: str = ""
    row: int = 0
    started_at: datetime | None = None
    pushed: Pushed | None = None  # None: read from a file, where the rows together say what holds of the dossier


@dataclass(slots=True, unsafe_hash=True)
class Dossier:
    """One dossier: its events in time order (ties: order of the source) and what the source says of the whole.

    `whole_days` as in EventLog, for this dossier alone: known where dossiers of several files came together.
    """

    id: str
    events: tuple[Event, ...] = ()
    received_at: datetime | None = None  # a reception column; otherwise derived from the events
    filed_at: datetime | None = None
    source_due_at: datetime | None = None
    earlier_due_at: tuple[datetime, ...] = ()  # due dates that the source later moved
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    status: str = ""
    service_code: str = ""
    row: int = 0
    whole_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was kept out, or a value that was dropped: where, what stood there, why and how to mend it."""

    row: int
    column: str
    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class EventLog:
    """All dossiers of a source, with what was understood of its columns.

    `recorded` names what the source can show ("position", "received_at", "steps" …); what it cannot is not judged.
    `columns` maps each understood fact to the heading it was read from. `granularity` is "event", "dossier" or "steps".
    `whole_days` names the facts ("at", "due_at", "finished_at" …) whose source has days without a time of day: midnight
    there means the day, not 00:00.
    """

    dossiers: tuple[Dossier, ...]
    granularity: str = "event"
    columns: Mapping[str, str] | None = None
    recorded: frozenset[str] = frozenset()
    bad_rows: tuple[BadRow, ...] = ()
    duplicates: tuple[BadRow, ...] = ()
    notes: tuple[Message, ...] = ()
    source: str = ""
    whole_days: frozenset[str] = frozenset()
