"""A variant as BPMN 2.0 with its drawing, from the same layout as the page: for other tools, and to be read back.

Steps are user tasks named by their title, roles are lanes; number, time and output stand in the documentation. Ways
part and meet at explicit gateways, so that block-structured readers accept what is made of blocks. The codes of the
procedure and the name of the variant are extension elements of the process: BPMN has no place for them.
"""

from xml.sax.saxutils import escape, quoteattr

from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.diagram import Diagram, Edge, Lane, Node, NodeKind
from chuan.rules.procedure.layout import lay_out
from chuan.rules.procedure.structure import Procedure, Step, Variant
from chuan.writing.phrases import printable
from chuan.writing.svg import lane_title

_SPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:chuan": "urn:chuan:procedure",
    "targetNamespace": "urn:chuan:procedure",
}
_TAGS = {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.STEP: "userTask",
    NodeKind.SPLIT: "exclusiveGateway",
    NodeKind.JOIN: "exclusiveGateway",
    NodeKind.PARALLEL_SPLIT: "parallelGateway",
    NodeKind.PARALLEL_JOIN: "parallelGateway",
}
_UNKNOWN = Procedure(())
POOL_TITLE = 30  # pixels, where BPMN tools write the name of the pool


def write_bpmn(variant: Variant, procedure: Procedure = _UNKNOWN, *, language: str = "vi") -> str:
    """Return the BPMN 2.0 XML of `variant`, with the name and the codes of the `procedure` that it belongs to."""
    diagram = lay_out(variant, gateways=True)
    spaces = " ".join(f"{key}={quoteattr(value)}" for key, value in _SPACES.items())
    title = quoteattr(printable(procedure.name))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions {spaces} id="definitions" exporter="Chuan">\n'
        f'<bpmn:collaboration id="collaboration"><bpmn:participant id="pool" name={title} processRef="process"/>'
        f"</bpmn:collaboration>\n"
        f'<bpmn:process id="process" name={title} isExecutable="false">\n'
        f"{_identity(variant, procedure)}{_lanes(diagram, language)}{_nodes(diagram, variant)}{_flows(diagram)}"
        "</bpmn:process>\n"
        f'<bpmndi:BPMNDiagram id="drawing"><bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">\n'
        f"{_shapes(diagram)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n</bpmn:definitions>\n"
    )


def _identity(variant: Variant, procedure: Procedure) -> str:
    """Return the codes of the procedure and the name of one of several variants, "" when there are none."""
    codes = {"code": procedure.procedure_code, "serviceCode": procedure.service_code}
    names = {"name": variant.name if variant.name != Variant(()).name else ""}
    inside = _extension("procedure", codes) + _extension("variant", names)
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>\n" if inside else ""


def _extension(tag: str, attributes: dict[str, str]) -> str:
    written = "".join(f" {key}={quoteattr(printable(value))}" for key, value in attributes.items() if value)
    return f"<chuan:{tag}{written}/>" if written else ""


def _flow_id(index: int) -> str:
    return f"flow-{index}"


def _lanes(diagram: Diagram, language: str) -> str:
    lanes = "".join(_lane(diagram, index, language) for index in range(len(diagram.lanes)))
    return f'<bpmn:laneSet id="lanes">\n{lanes}</bpmn:laneSet>\n'


def _lane(diagram: Diagram, index: int, language: str) -> str:
    title = quoteattr(printable(lane_title(diagram.lanes[index], language)))
    inside = (node.key for node in diagram.nodes if node.lane == index)
    references = "".join(f"<bpmn:flowNodeRef>{key}</bpmn:flowNodeRef>" for key in inside)
    return f'<bpmn:lane id="lane-{index}" name={title}>{references}</bpmn:lane>\n'


def _nodes(diagram: Diagram, variant: Variant) -> str:
    return "".join(_node(node, diagram, variant) for node in diagram.nodes)


def _node(node: Node, diagram: Diagram, variant: Variant) -> str:
    tag = f"bpmn:{_TAGS[node.kind]}"
    said = ""
    if node.kind is NodeKind.STEP and node.step is not None:
        text = escape(_documentation(variant.steps[node.step]))
        said = f"<bpmn:documentation>{text}</bpmn:documentation>" if text else ""
    name = f" name={quoteattr(printable(node.title))}" if node.title else ""
    coming = "".join(_end("incoming", at) for at, edge in enumerate(diagram.edges) if edge.target == node.key)
    leaving = "".join(_end("outgoing", at) for at, edge in enumerate(diagram.edges) if edge.source == node.key)
    return f'<{tag} id="{node.key}"{name}>{said}{coming}{leaving}</{tag}>\n'


def _end(tag: str, flow: int) -> str:
    return f"<bpmn:{tag}>{_flow_id(flow)}</bpmn:{tag}>"


def _documentation(step: Step) -> str:
    """Return number, time and output of a step in words."""
    time = written(step.time) if step.time and step.counted else step.time_label
    return "; ".join(printable(text) for text in (step.no, time, step.output_or_form) if text)


def _flows(diagram: Diagram) -> str:
    return "".join(_flow(at, edge) for at, edge in enumerate(diagram.edges))


def _flow(at: int, edge: Edge) -> str:
    name = f" name={quoteattr(printable(edge.label.title))}" if edge.label else ""
    ends = f'sourceRef="{edge.source}" targetRef="{edge.target}"'
    return f'<bpmn:sequenceFlow id="{_flow_id(at)}"{name} {ends}/>\n'


def _shapes(diagram: Diagram) -> str:
    pool = _shape("pool", 0, 0, diagram.width, diagram.height, horizontal=True)
    lanes = (_lane_shape(at, lane, diagram.width) for at, lane in enumerate(diagram.lanes))
    nodes = (_shape(node.key, node.x, node.y, node.width, node.height) for node in diagram.nodes)
    lines = (_line(at, edge) for at, edge in enumerate(diagram.edges))
    return "".join((pool, *lanes, *nodes, *lines))


def _lane_shape(at: int, lane: Lane, width: int) -> str:
    return _shape(f"lane-{at}", POOL_TITLE, lane.y, width - POOL_TITLE, lane.height, horizontal=True)


def _shape(element: str, x: int, y: int, width: int, height: int, *, horizontal: bool = False) -> str:
    lying = ' isHorizontal="true"' if horizontal else ""
    return (
        f'<bpmndi:BPMNShape id="{element}-shape" bpmnElement="{element}"{lying}>'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>\n'
    )


def _line(at: int, edge: Edge) -> str:
    points = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in edge.points)
    flow = _flow_id(at)
    return f'<bpmndi:BPMNEdge id="{flow}-line" bpmnElement="{flow}">{points}</bpmndi:BPMNEdge>\n'
