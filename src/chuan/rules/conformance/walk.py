"""From the table of costs to go to one optimal alignment: a walk through the model, event by event.

The walk keeps the set of all states that an optimal alignment can be in after the choices made so far.
"""

from collections.abc import Sequence

from chuan.rules.conformance.automaton import Automaton
from chuan.rules.conformance.costs import CostsToGo, SuffixTree, Symbol
from chuan.rules.conformance.moves import Move, MoveKind
from chuan.rules.conformance.stepping import Stepping

_Choice = tuple[list[Move], int, int, int]
"""Skips before the event, the label it is matched to (-1: it is extra), the cost left, the states afterwards."""


class Walk:
    """Walks through one model along the traces of one table."""

    def __init__(self, model: Automaton, tree: SuffixTree, table: CostsToGo) -> None:
        self._tree = tree
        self._table = table
        self._on = Stepping(model, backwards=False)
        self._start = self._on.closed(1 << model.initial)
        self._end = table.back.closed(1 << model.final)
        self._labels = sorted({arc.label for arc in model.arcs if arc.label >= 0})
        self._chosen: dict[tuple[int, int, int], _Choice] = {}
        self._synced: dict[int, list[Move]] = {label: [] for label in self._labels}
        self._skips = {label: Move(MoveKind.SKIP, label, None) for label in self._labels}

    def moves(self, number: int, way: Sequence[Symbol]) -> list[Move]:
        """Return the optimal alignment of trace `number`, which is `way`: in each gap skips come before extras."""
        shorter, at, with_step = self._tree.shorter, self._table.at, self._on.with_step
        left, node = self._table.costs[number], self._tree.whole[number]
        states = self._start & at(left, node)
        ambiguous = max((event for event, symbol in enumerate(way) if len(symbol) > 1), default=-1)
        moves: list[Move] = []
        extras: list[Move] = []
        for event, symbol in enumerate(way):
            if not left and event > ambiguous:  # at no cost every event is matched
                return [*moves, *extras, *(self._sync(way[each][0], each) for each in range(event, len(way)))]
            rest = shorter[node]
            reached = with_step(states, symbol) & at(left, rest) if len(symbol) == 1 else 0
            if reached:
                moves += extras
                moves.append(self._sync(symbol[0], event))
                states, extras = reached, []
            else:
                skipped, label, left, states = self._choose(states, node, symbol, left)
                if label < 0:
                    extras.append(Move(MoveKind.EXTRA, symbol[0] if symbol else None, event))
                else:
                    moves += (*skipped, *extras, self._sync(label, event))
                    extras = []
            node = rest
        return [*moves, *self._to_the_end(states, left), *extras]

    def _sync(self, label: int, event: int) -> Move:
        known = self._synced[label]
        while len(known) <= event:
            known.append(Move(MoveKind.SYNC, label, len(known)))
        return known[event]

    def _choose(self, states: int, node: int, symbol: Symbol, left: int) -> _Choice:
        """Return how an event that does not simply match is explained; the same for all traces that end alike."""
        known = self._chosen.get((states, node, left))
        if known is None:
            known = self._chosen[states, node, left] = self._weighed(states, node, symbol, left)
        return known

    def _weighed(self, states: int, node: int, symbol: Symbol, left: int) -> _Choice:
        rest, at = self._tree.shorter[node], self._table.at
        ahead = self._ahead(states, node, symbol, left) if symbol else []
        if not ahead:
            return [], -1, left - 1, states & at(left - 1, rest)
        left -= len(ahead) - 1
        skipped, before = self._skip(ahead, self._table.back.with_step(at(left, rest), symbol))
        label, after = self._match(before, symbol, at(left, rest))
        return skipped, label, left, after

    def _ahead(self, states: int, node: int, symbol: Symbol, left: int) -> list[int]:
        """Return where the model can stand after 0, 1, 2 … skips, up to the first time that the event can be matched.

        Empty when no optimal alignment matches it. `left` is the cost still to be spent.
        """
        rest, at = self._tree.shorter[node], self._table.at
        ahead: list[int] = []
        current = states
        for spare in range(left, -1, -1):
            current &= at(spare, node)
            if not current:
                break
            ahead.append(current)
            if self._on.with_step(current, symbol) & at(spare, rest):
                return ahead
            current = self._on.leaving_out(current)
        return []

    def _skip(self, ahead: Sequence[int], goal: int) -> tuple[list[Move], int]:
        """Return the skips on the way through the sets `ahead` to `goal`, and the states then reached."""
        back = self._table.back
        through = [ahead[-1] & goal]
        for states in reversed(ahead[:-1]):
            through.append(states & back.leaving_out(back.closed(through[-1])))
        through.reverse()
        skipped: list[Move] = []
        current = through[0]
        for following in through[1:]:
            label, current = self._match(current, self._labels, following)
            skipped.append(self._skips[label])
        return skipped, current

    def _match(self, states: int, labels: Sequence[int], goal: int) -> tuple[int, int]:
        """Return the first of `labels` that leads from `states` into `goal`, and the states it leads to."""
        for label in labels:
            reached = self._on.with_step(states, (label,)) & goal
            if reached:
                return label, reached
        raise AssertionError("the table of costs promises a way on")

    def _to_the_end(self, states: int, left: int) -> list[Move]:
        if not left:
            return []
        ahead = [states & self._table.at(left, 0)]
        for spare in range(left - 1, -1, -1):
            ahead.append(self._on.leaving_out(ahead[-1]) & self._table.at(spare, 0))
        return self._skip(ahead, self._end)[0]
