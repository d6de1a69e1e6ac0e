"""From a written procedure or a process tree to the automaton that dossiers are aligned against.

A label of a compiled tree is an activity, numbered by first appearance; a label of a compiled variant is the index of
its step. A model above the cap of states is refused with the reason; nothing is approximated.
"""

from collections.abc import Iterator
from itertools import combinations

from chuan.rules.conformance.automaton import STATE_CAP, Automaton, ModelError, ModelTooLarge
from chuan.rules.conformance.blocks import NOTHING, Block, again, beside, in_sequence, one_of, step
from chuan.rules.procedure.rows import Pair, rows_beside, rows_block
from chuan.rules.procedure.structure import Variant
from chuan.rules.processtree import Kind, Tree

__all__ = ["STATE_CAP", "Automaton", "ModelError", "ModelTooLarge", "compile_tree", "compile_variant"]


def compile_tree(tree: Tree, cap: int = STATE_CAP) -> Automaton:
    """Return the automaton of `tree`. Raises ModelTooLarge above `cap` states."""
    labels = {label: index for index, label in enumerate(dict.fromkeys(one.label for one in tree.leaves()))}
    block = _block(tree, labels, cap)
    return Automaton(block.states, block.arcs, tuple(labels), frozenset(_both_ways(_beside(tree, labels))))


def compile_variant(variant: Variant, cap: int = STATE_CAP) -> Automaton:
    """Return the automaton of the steps of `variant`; without structure it is their plain sequence.

    Raises ModelTooLarge above `cap` states, and ModelError naming the step when a link leads to no step or no way leads
    to the end.
    """
    block = rows_block(variant.steps, cap)
    titles = tuple(one.title for one in variant.steps)
    return Automaton(block.states, block.arcs, titles, frozenset(_both_ways(rows_beside(variant.steps))))


def _block(tree: Tree, labels: dict[str, int], cap: int) -> Block:
    if tree.kind is Kind.LEAF:
        return step(labels[tree.label])
    if tree.kind is Kind.SILENT:
        return NOTHING
    parts = [_block(child, labels, cap) for child in tree.children]
    match tree.kind:
        case Kind.SEQUENCE:
            return in_sequence(parts, cap)
        case Kind.CHOICE:
            return one_of(parts, cap)
        case Kind.PARALLEL:
            return beside(parts, cap)
        case _:
            return again(parts[0], parts[1], cap)


def _beside(tree: Tree, labels: dict[str, int]) -> Iterator[Pair]:
    """Yield the pairs of labels in different branches of one parallel block."""
    if tree.kind is Kind.PARALLEL:
        for one, other in combinations(tree.children, 2):
            yield from ((labels[a.label], labels[b.label]) for a in one.leaves() for b in other.leaves())
    for child in tree.children:
        yield from _beside(child, labels)


def _both_ways(pairs: Iterator[Pair]) -> Iterator[Pair]:
    for a, b in pairs:
        yield a, b
        yield b, a
