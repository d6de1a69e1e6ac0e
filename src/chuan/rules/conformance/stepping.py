"""How sets of states move: with a step, silently, by leaving any step out; backwards and forwards.

A set of states is one integer (state i is bit i), so a whole set moves in a few shifts. What was asked is remembered.
"""

from collections.abc import Sequence

from chuan.rules.conformance.automaton import SILENT, Arc, Automaton


class Way:
    """The bundles of some labels in one direction, ready to shift: up (towards higher bits) and down."""

    def __init__(self, arcs: Sequence[Arc], *, backwards: bool) -> None:
        sources: dict[int, int] = {}
        for arc in arcs:
            sources[arc.shift] = sources.get(arc.shift, 0) | arc.sources
        masks = {}
        for shift, mask in sources.items():
            ends = mask << shift if shift >= 0 else mask >> -shift
            masks[-shift if backwards else shift] = ends if backwards else mask
        self.up = tuple((shift, mask) for shift, mask in sorted(masks.items()) if shift > 0)
        self.down = tuple((-shift, mask) for shift, mask in sorted(masks.items(), reverse=True) if shift < 0)
        self.stay = masks.get(0, 0)

    def step(self, states: int) -> int:
        """Return the states that one arc leads to."""
        reached = states & self.stay
        for shift, mask in self.up:
            if states & mask:
                reached |= (states & mask) << shift
        for shift, mask in self.down:
            if states & mask:
                reached |= (states & mask) >> shift
        return reached

    def close(self, states: int) -> int:
        """Return `states` and all that any number of arcs leads to."""
        new = states
        while new:
            new = self.step(new) & ~states
            states |= new
        return states


class Stepping:
    """One direction of a model. A result of `closed`, `with_step` and `leaving_out` includes all silent arcs."""

    def __init__(self, model: Automaton, *, backwards: bool) -> None:
        visible = [arc for arc in model.arcs if arc.label != SILENT]
        self._backwards = backwards
        self._arcs = visible
        self._silent = Way([arc for arc in model.arcs if arc.label == SILENT], backwards=backwards)
        self._any = Way(visible, backwards=backwards)
        self._of: dict[tuple[int, ...], tuple[Way, dict[int, int]]] = {}
        self._closed: dict[int, int] = {}
        self._left_out: dict[int, int] = {}

    def closed(self, states: int) -> int:
        """Return `states` with all that silent arcs lead to."""
        known = self._closed.get(states)
        if known is None:
            known = self._closed[states] = self._silent.close(states)
        return known

    def every(self, states: int) -> int:
        """Return all states that any run leads to from `states`."""
        reached = self.closed(states)
        while True:
            more = reached | self.leaving_out(reached)
            if more == reached:
                return reached
            reached = more

    def leaving_out(self, states: int) -> int:
        """Return where the model stands after one step that no event shows."""
        known = self._left_out.get(states)
        if known is None:
            known = self._left_out[states] = self.closed(self._any.step(states))
        return known

    def with_step(self, states: int, labels: tuple[int, ...]) -> int:
        """Return where the model stands after a step of one of `labels`."""
        of = self._of.get(labels)
        if of is None:
            chosen = [arc for arc in self._arcs if arc.label in labels]
            of = self._of[labels] = (Way(chosen, backwards=self._backwards), {})
        way, known = of
        reached = known.get(states)
        if reached is None:
            reached = known[states] = self.closed(way.step(states))
        return reached
