"""Optimal alignments: how a dossier's events and the steps of the model fit together at the lowest cost.

Unit costs: a step of the model that no event shows (skip) and an event that is no step here (extra) cost 1 each, silent
arcs nothing. The cost is exact. Of the alignments of lowest cost one is chosen, always the same: events in order, each
is matched if it can be (the earliest occurrence is kept, and a step is rather skipped than an event called extra), with
the fewest skips before it, the skipped steps in the order of the model. Between two matched events skips come first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from chuan.rules.conformance.automaton import Automaton
from chuan.rules.conformance.costs import CostsToGo, SuffixTree, Symbol
from chuan.rules.conformance.moves import Alignment, Move, MoveKind
from chuan.rules.conformance.walk import Walk

Activity = int | Symbol
"""What an event is to the model: the index of a label, -1 for none, or all labels that it can mean."""

_BITS_IN_HAND = 1_000_000_000


def align(model: Automaton, traces: Sequence[Sequence[Activity]]) -> list[Alignment]:
    """Return the optimal alignment of every trace, in the order of `traces`. Equal traces are worked out once."""
    found: dict[tuple[Symbol, ...], Alignment] = {}
    ways = _ways(model, traces)
    for some in _batches(ways, model):
        tree = SuffixTree(some)
        table = CostsToGo(model, tree)
        walk = Walk(model, tree, table)
        for number, way in enumerate(some):
            found[way] = Alignment(table.costs[number], _named(way, walk.moves(number, way)))
    return [found[way] for way in ways]


def align_costs(model: Automaton, traces: Sequence[Sequence[Activity]]) -> list[int]:
    """Return the cost of the optimal alignment of every trace, without the moves."""
    found: dict[tuple[Symbol, ...], int] = {}
    ways = _ways(model, traces)
    for some in _batches(ways, model):
        found.update(zip(some, CostsToGo(model, SuffixTree(some)).costs, strict=True))
    return [found[way] for way in ways]


def cheapest_run(model: Automaton) -> int:
    """Return the fewest steps of a complete run: the cost of a dossier without events."""
    return align_costs(model, [()])[0]


def best(models: Sequence[Automaton], traces: Sequence[Sequence[Sequence[Activity]]]) -> list[tuple[int, Alignment]]:
    """Return for every dossier the model that explains it at the lowest cost (of equals the first), and how.

    `traces` has one list per model, because the same event may be another label (or none) in each.
    """
    costs = [align_costs(model, own) for model, own in zip(models, traces, strict=True)]
    chosen = [min(range(len(models)), key=lambda one: costs[one][dossier]) for dossier in range(len(traces[0]))]
    found: list[tuple[int, Alignment] | None] = [None] * len(chosen)
    for number, model in enumerate(models):
        mine = [dossier for dossier, one in enumerate(chosen) if one == number]
        for dossier, alignment in zip(mine, align(model, [traces[number][one] for one in mine]), strict=True):
            found[dossier] = (number, alignment)
    return [one for one in found if one is not None]


def fitness(cost: int, events: int, cheapest: int) -> float:
    """Return 1 - cost / (events + cheapest run): 1.0 for a perfect fit, and where both are 0."""
    worst = events + cheapest
    return 1 - cost / worst if worst else 1.0


def _ways(model: Automaton, traces: Sequence[Sequence[Activity]]) -> list[tuple[Symbol, ...]]:
    """Return the traces with each event as the labels that it can mean."""
    alone: list[Symbol] = [*((label,) for label in range(len(model.labels))), ()]  # the last one is what -1 finds
    return [_way(trace, alone) for trace in traces]


def _way(trace: Sequence[Activity], alone: Sequence[Symbol]) -> tuple[Symbol, ...]:
    try:
        return tuple([alone[each if each >= 0 else -1] for each in cast("Sequence[int]", trace)])
    except (TypeError, IndexError):  # an event that can mean several steps, or a label that the model does not have
        return tuple(_symbol(each) for each in trace)


def _symbol(activity: Activity) -> Symbol:
    if isinstance(activity, int):
        return (activity,) if activity >= 0 else ()
    return tuple(sorted({label for label in activity if label >= 0}))


def _batches(ways: Sequence[tuple[Symbol, ...]], model: Automaton) -> Iterator[list[tuple[Symbol, ...]]]:
    """Yield the distinct ways, those that end alike together, so few at a time that their table fits into memory."""
    distinct = sorted(set(ways), key=lambda way: way[::-1])
    room = _BITS_IN_HAND // (model.states + 300)
    batch: list[tuple[Symbol, ...]] = []
    events = 0
    for way in distinct:
        if batch and events + len(way) > room // 8:
            yield batch
            batch, events = [], 0
        batch.append(way)
        events += len(way)
    if batch:
        yield batch


def _named(way: Sequence[Symbol], moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return the moves; extra events that can mean several steps name a skipped one (each once), or a matched one."""
    if all(len(symbol) <= 1 for symbol in way):
        return tuple(moves)
    skipped = [move.label for move in moves if move.kind is MoveKind.SKIP]
    matched = [move.label for move in moves if move.kind is MoveKind.SYNC]
    named: list[Move] = []
    for move in moves:
        if move.kind is MoveKind.EXTRA and move.event_index is not None:
            move = replace(move, label=_best_name(way[move.event_index], skipped, matched))
        named.append(move)
    return tuple(named)


def _best_name(symbol: Symbol, skipped: list[int | None], matched: Sequence[int | None]) -> int | None:
    for label in symbol:
        if label in skipped:
            skipped.remove(label)
            return label
    return next((label for label in symbol if label in matched), symbol[0] if symbol else None)
