"""Exact alignment costs of many traces at once: one table of costs to go, shared by all traces that end alike.

For every suffix of a trace, the states from which it can be completed at a cost of at most k are one set: those that
reach such a state of the shorter suffix with a step of the event's label, those from which the event is extra (k - 1),
and those from which leaving a step out leads there (k - 1). The sets are filled in for k = 0, 1, 2 … and only where
they say something: for suffixes of traces whose cost is not known yet, from the first state on until all states are in.
So well-behaved dossiers cost one pass, and one endless dossier its length times the length of the model.
"""

from collections.abc import Sequence

from chuan.rules.conformance.automaton import Automaton
from chuan.rules.conformance.stepping import Stepping

Symbol = tuple[int, ...]
"""The labels that an event can mean, ascending; empty for an event that no step of the model explains."""


class SuffixTree:
    """The suffixes of traces as nodes of a tree; node 0 is the empty suffix, a longer suffix has a higher number.

    `shorter` is each node's suffix without its first event, `symbols` the number of that event's symbol in `alphabet`,
    `longer` the nodes one event longer, `whole` the node of each trace.
    """

    def __init__(self, traces: Sequence[Sequence[Symbol]]) -> None:
        self.shorter: list[int] = [0]
        self.symbols: list[int] = [-1]
        self.longer: list[dict[Symbol, int]] = [{}]
        self.alphabet: list[Symbol] = []
        self._numbers: dict[Symbol, int] = {}
        self.whole: list[int] = [self._add(trace) for trace in traces]

    def _add(self, trace: Sequence[Symbol]) -> int:
        node, longer = 0, self.longer
        for symbol in reversed(trace):
            known = longer[node].get(symbol)
            node = self._grow(node, symbol) if known is None else known
        return node

    def _grow(self, node: int, symbol: Symbol) -> int:
        number = self._numbers.get(symbol)
        if number is None:
            number = self._numbers[symbol] = len(self.alphabet)
            self.alphabet.append(symbol)
        new = self.longer[node][symbol] = len(self.longer)
        self.longer.append({})
        self.shorter.append(node)
        self.symbols.append(number)
        return new


class CostsToGo:
    """The table: `at(k, node)` is the set of states from which the suffix can be completed at cost k or less.

    It is complete for every suffix of a trace up to the cost of that trace. `costs` has one entry per trace; `back` is
    the model from its end.
    """

    def __init__(self, model: Automaton, tree: SuffixTree) -> None:
        nodes = len(tree.shorter)
        self.back = Stepping(model, backwards=True)
        self.costs = [-1] * len(tree.whole)
        self._tree = tree
        self._steps: list[dict[int, int]] = [{} for _ in tree.alphabet]
        self._all = self.back.every(1 << model.final)
        self._levels: list[dict[int, int]] = []
        self._full_from: dict[int, int] = {}
        self._born = bytearray(nodes)
        self._needed = bytearray(b"\1") * nodes
        self._live: list[int] = []
        self._newborn: list[int] = []
        self._fill(1 << model.initial, self.back.closed(1 << model.final))

    def at(self, cost: int, node: int) -> int:
        """Return the states from which the suffix `node` can be completed at `cost` or less."""
        states = self._levels[cost].get(node)
        if states is None:
            return self._all if self._full_from.get(node, cost + 1) <= cost else 0
        return states

    def _fill(self, initial: int, final: int) -> None:
        self._first_level(final)
        open_traces = self._settle(range(len(self.costs)), initial)
        while open_traces:
            self._next_level()
            open_traces = self._settle(open_traces, initial)

    def _first_level(self, final: int) -> None:
        shorter, symbols, steps = self._tree.shorter, self._tree.symbols, self._steps
        level = {0: final}
        for node in range(1, len(shorter)):
            rest = level.get(shorter[node])
            if rest:
                states = steps[symbols[node]].get(rest)
                if states is None:
                    states = self._matched(node, rest)
                if states:
                    level[node] = states
        for node in level:
            self._born[node] = 1
        self._levels.append(level)
        self._live, self._newborn = list(level), list(level)

    def _next_level(self) -> None:
        """Fill in the sets for a cost one higher: of the nodes that have a set already, then of those that get one."""
        shorter, symbols, steps, full = self._tree.shorter, self._tree.symbols, self._steps, self._all
        cheaper, leaving_out, live = self._levels[-1], self.back.leaving_out, []
        level: dict[int, int] = {}
        self._levels.append(level)
        for node in self._live:
            states = cheaper[node] | leaving_out(cheaper[node])
            if node:
                rest = level.get(shorter[node], full)  # it has a set; where it is not noted, all states are in
                matched = steps[symbols[node]].get(rest)
                states |= self._matched(node, rest) if matched is None else matched
                states |= cheaper.get(shorter[node], full)
            if states == full:
                self._full_from[node] = len(self._levels) - 1
            else:
                level[node] = states
                live.append(node)
        self._live = live
        self._bear(cheaper, level)

    def _bear(self, cheaper: dict[int, int], level: dict[int, int]) -> None:
        """Give nodes their first set: those one event longer than a node that got its first set one cost before.

        From there a set is handed on to longer suffixes as far as their events match, at no more cost.
        """
        longer, born, needed, full = self._tree.longer, self._born, self._needed, self._all
        parents, self._newborn = self._newborn, []
        waiting = [
            (child, cheaper.get(node, full))
            for node in parents
            for child in longer[node].values()
            if needed[child] and not born[child]
        ]
        for node, extra in waiting:
            states = extra | self._matched(node, level.get(self._tree.shorter[node], full))
            if not states:
                continue
            born[node] = 1
            self._newborn.append(node)
            if states == full:
                self._full_from[node] = len(self._levels) - 1
            else:
                level[node] = states
                self._live.append(node)
            waiting += [(child, 0) for child in longer[node].values() if needed[child] and not born[child]]

    def _matched(self, node: int, states: int) -> int:
        """Return the states from which the event at `node` matches and leads to one of `states`."""
        symbol = self._tree.symbols[node]
        known = self._steps[symbol].get(states)
        if known is None:
            known = self._steps[symbol][states] = self.back.with_step(states, self._tree.alphabet[symbol])
        return known

    def _settle(self, open_traces: Sequence[int], initial: int) -> Sequence[int]:
        """Write down the cost of the traces that can start at the current cost; return those still open."""
        cost, whole = len(self._levels) - 1, self._tree.whole
        still_open = []
        for trace in open_traces:
            if self.at(cost, whole[trace]) & initial:
                self.costs[trace] = cost
            else:
                still_open.append(trace)
        if len(still_open) < len(open_traces):
            self._forget(still_open)
        return still_open

    def _forget(self, open_traces: Sequence[int]) -> None:
        """Leave out from now on all nodes that no open trace needs."""
        shorter, needed = self._tree.shorter, bytearray(len(self._needed))
        for trace in open_traces:
            node = self._tree.whole[trace]
            while not needed[node]:
                needed[node] = 1
                node = shorter[node]
        self._needed = needed
        self._live = [node for node in self._live if needed[node]]
        self._newborn = [node for node in self._newborn if needed[node]]
