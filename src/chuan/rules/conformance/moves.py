"""The values of an alignment: moves, in order."""

from dataclasses import dataclass
from enum import StrEnum


class MoveKind(StrEnum):
    """An event and a step together, a step without an event, an event without a step."""

    SYNC = "sync"
    SKIP = "skip"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Move:
    """`label` is the label index; of an extra event the step that it names, None when it names none.

    `event_index` is the place of the event in the trace, None for a skip.
    """

    kind: MoveKind
    label: int | None
    event_index: int | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The moves in order; `cost` is the number of skips and extras among them."""

    cost: int
    moves: tuple[Move, ...]
