"""The rows of a table of steps as a graph: what follows what, by row order, links, parallel parts and optional steps.

Semantics of `Step`: a row without links goes on to the next row, the last one to the end; links are all ways on.
Consecutive rows of one parallel group are one block: its branches run beside each other, the rows of a branch in order.
Links among rows of one branch stay in it; links that leave the group are ways on from the whole block; a link from
outside to any of its rows leads to its beginning. Leaving out an optional step leads the same ways on as doing it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from chuan.rules.conformance.automaton import SILENT, Arc, ModelError, ModelTooLarge, merged
from chuan.rules.conformance.blocks import NOTHING, Block, beside, one_of, placed, step
from chuan.rules.conformance.stepping import Way
from chuan.rules.procedure.links import target
from chuan.rules.procedure.structure import Step

END = -1
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A row or a parallel group, compiled; `ways` are the numbers of the units that may follow, END for the end."""

    block: Block
    ways: tuple[int, ...]


def rows_block(steps: Sequence[Step], cap: int) -> Block:
    """Return the block of all rows. Raises ModelTooLarge, or ModelError where a link or the end cannot be reached."""
    if not steps:
        raise ModelError("conformance.no_steps")
    targets = [_goals(steps, row) for row in range(len(steps))]
    groups = _groups(steps)
    home = {row: number for number, branches in enumerate(groups) for branch in branches for row in branch}
    units = []
    for number, branches in enumerate(groups):
        following = number + 1 if number + 1 < len(groups) else END
        ways = _ways_out(branches, targets, following, home)
        units.append(_Unit(_group_block(branches, steps, targets, cap), ways))
    block = _joined(units, cap)
    if not Way(block.arcs, backwards=False).close(1) >> (block.states - 1):
        raise ModelError("conformance.no_way_to_the_end")
    return block


def rows_beside(steps: Sequence[Step]) -> Iterator[Pair]:
    """Yield the pairs of rows that stand in different branches of one parallel group."""
    for branches in _groups(steps):
        for one, other in combinations(branches, 2):
            yield from ((a, b) for a in one for b in other)


def _goals(steps: Sequence[Step], row: int) -> list[int]:
    return [END if link.to is None else target(steps, row, link) for link in steps[row].links]


def _groups(steps: Sequence[Step]) -> list[tuple[tuple[int, ...], ...]]:
    """Return the rows as groups of branches of rows; a row outside any parallel group is a group of its own."""

    def group(row: int) -> str:
        name = steps[row].parallel.partition("/")[0].strip()
        return name or f"row {row}"

    return [tuple(_branches(list(rows), steps)) for _, rows in groupby(range(len(steps)), key=group)]


def _branches(rows: Sequence[int], steps: Sequence[Step]) -> Iterator[tuple[int, ...]]:
    named: dict[str, list[int]] = {}
    for row in rows:
        branch = steps[row].parallel.partition("/")[2].strip()
        named.setdefault(branch or f"row {row}", []).append(row)
    return (tuple(branch) for branch in named.values())


def _ways_out(
    branches: Sequence[tuple[int, ...]], targets: Sequence[Sequence[int]], following: int, home: dict[int, int]
) -> tuple[int, ...]:
    inside = {row for branch in branches for row in branch}
    alone = len(inside) == 1
    ways: dict[int, None] = {}
    for branch in branches:
        for row in branch:
            if row == branch[-1] and not targets[row]:
                ways[following] = None
            for goal in targets[row]:
                if goal == END or alone or goal not in inside:
                    ways[END if goal == END else home[goal]] = None
    return tuple(ways) or (following,)


def _group_block(
    branches: Sequence[tuple[int, ...]], steps: Sequence[Step], targets: Sequence[Sequence[int]], cap: int
) -> Block:
    if len(branches) == 1 and len(branches[0]) == 1:
        return _row_block(branches[0][0], steps, cap)
    return beside([_branch_block(branch, steps, targets, cap) for branch in branches], cap)


def _branch_block(branch: Sequence[int], steps: Sequence[Step], targets: Sequence[Sequence[int]], cap: int) -> Block:
    units = []
    for place, row in enumerate(branch):
        following = place + 1 if place + 1 < len(branch) else END
        ways = dict.fromkeys(branch.index(goal) if goal in branch else END for goal in targets[row])
        units.append(_Unit(_row_block(row, steps, cap), tuple(ways) or (following,)))
    return _joined(units, cap)


def _row_block(row: int, steps: Sequence[Step], cap: int) -> Block:
    return one_of([NOTHING, step(row)], cap) if steps[row].optional else step(row)


def _joined(units: Sequence[_Unit], cap: int) -> Block:
    """Return the units as one graph: a state before each, its inner states, one behind it if there are several ways."""
    before: list[int] = []
    states = 0
    for unit in units:
        before.append(states)
        states += unit.block.states - 1 + (len(unit.ways) > 1)
    if states + 1 > cap:
        raise ModelTooLarge(states + 1, cap)
    arcs: list[Arc] = []
    for start, unit in zip(before, units, strict=True):
        goals = [states if way == END else before[way] for way in unit.ways]
        behind = goals[0] if len(goals) == 1 else start + unit.block.states - 1
        arcs += placed(unit.block, start, start + 1, behind)
        if len(goals) > 1:
            arcs += [Arc(SILENT, goal - behind, 1 << behind) for goal in goals]
    return Block(states + 1, merged(arcs), entered=True)
