"""What can follow what in a tree of blocks, as a table of steps says it: by row order and links.

A parallel block is one unit in the table. A unit has a first row; what follows it is a set of units or the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chuan.rules.processtree import TAU, Kind, Tree

END = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """A task, or a parallel block with one `Units` per branch. `optional`: it may be left out."""

    label: str = ""
    branches: tuple["Units", ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a tree from left to right. `follow[i]` are the units that can follow unit i, END for the end.

    `first` are the units that can come first, END when nothing need be done at all.
    """

    units: tuple[Unit, ...]
    first: tuple[int, ...]
    follow: tuple[tuple[int, ...], ...]


def units(tree: Tree) -> Units:
    """Return the units of `tree` and what can follow each."""
    walk = _Walk()
    whole = walk.part(tree)
    follow = [list(dict.fromkeys(each)) for each in walk.follow]
    for last in dict.fromkeys(whole.last):
        follow[last].append(END)
    first = (*dict.fromkeys(whole.first), *((END,) if whole.empty else ()))
    return Units(tuple(walk.units), first, tuple(_usual_first(row, each) for row, each in enumerate(follow)))


def _usual_first(row: int, follow: Sequence[int]) -> tuple[int, ...]:
    """Order ways on: forward by row, then the end, then back."""
    ahead = sorted(each for each in follow if each > row)
    back = sorted((each for each in follow if END < each <= row), reverse=True)
    return (*ahead, *(each for each in follow if each == END), *back)


@dataclass(frozen=True, slots=True)
class _Part:
    """Which units can come first and last in a part of the tree, and whether it can be done without any."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    empty: bool


@dataclass(slots=True)
class _Walk:
    units: list[Unit] = field(default_factory=list)
    follow: list[list[int]] = field(default_factory=list)

    def part(self, tree: Tree) -> _Part:
        match tree.kind:
            case Kind.SILENT:
                return _Part((), (), True)
            case Kind.LEAF:
                return self._unit(Unit(tree.label))
            case Kind.PARALLEL:
                return self._unit(Unit(branches=tuple(units(child) for child in tree.children)))
            case Kind.SEQUENCE:
                return self._sequence(tree.children)
            case Kind.LOOP:
                return self._loop(*tree.children)
            case _:
                return self._choice(tree.children)

    def _unit(self, unit: Unit) -> _Part:
        self.units.append(unit)
        self.follow.append([])
        place = len(self.units) - 1
        return _Part((place,), (place,), False)

    def _joined(self, one: _Part, other: _Part) -> _Part:
        for unit in one.last:
            self.follow[unit] += other.first
        first = one.first + other.first if one.empty else one.first
        last = other.last + one.last if other.empty else other.last
        return _Part(first, last, one.empty and other.empty)

    def _sequence(self, children: Sequence[Tree]) -> _Part:
        whole = _Part((), (), True)
        for child in children:
            whole = self._joined(whole, self.part(child))
        return whole

    def _choice(self, children: Sequence[Tree]) -> _Part:
        task = next((child for child in children if child.kind is Kind.LEAF), None)
        if task is not None and len(children) == 2 and TAU in children:
            return self._unit(Unit(task.label, optional=True))
        parts = [self.part(child) for child in children]
        first = tuple(each for part in parts for each in part.first)
        last = tuple(each for part in parts for each in part.last)
        return _Part(first, last, any(part.empty for part in parts))

    def _loop(self, do: Tree, redo: Tree) -> _Part:
        once, back = self.part(do), self.part(redo)
        again = self._joined(back, once)
        for unit in again.last:
            self.follow[unit] += again.first
        return self._joined(once, _Part(again.first, again.last, True))


def labels(table: Units) -> Iterator[str]:
    """Yield the labels from left to right."""
    for unit in table.units:
        yield from (unit.label,) if unit.label else ()
        for branch in unit.branches:
            yield from labels(branch)
