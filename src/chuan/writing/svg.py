"""Drawings of procedures as SVG: readable by screen readers, coloured by the style sheet of the page."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from chuan.rules.procedure.diagram import Diagram, EdgeKind, Label, Lane, LaneKind, Node, NodeKind
from chuan.rules.procedure.labels import text_width
from chuan.text.messages import message
from chuan.writing.marks import arrow, circle, diamond, document, label, rect, step_box, text

LANE_LINE = 18


def write_svg(
    diagram: Diagram,
    *,
    name: str = "",
    language: str = "vi",
    marks: Mapping[int, str] | None = None,
    stand_alone: bool = False,
) -> str:
    """Return the swim-lane drawing.

    `name` is the procedure's; `marks` gives steps with an open remark as "wrong" or "look"; `stand_alone` embeds the
    style sheet with light and dark colours (for files and the report), otherwise the page brings it.
    """
    found = marks or {}
    parts = [_lane(lane, index, diagram, language) for index, lane in enumerate(diagram.lanes)]
    parts += [arrow(f"edge {edge.kind}", "head", edge.points) for edge in diagram.edges]
    parts += [_edge_words(edge.label, diagram) for edge in diagram.edges if edge.label]
    parts += [
        _node(node, diagram, language, found.get(-1 if node.step is None else node.step, "")) for node in diagram.nodes
    ]
    title = _word("lanes_title" if name else "lanes_title_unnamed", language, name=name)
    description = ". ".join(_sentences(diagram, language))
    key = "d" + sha256((title + description).encode()).hexdigest()[:8]
    return document(diagram.width, diagram.height, title, description, key, parts, stand_alone=stand_alone)


def _word(code: str, language: str, **values: object) -> str:
    return message(f"writing.{code}", **values).text(language)


def lane_title(lane: Lane, language: str) -> str:
    """Return the role of the lane, or our word for the citizen's and the unassigned lane."""
    return lane.title if lane.kind is LaneKind.POSITION else _word(lane.kind, language)


def _lane(lane: Lane, index: int, diagram: Diagram, language: str) -> str:
    ground = rect("lane-tinted" if index % 2 == 0 else "lane", 0, lane.y, diagram.width, lane.height)
    lines = lane.lines or (lane_title(lane, language),)
    first = lane.y + (lane.height - len(lines) * LANE_LINE) // 2 + 13
    return ground + "".join(text("lane-title", 12, first + at * LANE_LINE, words) for at, words in enumerate(lines))


def _edge_words(words: Label, diagram: Diagram) -> str:
    lane = next((at for at, lane in enumerate(diagram.lanes) if lane.y <= words.y < lane.y + lane.height), 0)
    return label(
        "edge-label on-tint" if lane % 2 == 0 else "edge-label", words, words.title, widest=text_width(words.text, 12)
    )


def _node(node: Node, diagram: Diagram, language: str, mark: str) -> str:
    if node.kind is NodeKind.STEP:
        classes = f"box is-{mark}" if mark else "box"
        return step_box(node, classes, name=_step_words(node, diagram, language))
    if node.kind in (NodeKind.START, NodeKind.END):
        return circle(node) + text("end-label", node.centre, node.y - 6, _word(node.kind, language), anchor="middle")
    return diamond(node)


def _step_words(node: Node, diagram: Diagram, language: str) -> str:
    lane = lane_title(diagram.lanes[node.lane], language)
    return _word("lanes_step", language, number=node.number, title=node.title, lane=lane)


_WAY_WORDS = {EdgeKind.LOOP: "lanes_loop", EdgeKind.BRANCH: "lanes_branch", EdgeKind.PARALLEL: "lanes_parallel"}


def _sentences(diagram: Diagram, language: str) -> Sequence[str]:
    """Return the drawing in words: the steps in order, then every way that is not simply the next row."""
    names = {node.key: node.number or node.title for node in diagram.nodes}
    names |= {node.key: _word(node.kind, language) for node in diagram.nodes if node.kind in ("start", "end")}
    steps = [_step_words(node, diagram, language) for node in diagram.nodes if node.kind is NodeKind.STEP]
    ways = []
    for edge in diagram.edges:
        if edge.kind in _WAY_WORDS and names[edge.source] and names[edge.target]:
            way = _word(_WAY_WORDS[edge.kind], language, number=names[edge.source], target=names[edge.target])
            ways.append(_word("when", language, way=way, when=edge.label.title) if edge.label else way)
    return [*steps, *ways]
