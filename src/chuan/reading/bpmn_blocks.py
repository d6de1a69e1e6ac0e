"""From a drawn diagram to blocks: sequence, choice, parallel work, loop. What is not made of blocks is refused by name.

Every element becomes a way from a point where flows meet to a point where they part. Then ways are put together as long
as possible: two in a row, two from the same point to the same point, a way back. One way from start to end is the tree.
"""

from collections import Counter
from dataclasses import dataclass, field

from chuan.formats.bpmn import Node, Process
from chuan.rules.processtree import TAU, Kind, Tree, choice, leaf, loop, parallel, sequence
from chuan.text.messages import BadInput

MAX_NODES = 500
_TASKS = frozenset(
    ("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask")
) | {"callActivity"}
_EVENTS = frozenset(("startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent"))
_GATEWAYS = {"exclusiveGateway": Kind.CHOICE, "parallelGateway": Kind.PARALLEL}
_REFUSED_MARKS = frozenset(
    ("multiInstanceLoopCharacteristics", "linkEventDefinition", "triggeredByEvent", "isForCompensation")
)
_BEGIN, _FINISH = "begin", "finish"


def blocks(process: Process) -> Tree:
    """Return the tree of `process`; its labels are the ids of the tasks.

    Raises BadInput naming the element: of a kind that has no block, unconnected, or where the blocks do not close.
    """
    _check(process)
    return _Ways(process).reduced()


def _check(process: Process) -> None:
    if len(process.nodes) > MAX_NODES:
        raise BadInput("bpmn.too_many_elements", count=len(process.nodes), limit=MAX_NODES)
    known = Counter(node.id for node in process.nodes)
    for node in process.nodes:
        accepted = node.kind in _TASKS or node.kind in _EVENTS or node.kind in _GATEWAYS or node.kind == "subProcess"
        if not accepted or node.marks & _REFUSED_MARKS:
            raise _named(
                "bpmn.element_refused", node, reason=", ".join(sorted(node.marks & _REFUSED_MARKS)) or node.kind
            )
        if not node.id or known[node.id] > 1:
            raise _named("bpmn.id_twice", node)
    for flow in process.flows:
        for end in (flow.source, flow.target):
            if end not in known:
                raise BadInput("bpmn.flow_to_nowhere", id=flow.id, name=flow.name or "—", to=end or "—")


def _named(code: str, node: Node, **values: object) -> BadInput:
    return BadInput(code, kind=node.kind, id=node.id or "—", name=node.name or "—", **values)


@dataclass(slots=True, eq=False)
class _Way:
    source: str
    target: str
    tree: Tree


@dataclass(slots=True)
class _Point:
    """Where ways meet or part: `kind` is CHOICE (one of them) or PARALLEL (all); `node` the element it belongs to."""

    kind: Kind
    node: Node | None
    coming: list[_Way] = field(default_factory=list)
    leaving: list[_Way] = field(default_factory=list)


