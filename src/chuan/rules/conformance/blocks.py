"""Blocks of a model put together: one after the other, instead of each other, beside each other, again and again.

A `Block` starts in its state 0 and is complete in its last state. Blocks are joined by making two states one, which is
sound only where no arc leads back into a first state or on from a last one; elsewhere a silent arc keeps them apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod

from chuan.rules.conformance.automaton import SILENT, Arc, ModelTooLarge, bits, merged


@dataclass(frozen=True, slots=True)
class Block:
    """`entered`: an arc leads back into the first state. `left`: an arc leads on from the last state.

    `repeats`: the last state leads silently to the first (a loop without a step on the way back).
    """

    states: int
    arcs: tuple[Arc, ...]
    entered: bool = False
    left: bool = False
    repeats: bool = False


def step(label: int) -> Block:
    """Return the block of one step (or of nothing, with SILENT)."""
    return Block(2, (Arc(label, 1, 1),))


NOTHING = step(SILENT)


def in_sequence(parts: Sequence[Block], cap: int) -> Block:
    """Return the parts one after the other."""
    return reduce(lambda a, b: _after(a, b, cap), parts)


def one_of(parts: Sequence[Block], cap: int) -> Block:
    """Return the choice of exactly one part."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and NOTHING in parts:
        other = parts[1] if parts[0] == NOTHING else parts[0]
        if other.repeats:  # first and last state are as good as one: doing nothing may start in either
            skip = Arc(SILENT, other.states - 1, 1)
            return Block(other.states, merged((*other.arcs, skip)), entered=True, left=True)
    clean = [_guarded(part) for part in parts]
    total = 2 + sum(part.states - 2 for part in clean)
    _check(total, cap)
    arcs: list[Arc] = []
    inner = 1
    for part in clean:
        arcs += placed(part, 0, inner, total - 1)
        inner += part.states - 2
    return Block(total, merged(arcs))


def beside(parts: Sequence[Block], cap: int) -> Block:
    """Return the parts beside each other. Raises ModelTooLarge before anything large is built."""
    _check(prod(part.states for part in parts), cap)
    return reduce(_product, parts)


def again(do: Block, redo: Block, cap: int) -> Block:
    """Return `do`, then any number of times `redo` and `do`."""
    if redo == NOTHING:
        back = Arc(SILENT, 1 - do.states, 1 << (do.states - 1))
        return Block(do.states, merged((*do.arcs, back)), entered=True, left=True, repeats=True)
    clean = _guarded(redo)
    total = do.states + clean.states - 2
    _check(total, cap)
    arcs = (*placed(do, 0, 1, total - 1), *placed(clean, total - 1, do.states - 1, 0))
    return Block(total, merged(arcs), entered=True, left=True)


def _check(states: int, cap: int) -> None:
    if states > cap:
        raise ModelTooLarge(states, cap)


def _after(a: Block, b: Block, cap: int) -> Block:
    apart = a.left and b.entered
    offset = a.states if apart else a.states - 1
    _check(offset + b.states, cap)
    arcs = [*a.arcs, *(Arc(arc.label, arc.shift, arc.sources << offset) for arc in b.arcs)]
    if apart:
        arcs.append(Arc(SILENT, 1, 1 << (a.states - 1)))
    return Block(offset + b.states, merged(arcs), a.entered, b.left)


def _guarded(part: Block) -> Block:
    """Return `part` with a silent arc before and behind it where its first or last state is not its own."""
    arcs, states = part.arcs, part.states
    if part.entered:
        arcs = (Arc(SILENT, 1, 1), *(Arc(arc.label, arc.shift, arc.sources << 1) for arc in arcs))
        states += 1
    if part.left:
        arcs = (*arcs, Arc(SILENT, 1, 1 << (states - 1)))
        states += 1
    return Block(states, merged(arcs))


def placed(part: Block, first: int, inner: int, last: int) -> Iterator[Arc]:
    """Yield the arcs of `part` with its first state at `first`, its last at `last`, the others from `inner` on."""
    end = part.states - 1

    def place(state: int) -> int:
        return first if state == 0 else last if state == end else inner + state - 1

    for arc in part.arcs:
        special = arc.sources & _borders(end, arc.shift)
        for state in bits(special):
            yield Arc(arc.label, place(state + arc.shift) - place(state), 1 << place(state))
        yield Arc(arc.label, arc.shift, ((arc.sources ^ special) >> 1) << inner)


def _borders(end: int, shift: int) -> int:
    """Return the states that are, or lead over `shift` to, the first or the last state."""
    border = 1 | 1 << end
    for state in (-shift, end - shift):
        if 0 <= state <= end:
            border |= 1 << state
    return border


def _product(a: Block, b: Block) -> Block:
    """Return both beside each other: state (i, j) is i * b.states + j."""
    row = (1 << b.states) - 1
    every_row = ((1 << (a.states * b.states)) - 1) // row
    arcs = [Arc(arc.label, arc.shift, arc.sources * every_row) for arc in b.arcs]
    for arc in a.arcs:
        spread = sum(row << (state * b.states) for state in bits(arc.sources))
        arcs.append(Arc(arc.label, arc.shift * b.states, spread))
    return Block(a.states * b.states, merged(arcs), a.entered or b.entered, a.left or b.left)
