"""From the table of costs to go to one optimal alignment: a walk through the model, event by event.

The walk keeps the set of all states that an optimal alignment can be in after the choices made so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chuan.rules.conformance.automaton import Automaton
from chuan.rules.conformance.costs import CostsToGo, SuffixTree, Symbol
from chuan.rules.conformance.stepping import Stepping


@dataclass(frozen=True, slots=True)
class Gap:
    """What precedes a matched event (or, the last one, the end): skipped labels and the indexes of extra events."""

    skipped: tuple[int, ...]
    extras: tuple[int, ...]
    label: int = -1
    event: int = -1


class Walk:
    """Walks through one model along the traces of one table."""

    def __init__(self, model: Automaton, tree: SuffixTree, table: CostsToGo) -> None:
        self._tree = tree
        self._table = table
        self._on = Stepping(model, backwards=False)
        self._start = self._on.closed(1 << model.initial)
        self._end = table.back.closed(1 << model.final)
        self._labels = sorted({arc.label for arc in model.arcs if arc.label >= 0})

    def gaps(self, number: int, way: Sequence[Symbol]) -> list[Gap]:
        """Return the optimal alignment of trace `number`, which is `way`, as the gaps before its matched events."""
        left, node, states = self._table.costs[number], self._tree.whole[number], self._start
        extras: list[int] = []
        gaps: list[Gap] = []
        for event, symbol in enumerate(way):
            if not left and not extras and all(len(one) == 1 for one in way[event:]):
                return [*gaps, *(Gap((), (), way[each][0], each) for each in range(event, len(way)))]
            rest = self._tree.shorter[node]
            ahead = self._ahead(states, node, symbol, left)
            if ahead:
                goal = self._table.levels[left - len(ahead) + 1][rest]
                skipped, states = self._skip(ahead, self._table.back.with_step(goal, symbol))
                label, states = self._match(states, symbol, goal)
                gaps.append(Gap(skipped, tuple(extras), label, event))
                left, extras = left - len(skipped), []
            else:
                left -= 1
                states &= self._table.levels[left][rest]
                extras.append(event)
            node = rest
        return [*gaps, Gap(self._to_the_end(states, left), tuple(extras))]

    def _ahead(self, states: int, node: int, symbol: Symbol, left: int) -> list[int]:
        """Return where the model can stand after 0, 1, 2 … skips, up to the first time that the event can be matched.

        Empty when no optimal alignment matches it. `left` is the cost still to be spent.
        """
        rest = self._tree.shorter[node]
        ahead: list[int] = []
        current = states
        for spare in range(left, -1, -1):
            current &= self._table.levels[spare][node]
            ahead.append(current)
            if self._on.with_step(current, symbol) & self._table.levels[spare][rest]:
                return ahead
            current = self._on.leaving_out(current)
        return []

    def _skip(self, ahead: Sequence[int], goal: int) -> tuple[tuple[int, ...], int]:
        """Return the labels skipped on the way through the sets `ahead` to `goal`, and the states then reached."""
        back = self._table.back
        through = [ahead[-1] & goal]
        for states in reversed(ahead[:-1]):
            through.append(states & back.leaving_out(back.closed(through[-1])))
        through.reverse()
        skipped: list[int] = []
        current = through[0]
        for following in through[1:]:
            label, current = self._match(current, self._labels, following)
            skipped.append(label)
        return tuple(skipped), current

    def _match(self, states: int, labels: Sequence[int], goal: int) -> tuple[int, int]:
        """Return the first of `labels` that leads from `states` into `goal`, and the states it leads to."""
        for label in labels:
            reached = self._on.with_step(states, (label,)) & goal
            if reached:
                return label, reached
        raise AssertionError("the table of costs promises a way on")

    def _to_the_end(self, states: int, left: int) -> tuple[int, ...]:
        ahead = [states & self._table.levels[left][0]]
        for spare in range(left - 1, -1, -1):
            ahead.append(self._on.leaving_out(ahead[-1]) & self._table.levels[spare][0])
        return self._skip(ahead, self._end)[0]
