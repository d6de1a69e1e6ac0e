"""The compiled model: states in a row, arcs in bundles, so that a set of states is one integer.

State i is bit i. An `Arc` bundles all arcs of one label that lead the same distance: from every state in the bit set
`sources` to the state `shift` places further on. In a product of parallel branches a step of one branch leads the same
distance from everywhere, so wide models stay small. Silent arcs are kept, at weight 0: removing them blows models up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chuan.text.messages import BadInput

SILENT = -1
STATE_CAP = 30_000


class ModelTooLarge(BadInput):
    """The model needs more states than may be kept; it is refused, never approximated."""

    def __init__(self, states: int, cap: int) -> None:
        super().__init__("conformance.model_too_large", states=states, cap=cap)
        self.states = states
        self.cap = cap


class ModelError(BadInput):
    """The structure cannot be run: a link to nowhere, or no way to the end."""


@dataclass(frozen=True, slots=True)
class Arc:
    """All arcs with this `label` (SILENT for none) that lead `shift` states on; `sources` is a bit set of states."""

    label: int
    shift: int
    sources: int


@dataclass(frozen=True, slots=True)
class Automaton:
    """A model that can be run: it starts in state 0 and is complete in the last state.

    `labels` words each label index. `beside` holds the pairs of labels in different branches of one parallel block.
    """

    states: int
    arcs: tuple[Arc, ...]
    labels: tuple[str, ...]
    beside: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)

    @property
    def initial(self) -> int:
        """The state before anything is done."""
        return 0

    @property
    def final(self) -> int:
        """The state in which a run is complete."""
        return self.states - 1

    def concurrent(self, a: int, b: int) -> bool:
        """Return whether the steps of labels `a` and `b` run beside each other, so neither waits for the other."""
        return (a, b) in self.beside

    def edges(self) -> Iterator[tuple[int, int, int]]:
        """Yield every single arc as (from, label, to)."""
        for arc in self.arcs:
            for source in bits(arc.sources):
                yield source, arc.label, source + arc.shift


def bits(states: int) -> Iterator[int]:
    """Yield the members of a bit set in ascending order."""
    while states:
        lowest = states & -states
        yield lowest.bit_length() - 1
        states ^= lowest


def bundled(edges: Iterable[tuple[int, int, int]]) -> tuple[Arc, ...]:
    """Return single arcs (from, label, to) as bundles."""
    return merged(Arc(label, target - source, 1 << source) for source, label, target in edges)


def merged(arcs: Iterable[Arc]) -> tuple[Arc, ...]:
    """Return the arcs with one bundle for each label and distance, in a fixed order."""
    sources: dict[tuple[int, int], int] = {}
    for arc in arcs:
        if arc.sources:
            sources[arc.label, arc.shift] = sources.get((arc.label, arc.shift), 0) | arc.sources
    return tuple(Arc(label, shift, sources[label, shift]) for label, shift in sorted(sources))
