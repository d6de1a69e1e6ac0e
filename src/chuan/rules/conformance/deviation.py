"""What the moves of an alignment mean to people: skipped, inserted, repeated, out of order.

A skip and an extra event of the same step are one `out_of_order`. An extra event of a step that is matched elsewhere in
the dossier is `repeated`. The classification does not change the cost.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chuan.rules.conformance.moves import Move, MoveKind


class DeviationKind(StrEnum):
    """How a dossier left the written way."""

    SKIPPED = "skipped"
    INSERTED = "inserted"
    REPEATED = "repeated"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, slots=True)
class Deviation:
    """`label` is the step, None for an event that names none; `event_index` the event, None for a skipped step."""

    kind: DeviationKind
    label: int | None
    event_index: int | None


def deviations(moves: Sequence[Move]) -> tuple[Deviation, ...]:
    """Return the deviations in the order of the moves; an `out_of_order` stands where its event stands."""
    skips = Counter(move.label for move in moves if move.kind is MoveKind.SKIP and move.label is not None)
    matched = {move.label for move in moves if move.kind is MoveKind.SYNC}
    extras = Counter(move.label for move in moves if move.kind is MoveKind.EXTRA and move.label is not None)
    paired = skips & extras
    skips -= paired
    found: list[Deviation] = []
    for move in moves:
        if move.kind is MoveKind.EXTRA:
            found.append(Deviation(_extra(move.label, paired, matched), move.label, move.event_index))
        elif move.kind is MoveKind.SKIP and move.label is not None and skips[move.label] > 0:
            skips[move.label] -= 1
            found.append(Deviation(DeviationKind.SKIPPED, move.label, None))
    return tuple(found)


def _extra(label: int | None, paired: Counter[int], matched: set[int | None]) -> DeviationKind:
    if label is not None and paired[label] > 0:
        paired[label] -= 1
        return DeviationKind.OUT_OF_ORDER
    return DeviationKind.REPEATED if label in matched and label is not None else DeviationKind.INSERTED
