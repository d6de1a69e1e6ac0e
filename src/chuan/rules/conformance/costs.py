"""Exact alignment costs of many traces at once: one table of costs to go, shared by all traces that end alike.

For every suffix of a trace, the states from which it can be completed at a cost of at most k are one set: those that
reach such a state of the shorter suffix with a step of the event's label, those from which the event is extra (k - 1),
and those from which leaving a step out leads there (k - 1). The sets for k = 0, 1, 2 … are filled in only for suffixes
of traces whose cost is not known yet, so well-behaved dossiers cost one pass.
"""

from collections.abc import Sequence

from chuan.rules.conformance.automaton import Automaton
from chuan.rules.conformance.stepping import Stepping

Symbol = tuple[int, ...]
"""The labels that an event can mean, ascending; empty for an event that no step of the model explains."""


class SuffixTree:
    """The suffixes of traces as nodes of a tree; node 0 is the empty suffix, a longer suffix has a higher number."""

    def __init__(self, traces: Sequence[Sequence[Symbol]]) -> None:
        self.shorter: list[int] = [0]
        self.symbols: list[int] = [-1]
        self.alphabet: list[Symbol] = []
        self._numbers: dict[Symbol, int] = {}
        self._nodes: list[dict[Symbol, int]] = [{}]
        self.whole: list[int] = [self._add(trace) for trace in traces]

    def _add(self, trace: Sequence[Symbol]) -> int:
        node, nodes = 0, self._nodes
        for symbol in reversed(trace):
            longer = nodes[node].get(symbol)
            node = self._longer(node, symbol) if longer is None else longer
        return node

    def _longer(self, node: int, symbol: Symbol) -> int:
        number = self._numbers.get(symbol)
        if number is None:
            number = self._numbers[symbol] = len(self.alphabet)
            self.alphabet.append(symbol)
        longer = self._nodes[node][symbol] = len(self._nodes)
        self._nodes.append({})
        self.shorter.append(node)
        self.symbols.append(number)
        return longer


class CostsToGo:
    """`levels[k][node]` is the set of states from which the suffix can be completed at cost k or less.

    A node that no open trace needs any more has 0 there. `costs` has one entry per trace; `back` is the model from its
    end.
    """

    def __init__(self, model: Automaton, tree: SuffixTree) -> None:
        self.back = Stepping(model, backwards=True)
        self._tree = tree
        self._steps: list[dict[int, int]] = [{} for _ in tree.alphabet]
        self._final = self.back.closed(1 << model.final)
        self.levels: list[list[int]] = []
        self.costs: list[int] = [-1] * len(tree.whole)
        open_traces = list(range(len(tree.whole)))
        nodes: Sequence[int] = range(1, len(tree.shorter))
        while open_traces:
            self.levels.append(self._level(nodes))
            open_traces = self._settle(open_traces, 1 << model.initial)
            nodes = self._needed(open_traces)

    def _level(self, nodes: Sequence[int]) -> list[int]:
        if not self.levels:
            return self._first_level(nodes)
        shorter, symbols, alphabet, steps = self._tree.shorter, self._tree.symbols, self._tree.alphabet, self._steps
        leaving_out, with_step = self.back.leaving_out, self.back.with_step
        cheaper = self.levels[-1]
        level = [0] * len(shorter)
        level[0] = cheaper[0] | leaving_out(cheaper[0])
        for node in nodes:
            rest = shorter[node]
            symbol = symbols[node]
            matched = steps[symbol].get(level[rest])
            if matched is None:
                matched = steps[symbol][level[rest]] = with_step(level[rest], alphabet[symbol])
            level[node] = matched | cheaper[rest] | leaving_out(cheaper[node])
        return level

    def _first_level(self, nodes: Sequence[int]) -> list[int]:
        shorter, symbols, alphabet, steps = self._tree.shorter, self._tree.symbols, self._tree.alphabet, self._steps
        level = [0] * len(shorter)
        level[0] = self._final
        for node in nodes:
            states = level[shorter[node]]
            if states:
                symbol = symbols[node]
                matched = steps[symbol].get(states)
                if matched is None:
                    matched = steps[symbol][states] = self.back.with_step(states, alphabet[symbol])
                level[node] = matched
        return level

    def _settle(self, open_traces: Sequence[int], initial: int) -> list[int]:
        """Write down the cost of traces whose whole suffix can start at `initial`; return those still open."""
        level, cost = self.levels[-1], len(self.levels) - 1
        still_open = []
        for trace in open_traces:
            if level[self._tree.whole[trace]] & initial:
                self.costs[trace] = cost
            else:
                still_open.append(trace)
        return still_open

    def _needed(self, open_traces: Sequence[int]) -> list[int]:
        """Return the nodes of all suffixes of the open traces, shorter ones first."""
        seen: set[int] = set()
        for trace in open_traces:
            node = self._tree.whole[trace]
            while node and node not in seen:
                seen.add(node)
                node = self._tree.shorter[node]
        return sorted(seen)
