"""From the blocks of a diagram to a table of steps: links for choices and loops, `parallel` for parallel work."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chuan.formats.bpmn import Node, Process
from chuan.reading.following import END, Unit, Units, labels, units
from chuan.rules.procedure.structure import Link, Step
from chuan.rules.processtree import Tree
from chuan.text.messages import BadInput

_NUMBERED = re.compile(r"((?:B|Bước|Buoc)\s*\d+(?:\.\d+)*)\s*(?:[.:)\-–]\s*|\s+)(\S.*)", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(\d+(?:\.\d+)*)\s*[.:)\-–]\s+(\S.*)")


def tasks(process: Process) -> dict[str, Node]:
    """Return the tasks of `process` and its sub-processes by id. Raises BadInput naming a task without a name."""
    found: dict[str, Node] = {}
    for node in process.nodes:
        if node.inner is not None and node.inner.nodes:
            inner = tasks(node.inner)
            twice = found.keys() & inner.keys()
            if twice:
                raise BadInput("bpmn.id_twice", kind=node.kind, id=min(twice), name=node.name or "—")
            found |= inner
        elif not node.kind.endswith(("Gateway", "Event")):
            if not node.name:
                raise BadInput("bpmn.task_without_name", kind=node.kind, id=node.id)
            found[node.id] = node
    return found


def steps(process: Process, tree: Tree) -> tuple[Step, ...]:
    """Return the rows that say what `tree` (of ids) says.

    Raises BadInput naming a task where a table of steps cannot say it: a choice at the very beginning, or parallel work
    inside a parallel branch.
    """
    table = units(tree)
    known = tasks(process)
    order = [known[label] for label in labels(table)]
    numbers, titles = _numbers([node.name for node in order])
    rows = {node.id: row for row, node in enumerate(order)}
    written = [Step(title, no, node.lane) for title, no, node in zip(titles, numbers, order, strict=True)]
    ways = _Ways(process, rows)
    for row, links, parallel, optional in _Table(table, rows, order).rows():
        said = tuple(Link(None if to == END else numbers[to], ways.when(order[row].id, to)) for to in links)
        written[row] = replace(written[row], links=said, parallel=parallel, optional=optional)
    return tuple(written)


def _numbers(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return numbers and titles: the numbers that the names carry if each has its own, else B1, B2 …"""
    matches = [_NUMBERED.fullmatch(name) or _BARE_NUMBER.fullmatch(name) for name in names]
    carried = [match[1] for match in matches if match]
    if len(set(carried)) == len(names):
        return carried, [match[2] for match in matches if match]
    return [f"B{row}" for row in range(1, len(names) + 1)], list(names)


Row = tuple[int, tuple[int, ...], str, bool]
"""The index of a row, the rows it links to (none: on to the next row), its parallel part, whether it is optional."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Writes units as rows."""

    table: Units
    rows_of: Mapping[str, int]
    tasks: Sequence[Node]

    def rows(self) -> Iterator[Row]:
        """Yield every row in order."""
        self._begins(self.table)
        for place, unit in enumerate(self.table.units):
            links = self._links(self.table, place)
            if unit.branches:
                after = links or (self._first_row(self.table, self._next(self.table, place)),)
                for number, branch in enumerate(unit.branches, start=1):
                    yield from self._branch(branch, f"{place + 1}/{number}", bool(links), after)
            else:
                yield self.rows_of[unit.label], links, "", unit.optional

    def _branch(self, branch: Units, name: str, leaves_by_links: bool, after: tuple[int, ...]) -> Iterator[Row]:
        """Yield the rows of a branch; those that end it carry the links of the whole block, if it has any."""
        self._begins(branch)
        for place, unit in enumerate(branch.units):
            row = self._first_row(branch, place)
            if unit.branches:
                raise self._refused("bpmn.parallel_in_parallel", row)
            plain = not self._links(branch, place)
            if plain and not (leaves_by_links and branch.follow[place] == (END,)):
                yield row, (), name, unit.optional
                continue
            goals = (after if to == END else (self._first_row(branch, to),) for to in branch.follow[place])
            yield row, tuple(dict.fromkeys(to for each in goals for to in each)), name, unit.optional

    def _links(self, table: Units, place: int) -> tuple[int, ...]:
        """Return the rows that the unit links to; none when it only leads to the next."""
        follow = table.follow[place]
        if follow == (self._next(table, place),):
            return ()
        return tuple(self._first_row(table, to) for to in follow)

    def _next(self, table: Units, place: int) -> int:
        return place + 1 if place + 1 < len(table.units) else END

    def _first_row(self, table: Units, place: int) -> int:
        return END if place == END else self.rows_of[_first_label(table.units[place])]

    def _begins(self, table: Units) -> None:
        if table.first != (0,):
            place = next((each for each in table.first if each != END), 0)
            raise self._refused("bpmn.begins_with_choice", self._first_row(table, place) if table.units else 0)

    def _refused(self, code: str, row: int) -> BadInput:
        return BadInput(code, kind=self.tasks[row].kind, id=self.tasks[row].id, name=self.tasks[row].name)


def _first_label(unit: Unit) -> str:
    return unit.label or next(labels(Units((unit,), (), ())))


class _Ways:
    """The flows between tasks, to find the condition that is written on a way."""

    def __init__(self, process: Process, rows: Mapping[str, int]) -> None:
        self._rows = rows
        self._on: dict[str, list[tuple[str, str]]] = {}
        self._add(process, [])

    def _add(self, process: Process, outside: list[tuple[str, str]]) -> None:
        """Note where each element leads: the last ones of a sub-process where that leads, itself to its first one."""
        for node in process.nodes:
            own = [(flow.name, flow.target) for flow in process.flows if flow.source == node.id] or outside
            if node.inner is not None and node.inner.nodes:
                self._add(node.inner, own)
                first = {flow.target for flow in node.inner.flows}
                own = [("", one.id) for one in node.inner.nodes if one.id not in first]
            self._on[node.id] = own

    def when(self, task: str, row: int) -> str:
        """Return the words on the flows from `task` to the task in `row` (END: to the end), through gateways only."""
        waiting = [(task, "")]
        seen: set[str] = set()
        for at, said in waiting:
            if row == END and not self._on[at]:
                return said
            for name, target in self._on[at]:
                words = "; ".join(part for part in (said, name) if part)
                if self._rows.get(target) == row:
                    return words
                if target not in self._rows and target not in seen:
                    seen.add(target)
                    waiting.append((target, words))
        return ""