class _Ways:
    """The ways of one process, put together step by step."""

    def __init__(self, process: Process) -> None:
        self._points = {_BEGIN: _Point(Kind.CHOICE, None), _FINISH: _Point(Kind.CHOICE, None)}
        coming = Counter(flow.target for flow in process.flows)
        leaving = Counter(flow.source for flow in process.flows)
        for node in process.nodes:
            self._add_node(node, leaving[node.id])
        for flow in process.flows:
            self._add_way(flow.source + " >", "> " + flow.target, TAU)
        self._add_way(_BEGIN, "> " + _start(process, coming).id, TAU)
        for node in process.nodes:
            if not leaving[node.id]:
                self._add_way(node.id + " >", _FINISH, TAU)

    def reduced(self) -> Tree:
        """Return the one way from beginning to end. Raises BadInput naming the first gateway that does not close."""
        while sum(point in self._points and self._together(point) for point in list(self._points)):
            pass
        begin, finish = self._points[_BEGIN], self._points[_FINISH]
        if len(self._points) == 2 and len(begin.leaving) == 1 and begin.leaving == finish.coming:
            return begin.leaving[0].tree
        stuck = [point.node for point in self._points.values() if point.node is not None]
        node = next((one for one in stuck if one.kind in _GATEWAYS), stuck[0])
        raise _named("bpmn.not_in_blocks", node)

    def _add_node(self, node: Node, leaving: int) -> None:
        if leaving > 1 and node.kind not in _GATEWAYS:
            raise _named("bpmn.several_ways_without_gateway", node)
        kind = _GATEWAYS.get(node.kind, Kind.CHOICE)
        self._points["> " + node.id] = _Point(kind, node)
        self._points[node.id + " >"] = _Point(kind, node)
        self._add_way("> " + node.id, node.id + " >", _tree(node))

    def _add_way(self, source: str, target: str, tree: Tree) -> None:
        way = _Way(source, target, tree)
        self._points[source].leaving.append(way)
        self._points[target].coming.append(way)

    def _drop(self, way: _Way) -> None:
        self._points[way.source].leaving.remove(way)
        self._points[way.target].coming.remove(way)

    def _together(self, name: str) -> bool:
        """Put ways at the point `name` together once; return whether there was something to do."""
        point = self._points[name]
        return self._one_after_the_other(name, point) or self._beside_each_other(point) or self._back(point)

    def _one_after_the_other(self, name: str, point: _Point) -> bool:
        if name in (_BEGIN, _FINISH) or len(point.coming) != 1 or len(point.leaving) != 1:
            return False
        first, second = point.coming[0], point.leaving[0]
        if first is second:
            return False
        self._drop(first)
        self._drop(second)
        del self._points[name]
        self._add_way(first.source, second.target, _flat(Kind.SEQUENCE, first.tree, second.tree))
        return True

    def _beside_each_other(self, point: _Point) -> bool:
        for place, first in enumerate(point.leaving):
            for second in point.leaving[place + 1 :]:
                if first.target == second.target and self._points[first.target].kind is point.kind:
                    first.tree = _flat(point.kind, first.tree, second.tree)
                    self._drop(second)
                    return True
        return False

    def _back(self, point: _Point) -> bool:
        """Make a loop of the only way from `point` and a way back to it from where that leads."""
        if point.kind is not Kind.CHOICE or len(point.leaving) != 1:
            return False
        do = point.leaving[0]
        behind = self._points[do.target]
        redo = next((way for way in behind.leaving if way.target == do.source), None)
        if redo is None or behind.kind is not Kind.CHOICE or len(behind.coming) != 1:
            return False
        do.tree = TAU if do.tree == redo.tree == TAU else loop(do.tree, redo.tree)
        self._drop(redo)
        return True


def _start(process: Process, coming: Counter[str]) -> Node:
    """Return the one element that begins. Raises BadInput naming a second one, or an element that nothing leads to."""
    first = [node for node in process.nodes if not coming[node.id]]
    if not first:
        raise BadInput("bpmn.no_start", name=process.name or process.id)
    events = [node for node in first if node.kind == "startEvent"]
    if len(events) > 1:
        raise _named("bpmn.second_start", events[1])
    start = events[0] if events else first[0]
    other = next((node for node in first if node is not start), None)
    if other is not None:
        raise _named("bpmn.nothing_leads_here", other)
    return start


def _tree(node: Node) -> Tree:
    if node.kind in _EVENTS or node.kind in _GATEWAYS:
        return TAU
    inner = blocks(node.inner) if node.inner is not None and node.inner.nodes else leaf(node.id)
    return loop(inner) if "standardLoopCharacteristics" in node.marks else inner


def _flat(kind: Kind, first: Tree, second: Tree) -> Tree:
    """Return two trees put together, without nesting the same kind and without doing nothing more than needed."""
    parts = [part for tree in (first, second) for part in (tree.children if tree.kind is kind else (tree,))]
    if kind is Kind.CHOICE:
        return choice(*dict.fromkeys(parts)) if len(set(parts)) > 1 else parts[0]
    parts = [part for part in parts if part != TAU] or [TAU]
    if len(parts) == 1:
        return parts[0]
    return sequence(*parts) if kind is Kind.SEQUENCE else parallel(*parts)
