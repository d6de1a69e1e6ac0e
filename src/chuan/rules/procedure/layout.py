"""The one drawing of a procedure: swim lanes, from left to right in the order of the rows.

Every element owns a *corridor*, a strip around its centre that no other element of any lane enters; vertical pieces of
edges run only there. Horizontal pieces run in the *channels* above and below the boxes of a lane. So no line crosses a
box, whatever the procedure looks like.
"""

from chuan.rules.procedure.diagram import Diagram, Lane, LaneKind, Node, NodeKind
from chuan.rules.procedure.labels import wrap
from chuan.rules.procedure.structure import Variant
from chuan.rules.procedure.tracks import Tracks, drawn_edges, plan_tracks
from chuan.rules.procedure.ways import END, START, Element, Ways, gated_ways, plain_ways
from chuan.rules.procedure.words import folded
from chuan.text.vietnamese import clean, fold_words

LANE_TITLES = 152
MARGIN = 24
STEP_WIDTH = 132
CIRCLE = 18
DIAMOND = 32
CORRIDOR = 16  # half its width
GAP, GAP_OF_CIRCLE = 30, 46  # the words above start and end are wider than their circles
CIRCLE_WORDS = 16
PADDING = 14  # between the edge of a lane and its channel or boxes
TEXT_SIZE, LINE, NUMBER_LINE, MOST_LINES = 12, 16, 17, 4
LANE_TEXT, LANE_LINE, LANE_LINES = 13, 18, 5

_Rank = dict[str, int]


def lay_out(variant: Variant, *, gateways: bool = False) -> Diagram:
    """Return the drawing of a variant; with `gateways`, diamonds where ways part or meet (for BPMN)."""
    ways = gated_ways(variant) if gateways else plain_ways(variant)
    titles = _lane_titles(variant)
    lane_of = {element.key: _lane_index(variant, titles, element, ways) for element in ways.elements}
    boxes = _across(ways, lane_of)
    tracks = plan_tracks(ways, lane_of, boxes)
    height = _step_height(variant)
    lanes = _lanes(titles, tracks, height)
    nodes = {
        element.key: _node(variant, element, boxes[element.key], lane_of[element.key], lanes, tracks, height)
        for element in ways.elements
    }
    right = max(node.x + node.width for node in nodes.values())
    edges = drawn_edges(ways, nodes, lanes, tracks)
    width = max(right, tracks.right) + GAP_OF_CIRCLE
    return Diagram(width, lanes[-1].y + lanes[-1].height, lanes, tuple(nodes.values()), edges, LANE_TITLES)


def _lane_titles(variant: Variant) -> list[tuple[LaneKind, str]]:
    """Return the lanes in order of first appearance, the citizen's first."""
    titles: dict[tuple[LaneKind, str], tuple[LaneKind, str]] = {}
    for step in variant.steps:
        kind, title = _lane_of_role(step.role)
        titles.setdefault((kind, fold_words(title)), (kind, title))
    others = [lane for lane in titles.values() if lane[0] is not LaneKind.CITIZEN]
    return [(LaneKind.CITIZEN, ""), *others]


def _lane_of_role(role: str) -> tuple[LaneKind, str]:
    words = clean(role)
    if fold_words(words) in folded("citizen"):
        return LaneKind.CITIZEN, ""
    return (LaneKind.POSITION, words) if fold_words(words) else (LaneKind.UNASSIGNED, "")


def _lane_index(variant: Variant, titles: list[tuple[LaneKind, str]], element: Element, ways: Ways) -> int:
    if element.key == START or (element.step is None and element.kind is NodeKind.END) or not variant.steps:
        return 0
    beside = 0 if element.key.startswith(START) else -1  # the gateway behind the start, or before the end
    step = variant.steps[beside if element.step is None else element.step]
    kind, title = _lane_of_role(step.role)
    wanted = (kind, fold_words(title))
    return next(index for index, lane in enumerate(titles) if (lane[0], fold_words(lane[1])) == wanted)


