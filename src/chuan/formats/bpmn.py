"""BPMN 2.0 diagrams as plain elements, flows and lanes: what is drawn, not what it means.

Read with the hardened parser (no document type, no entities); limited in size. The picture (BPMNDI), data, messages
between pools and notes are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from chuan.formats.xml import parse
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean

MAX_BYTES = 20_000_000
NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OWN_NAMESPACE = "urn:chuan:procedure"
_NODES = ("task", "Task", "Gateway", "Event", "subProcess", "SubProcess", "transaction", "callActivity")


@dataclass(frozen=True, slots=True)
class Node:
    """An element that flows join. `kind` is its BPMN name (`userTask`); `lane` the name of its innermost lane.

    `marks` are the BPMN names of what is nested in it and changes its meaning (`standardLoopCharacteristics`,
    `linkEventDefinition`) and of attributes that do (`triggeredByEvent`). `inner` is the content of a sub-process.
    """

    id: str
    kind: str
    name: str = ""
    lane: str = ""
    marks: frozenset[str] = frozenset()
    inner: "Process | None" = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow between two elements; `conditional` when a condition stands on it."""

    id: str
    source: str
    target: str
    name: str = ""
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """The elements of one process or sub-process, in the order of the file.

    `variant` is the name of the variant, the codes are those of the procedure: our own files carry them as extensions.
    """

    id: str
    name: str = ""
    variant: str = ""
    procedure_code: str = ""
    service_code: str = ""
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = field(default=(), repr=False)


def read_bpmn(data: bytes, name: str = "BPMN") -> tuple[Process, ...]:
    """Return the processes of a diagram that have elements. `name` is the file as the user knows it.

    Raises BadInput: too large, no valid XML, a document type, no BPMN 2.0.
    """
    if len(data) > MAX_BYTES:
        raise BadInput("bpmn.too_large", name=name, limit=MAX_BYTES // 1_000_000)
    root = parse(data, name)
    if root.tag != f"{{{NAMESPACE}}}definitions":
        raise BadInput("bpmn.not_bpmn", name=name)
    pools = {pool.get("processRef"): _name(pool) for pool in root.iter(f"{{{NAMESPACE}}}participant")}
    found = (_process(one, pools.get(one.get("id"), ""), "") for one in _children(root) if _local(one) == "process")
    return tuple(one for one in found if one.nodes)


def _process(element: Any, pool: str, lane: str) -> Process:
    """Return the content of a process or sub-process that lies in `lane`."""
    lanes = dict(_lanes(element))
    nodes = (_node(child, lanes, lane) for child in _children(element) if _local(child).endswith(_NODES))
    flows = (_flow(child) for child in _children(element) if _local(child) == "sequenceFlow")
    return Process(
        element.get("id", ""),
        _name(element) or pool,
        _extension(element, "variant", "name"),
        _extension(element, "procedure", "code"),
        _extension(element, "procedure", "serviceCode"),
        tuple(nodes),
        tuple(flows),
    )


def _extension(element: Any, tag: str, attribute: str) -> str:
    """Return what an extension of ours says of a process, "" without it."""
    found = element.find(f"{{{NAMESPACE}}}extensionElements/{{{OWN_NAMESPACE}}}{tag}")
    return "" if found is None else clean(found.get(attribute, ""))


def _lanes(element: Any) -> Iterator[tuple[str, str]]:
    """Yield (id of an element, name of its lane), outer lanes first so that the innermost wins."""
    for laneset in element.iterchildren(f"{{{NAMESPACE}}}laneSet", f"{{{NAMESPACE}}}childLaneSet"):
        for lane in laneset.iterchildren(f"{{{NAMESPACE}}}lane"):
            for reference in lane.iterchildren(f"{{{NAMESPACE}}}flowNodeRef"):
                yield (reference.text or "").strip(), _name(lane)
            yield from _lanes(lane)


def _node(element: Any, lanes: dict[str, str], outer: str) -> Node:
    own = element.get("id", "")
    lane = lanes.get(own) or outer
    kind = _local(element)
    nested = {_local(child) for child in _children(element)}
    marks = {mark for mark in nested if mark.endswith(("LoopCharacteristics", "EventDefinition"))}
    marks |= {mark for mark in ("triggeredByEvent", "isForCompensation") if element.get(mark) == "true"}
    inner = _process(element, "", lane) if kind == "subProcess" else None
    return Node(own, kind, _name(element), lane, frozenset(marks), inner)


def _flow(element: Any) -> Flow:
    conditional = any(_local(child) == "conditionExpression" for child in _children(element))
    ends = element.get("sourceRef", ""), element.get("targetRef", "")
    return Flow(element.get("id", ""), *ends, _name(element), conditional)


def _children(element: Any) -> Iterator[Any]:
    """Yield the children that are BPMN elements (not those of extensions)."""
    return (child for child in element.iterchildren() if etree.QName(child).namespace == NAMESPACE)


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


def _name(element: Any) -> str:
    return clean(element.get("name", ""))
