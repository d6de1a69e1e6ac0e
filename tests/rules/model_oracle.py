"""A slow, independent meaning of process trees, to test the engine against: rewriting of terms and plain Dijkstra."""

import heapq
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from chuan.rules.processtree import TAU, Kind, Tree, choice, leaf, loop, parallel, sequence

DONE = sequence()


def _then(first: Tree, rest: tuple[Tree, ...]) -> Tree:
    """Return the shortest term of `first` and then `rest`, so that a loop comes back to an equal term."""
    parts = (*(first.children if first.kind is Kind.SEQUENCE else (first,)), *rest)
    return parts[0] if len(parts) == 1 else sequence(*parts)


def next_terms(term: Tree) -> Iterator[tuple[str | None, Tree]]:
    """Yield each (activity, or None for nothing, what remains) that can happen first."""
    first, rest = term.children[:1], term.children[1:]
    match term.kind:
        case Kind.LEAF:
            yield term.label, DONE
        case Kind.SILENT:
            yield None, DONE
        case Kind.SEQUENCE if first and first[0] == DONE:
            yield None, _then(DONE, rest)
        case Kind.SEQUENCE if first:
            yield from ((label, _then(after, rest)) for label, after in next_terms(first[0]))
        case Kind.CHOICE:
            yield from ((None, child) for child in term.children)
        case Kind.PARALLEL if all(child == DONE for child in term.children):
            yield None, DONE
        case Kind.PARALLEL:
            for place, child in enumerate(term.children):
                for label, after in next_terms(child):
                    yield label, parallel(*term.children[:place], after, *term.children[place + 1 :])
        case Kind.LOOP:
            do, redo = term.children
            yield None, _then(do, (choice(TAU, _then(redo, (term,))),))


def slow_cost(tree: Tree, trace: Sequence[str]) -> int:
    """Return the cost of an optimal alignment by Dijkstra over (what remains of the tree, events used)."""
    queue: list[tuple[int, int, int, Tree]] = [(0, 0, 0, tree)]
    seen: set[tuple[Tree, int]] = set()
    tie = 0
    while queue:
        cost, _, used, term = heapq.heappop(queue)
        if (term, used) in seen:
            continue
        seen.add((term, used))
        if term == DONE and used == len(trace):
            return cost
        moves = [(cost + (label is not None), used, after) for label, after in next_terms(term)]
        if used < len(trace):
            moves.append((cost + 1, used + 1, term))
            moves += [(cost, used + 1, after) for label, after in next_terms(term) if label == trace[used]]
        for price, place, after in moves:
            tie += 1
            heapq.heappush(queue, (price, tie, place, after))
    raise AssertionError("a process tree can always be completed")


def trees(letters: Sequence[str] = "abcd", leaves: int = 6) -> st.SearchStrategy[Tree]:
    """Return small random trees; activities may repeat."""
    ends = st.one_of(st.sampled_from(letters).map(leaf), st.just(TAU))

    def grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda parts: sequence(*parts)),
            several.map(lambda parts: choice(*parts)),
            several.map(lambda parts: parallel(*parts)),
            st.tuples(inner, inner).map(lambda two: loop(*two)),
        )

    return st.recursive(ends, grown, max_leaves=leaves)


def traces(letters: Sequence[str] = "abcdz", length: int = 6) -> st.SearchStrategy[list[str]]:
    """Return small random traces; the last letter is in no model."""
    return st.lists(st.sampled_from(letters), max_size=length)