_WIDTHS = {NodeKind.STEP: STEP_WIDTH, NodeKind.START: CIRCLE, NodeKind.END: CIRCLE}


def _across(ways: Ways, lane_of: _Rank) -> dict[str, tuple[int, int]]:
    """Return (x, width) per element: corridors stay free, boxes of one lane stay apart.

    Start and end stand in the corridor of the first and last element, when no other line runs there.
    """
    inner = [element for element in ways.elements if element.key not in (START, END)]
    lanes = [lane_of[element.key] for element in inner]
    start_above = bool(inner) and lanes[0] > 0 and sum(way.source == START for way in ways.ways) == 1
    end_above = len(inner) > 1 and lanes[-2] >= lanes[-1] > 0
    left_out = {START} if start_above else set()
    boxes = _in_line([e for e in ways.elements if e.key not in (left_out | ({END} if end_above else set()))], lane_of)
    if start_above:
        boxes[START] = _above(boxes[inner[0].key])
    if end_above:
        boxes[END] = _above(boxes[inner[-1].key])
    return boxes


def _in_line(elements: list[Element], lane_of: _Rank) -> dict[str, tuple[int, int]]:
    boxes: dict[str, tuple[int, int]] = {}
    lane_right: dict[int, int] = {}
    right, centre = 0, 0
    for element in elements:
        width = _WIDTHS.get(element.kind, DIAMOND)
        lane = lane_of[element.key]
        gap, beside = (GAP_OF_CIRCLE, GAP) if element.key == END else (GAP, CORRIDOR)
        x = max(centre + CORRIDOR, right + beside - width // 2, lane_right.get(lane, 0) + gap, LANE_TITLES + MARGIN)
        boxes[element.key] = (x, width)
        centre, right = x + width // 2, max(right, x + width)
        lane_right[lane] = x + width + (GAP_OF_CIRCLE - GAP if element.key == START else 0)
    return boxes


def _above(box: tuple[int, int]) -> tuple[int, int]:
    return box[0] + box[1] // 2 - CIRCLE // 2, CIRCLE


def _step_lines(variant: Variant, step: int) -> tuple[str, ...]:
    return wrap(variant.steps[step].title, STEP_WIDTH - 16, TEXT_SIZE, MOST_LINES)


def _step_height(variant: Variant) -> int:
    most = max((len(_step_lines(variant, index)) for index in range(len(variant.steps))), default=1)
    return NUMBER_LINE + LINE * max(most, 1) + 14


def _lanes(titles: list[tuple[LaneKind, str]], tracks: Tracks, step_height: int) -> tuple[Lane, ...]:
    lanes: list[Lane] = []
    y = 0
    for index, (kind, title) in enumerate(titles):
        lines = wrap(title, LANE_TITLES - 24, LANE_TEXT, LANE_LINES)
        box = CIRCLE + 2 * CIRCLE_WORDS if index == 0 and not tracks.citizen_acts else step_height
        needed = box + 2 * PADDING + tracks.above(index) + tracks.below(index)
        height = max(needed, len(lines) * LANE_LINE + 2 * PADDING)
        lanes.append(Lane(kind, title, lines, y, height))
        y += height
    return tuple(lanes)


def _node(
    variant: Variant,
    element: Element,
    box: tuple[int, int],
    lane: int,
    lanes: tuple[Lane, ...],
    tracks: Tracks,
    step_height: int,
) -> Node:
    x, width = box
    height = step_height if element.kind is NodeKind.STEP else width
    top = lanes[lane].y + tracks.above(lane)
    free = lanes[lane].height - tracks.above(lane) - tracks.below(lane)
    y = top + free // 2 - height // 2  # one middle for boxes, circles and diamonds of a lane
    if element.kind is not NodeKind.STEP or element.step is None:
        return Node(element.key, element.kind, x, y, width, height, lane, element.step)
    step = variant.steps[element.step]
    lines = _step_lines(variant, element.step)
    return Node(element.key, element.kind, x, y, width, height, lane, element.step, step.no, step.title, lines)
