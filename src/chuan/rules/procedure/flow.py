"""The drawing of what really happened: steps in rows, arrows as thick as dossiers went, jumps as arcs, bars for time.

Arcs above a row are ways the written procedure does not allow, arcs below are allowed loops and branches. A jump to
another row runs through the margin on the right.
"""

from collections.abc import Sequence

from chuan.rules.procedure.diagram import (
    Arc,
    Bar,
    Flow,
    FlowDiagram,
    FlowEdge,
    Label,
    Node,
    NodeKind,
    Point,
    StepTiming,
    VolumeArrow,
)
from chuan.rules.procedure.flow_plan import (
    CIRCLE,
    END_GAP,
    STEP_GAP,
    Jump,
    Plan,
    grid_of,
    label_room,
    plan_of,
    step_lines,
)
from chuan.rules.procedure.structure import Variant

WIDTH = 1128
THINNEST, THICKEST = 2, 12
MOST_JUMPS = 10


def lay_out_flow(variant: Variant, flow: Flow, *, width: int = WIDTH, most_jumps: int = MOST_JUMPS) -> FlowDiagram:
    """Return the drawing of `flow` over the steps of `variant`, in one row of up to nine steps or several of eight.

    Only the `most_jumps` commonest jumps are drawn; the rest is counted in `left_out`.
    """
    grid = grid_of(variant, width)
    jumps, hidden = _jumps(flow, grid.count, most_jumps)
    plan = plan_of(grid, jumps)
    nodes = _nodes(variant, plan)
    return FlowDiagram(
        width=width,
        height=plan.height,
        nodes=tuple(nodes),
        arrows=tuple(_arrow(source, flow, nodes, plan) for source in range(-1, grid.count)),
        arcs=tuple(_arc(jump, plan, nodes) for jump in jumps),
        bars=tuple(_bars(flow.timings, plan, nodes)),
        left_out=len(hidden),
        left_out_dossiers=sum(edge.count for _, edge in hidden),
    )


def _jumps(flow: Flow, count: int, most: int) -> tuple[list[Jump], list[Jump]]:
    """Return the jumps to draw in the order of steps, and those left out: the rarest."""
    jumps = [
        (pair, edge)
        for pair, edge in flow.edges.items()
        if pair[1] != pair[0] + 1 and edge.count > 0 and -1 <= pair[0] < count and 0 <= pair[1] <= count
    ]
    commonest = sorted(jumps, key=lambda jump: (-jump[1].count, jump[0]))
    return sorted(commonest[:most], key=lambda jump: jump[0]), commonest[most:]


def _nodes(variant: Variant, plan: Plan) -> list[Node]:
    """Return start, the steps, end: node n + 1 is step n."""
    grid = plan.grid
    nodes = [_circle("start", NodeKind.START, grid.left - END_GAP - CIRCLE, 0, plan)]
    for index, step in enumerate(variant.steps):
        row = grid.row(index)
        lines = step_lines(step.title, grid.step_width)
        box = (grid.x(index), plan.tops[row], grid.step_width, grid.step_height)
        nodes.append(Node(f"step-{index}", NodeKind.STEP, *box, row, index, step.no, step.title, lines))
    right = grid.x(grid.count - 1) + grid.step_width + END_GAP if grid.count else grid.left
    return [*nodes, _circle("end", NodeKind.END, right, grid.rows - 1, plan)]


def _circle(key: str, kind: NodeKind, x: int, row: int, plan: Plan) -> Node:
    return Node(key, kind, x, plan.tops[row] + (plan.grid.step_height - CIRCLE) // 2, CIRCLE, CIRCLE, row)


def _arrow(source: int, flow: Flow, nodes: Sequence[Node], plan: Plan) -> VolumeArrow:
    edge = flow.edges.get((source, source + 1), FlowEdge(0))
    most = max((found.count for pair, found in flow.edges.items() if pair[1] == pair[0] + 1), default=0)
    thickness = THINNEST + (THICKEST - THINNEST) * edge.count // most if most else THINNEST
    before, after = nodes[source + 1], nodes[source + 2]
    leave, enter = before.x + before.width, after.x
    points: tuple[Point, ...] = ((leave, before.middle), (enter, after.middle))
    label_x = (leave + enter) // 2
    if before.lane != after.lane:
        points = _around(before, after, plan)
        label_x = leave + STEP_GAP // 2
    label = Label("", label_x, before.middle - thickness // 2 - 6, "middle")
    return VolumeArrow(source, source + 1, edge.count, edge.allowed, thickness, points, label)


def _around(before: Node, after: Node, plan: Plan) -> tuple[Point, ...]:
    """Return the way from the last box of a row to the first of the next, between the rows."""
    out, back, between = before.x + before.width + STEP_GAP // 2, after.x - STEP_GAP // 2, plan.between(after.lane)
    first = (before.x + before.width, before.middle)
    return first, (out, before.middle), (out, between), (back, between), (back, after.middle), (after.x, after.middle)


def _arc(jump: Jump, plan: Plan, nodes: Sequence[Node]) -> Arc:
    pair, edge = jump
    above = not edge.allowed
    start, end = plan.port_x(pair, leaving=True), plan.port_x(pair, leaving=False)
    row, other_row = plan.grid.row(pair[0]), plan.grid.row(pair[1])
    first, second = plan.places[pair]
    y = plan.level(row, above=above, track=first)
    exits, enters = (_side(nodes[index + 1], above) for index in pair)
    base = y - 6 if above else y + 16
    words = Label("", plan.words[pair] + label_room(edge) // 2, base, "middle")
    points: tuple[Point, ...] = ((start, exits), (start, y), (end, y), (end, enters))
    if second >= 0:
        far, level = plan.margin_x(pair), plan.level(other_row, above=above, track=second)
        points = ((start, exits), (start, y), (far, y), (far, level), (end, level), (end, enters))
    return Arc(*pair, edge.count, edge.allowed, points, words)


def _side(node: Node, above: bool) -> int:
    return node.y if above else node.y + node.height


def _bars(timings: Sequence[StepTiming], plan: Plan, nodes: Sequence[Node]) -> list[Bar]:
    """Return one bar per timing, all on one scale, so that lengths can be compared."""
    longest = max((value for t in timings for value in (t.median, t.limit) if value is not None), default=0.0)
    bars: list[Bar] = []
    for node, timing in zip(nodes[1:-1], timings, strict=False):
        scale = node.width / (longest * 1.08) if longest else 0.0
        filled = None if timing.median is None else round(timing.median * scale)
        tick = None if timing.limit is None else round(timing.limit * scale)
        y = plan.bar_y(node.lane)
        bars.append(Bar(len(bars), node.x, y, node.width, filled, tick, timing.over, timing.text))
    return bars
